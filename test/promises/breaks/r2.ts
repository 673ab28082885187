import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R2', file: 'lambda/contracts/budgets.ts', find: 'connectMilliseconds: 400, attemptMilliseconds: 500', replace: 'connectMilliseconds: 400, attemptMilliseconds: 1_200', means: 'one silent call takes longer than the wait for an interim reply' },
  { promise: 'R2', file: 'lambda/domain/turn/ask-model.ts', find: 'RESERVED_MILLISECONDS = CLOSING_MILLISECONDS;', replace: 'RESERVED_MILLISECONDS = 0.2 * CLOSING_MILLISECONDS;', means: 'the function ends before the turn is handed over' },
  { promise: 'R2', file: 'lib/chat/turn-settings.ts', find: 'leaseSeconds: input.chatTimeoutSeconds + LEASE_MARGIN_SECONDS', replace: 'leaseSeconds: input.chatTimeoutSeconds', means: 'a claim ends with the function that made it' },
  { promise: 'R2', file: 'lambda/domain/turn/in-time.ts', find: 'return await Promise.race([work, late]);', replace: 'return await work;', means: 'a turn waits for its beginning without bound' },
  { promise: 'R2', file: 'lambda/domain/turn/send-message.ts', find: 'if (!streams) await pendingWhenLate(deps, message, running, stored, tell);', replace: '', means: 'a JSON client waits for the storing of its reply' },
  { promise: 'R2', file: 'lambda/domain/turn/conclude.ts', find: '  tell(pending(running));\n  const queued', replace: '  const queued', means: 'pending is not said before the hand-over' },
  { promise: 'R2', file: 'lambda/domain/turn/prepare.ts', find: 'await inTime(deps, deps.now() + KNOWLEDGE_MILLISECONDS, deps.retriever())', replace: 'await deps.retriever()', means: 'a knowledge base that hangs takes the whole wait, and the client gets 503' },
];
