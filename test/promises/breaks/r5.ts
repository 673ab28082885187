import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'deps.retriever()).catch(() => undefined)', replace: 'deps.retriever())', means: 'nothing is answered while the knowledge base cannot be read' },
  { promise: 'R5', file: 'lambda/domain/conversation/sweep.ts', find: '  await queue.send({ conversationId, turn: claim.turn, subject });\n', replace: '', means: 'a turn whose queue forgot it is never answered' },
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'return { ...prepared, modelMissing: true, reservation: NO_RESERVATION };', replace: "throw new Error('no model');", means: 'nothing is answered while the model cannot be loaded' },
  { promise: 'R5', file: 'lambda/domain/turn/prepare.ts', find: 'await inTime(deps, deps.now() + KNOWLEDGE_MILLISECONDS, deps.retriever())', replace: 'await deps.retriever()', means: 'nothing is answered while the knowledge base never answers' },
  { promise: 'R5', file: 'lambda/domain/conversation/sweep.ts', find: 'handOver(claim, newId(), now, settings.leaseSeconds)', replace: 'handOver(claim, newId(), now, settings.leaseSeconds * 1_000_000)', means: 'a turn that the sweep gives to a queue which forgets it is never answered' },
  { promise: 'R5', file: 'lambda/handlers/chat/send-message.ts', find: 'deps.tokens.issue({ conversationId, subject })).catch(() => undefined);', replace: 'deps.tokens.issue({ conversationId, subject }));', means: 'nothing is answered while no token can be signed' },
  { promise: 'R5', file: 'lambda/domain/conversation/sweep.ts', find: "  if (events.length > 0) report.republished", replace: "  if (events.length < 0) report.republished", means: 'what the event bus did not take from the relay is never published' },
];
