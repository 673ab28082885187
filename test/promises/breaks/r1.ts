import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R1', file: 'lambda/domain/turn/admit.ts', find: "if (idempotency !== undefined) return repeat(deps, head, key, idempotency);", replace: '', means: 'a repeated key is a new message' },
  { promise: 'R1', file: 'lambda/domain/conversation/sweep.ts', find: "  await queue.send({ conversationId, turn: claim.turn, subject });\n", replace: '', means: 'the sweep finds abandoned turns and tells nobody' },
  { promise: 'R1', file: 'lambda/domain/turn/admit.ts', find: "if (idempotency !== undefined && idempotency.bodyHash !== hashMessage(message.text)) return refused(idempotencyKeyReused());", replace: '', means: 'a key with another body replays the first one' },
  { promise: 'R1', file: 'lambda/domain/conversation/claim.ts', find: 'return claim.leaseUntil > now;', replace: 'return true;', means: 'a turn whose attempt died is never taken over' },
];
