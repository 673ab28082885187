import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'await deps.retriever().catch(() => undefined)', replace: 'await deps.retriever()', means: 'nothing is answered while the knowledge base cannot be read' },
  { promise: 'R5', file: 'lambda/domain/turn/ask-model.ts', find: "if (end === 'quote') return withoutModel(decided, true", replace: "if (end === 'quote') throw new Error('no model'); if (end === 'quote') return withoutModel(decided, true", means: 'a model that is too slow fails the turn' },
  { promise: 'R5', file: 'lambda/domain/conversation/sweep.ts', find: '  await queue.send({ conversationId, turn: claim.turn, subject });\n', replace: '', means: 'a turn whose queue forgot it is never answered' },
];
