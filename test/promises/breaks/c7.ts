import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'C7', file: 'lambda/domain/turn/settle.ts', find: 'knowledgeVersion: answered.knowledgeVersion,', replace: "knowledgeVersion: '',", means: 'the version of the articles is lost' },
  { promise: 'C7', file: 'lambda/domain/turn/settle.ts', find: "status: 'failed', explanation };", replace: "status: 'failed' };", means: 'a turn that is given up is not explained' },
  { promise: 'C7', file: 'lambda/domain/turn/settle.ts', find: 'tokens: inputTokens + outputTokens + earlier.tokens,', replace: 'tokens: outputTokens + earlier.tokens,', means: 'the sum of the conversation leaves out what was sent to the model' },
  { promise: 'C7', file: 'lambda/domain/answer/model-reply.ts', find: 'promptVersion: model.promptVersion,', replace: "promptVersion: '',", means: 'the version of the prompt is lost' },
  { promise: 'C7', file: 'lambda/domain/answer/extractive.ts', find: 'score: best.score,', replace: 'score: 0,', means: 'the score of a quoted answer is lost' },
];
