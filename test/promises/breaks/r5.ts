import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'await deps.retriever().catch(() => undefined)', replace: 'await deps.retriever()', means: 'nothing is answered while the knowledge base cannot be read' },
  { promise: 'R5', file: 'lambda/domain/conversation/sweep.ts', find: '  await queue.send({ conversationId, turn: claim.turn, subject });\n', replace: '', means: 'a turn whose queue forgot it is never answered' },
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'return { ...prepared, modelMissing: true, reservation: NO_RESERVATION };', replace: "throw new Error('no model');", means: 'nothing is answered while the model cannot be loaded' },
];
