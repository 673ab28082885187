import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'R1', file: 'lambda/domain/turn/admit.ts', find: "if (idempotency !== undefined) return repeat(deps, head, key, idempotency);", replace: '', means: 'a repeated key is a new message' },
  { promise: 'R1', file: 'lambda/domain/conversation/sweep.ts', find: "  await queue.send({ conversationId, turn: claim.turn, subject });\n", replace: '', means: 'the sweep finds abandoned turns and tells nobody' },
  { promise: 'R1', file: 'lambda/domain/turn/admit.ts', find: "if (idempotency !== undefined && idempotency.bodyHash !== hashMessage(message.text)) return refused(idempotencyKeyReused());", replace: '', means: 'a key with another body replays the first one' },
  { promise: 'R1', file: 'lambda/domain/conversation/claim.ts', find: 'return claim.leaseUntil > now;', replace: 'return true;', means: 'a turn whose attempt died is never taken over' },
  { promise: 'R1', file: 'lambda/domain/conversation/sweep.ts', find: 'handOver(claim, newId(), now, settings.leaseSeconds)', replace: 'handOver(claim, newId(), now, settings.leaseSeconds * 1_000_000)', means: 'a turn that the sweep gives to a queue which loses it is stranded' },
  { promise: 'R1', file: 'lambda/domain/conversation/sweep.ts', find: 'events.filter(({ event }) => taken.has(event.detail.eventId))', replace: 'events.filter(({ event }) => taken.has(event.detail.eventId) || true)', means: 'the sweep deletes events that the bus did not take' },
  { promise: 'R1', file: 'lambda/handlers/outbox-relay/relay.ts', find: '.filter(({ event }) => taken.has(event.detail.eventId))', replace: '.filter(() => true)', means: 'the relay deletes events that the bus did not take' },
  { promise: 'R1', file: 'lambda/handlers/outbox-relay/relay.ts', find: 'itemIdentifier: first.sequence }]', replace: "itemIdentifier: waiting.at(-1)?.sequence ?? '' }]", means: 'the relay goes on behind events that were not taken' },
];
