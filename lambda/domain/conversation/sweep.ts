import type { SweepSettings } from '../../contracts/settings.ts';
import { SATISFYING_RULES } from '../answer/decide.ts';
import { DependencyUnavailable } from '../errors.ts';
import { failedCommit } from '../turn/settle.ts';
import { handOver, isLive } from './claim.ts';
import { eventBase } from './event-base.ts';
import type { ConversationStore, EventPublisher, StoredOutboxEvent, TurnQueue } from './ports.ts';
import type { Claim, Head } from './types.ts';

/** Minutes after which a pending turn is given up: nobody waits for its reply any more, and five sweeps have tried. */
export const MAX_TURN_MINUTES = 30;

/** What the sweep needs. */
export interface SweepDependencies {
  readonly store: ConversationStore;
  readonly queue: TurnQueue;
  readonly publisher: EventPublisher;
  readonly settings: SweepSettings;
  readonly release: string;
  /** A fresh random id. */
  readonly newId: () => string;
}

/** What one sweep did. */
export interface SweepReport {
  /** Items that were due and could be read. */
  readonly due: number;
  /** Idle conversations closed. */
  readonly closed: number;
  /** Turns whose lease ran out, given to the turn worker. */
  readonly requeued: number;
  /** Turns given up as too old. */
  readonly failed: number;
  /** Outbox events published that the relay had missed: the `Redeliveries` metric. */
  readonly republished: number;
  /** Items, of those due, that stay as they are because of an error: events that the bus did not take are among them. */
  readonly unswept: number;
  /** What went wrong, one entry an item, and one for all events that were not taken; the other items were swept all the same. */
  readonly errors: readonly unknown[];
  /** One error for each item that was due and cannot be read. Every sweep meets them again until they expire. */
  readonly unreadable: readonly Error[];
}

/**
 * Sweeps what is due at `now`: closes idle conversations and gives turns whose lease ran out to the worker; after that,
 * publishes what the relay missed. At most `limit` of either. Every step is conditional, so that two sweeps at once do no harm.
 * @throws StoreUnavailable when the due items cannot be read at all.
 */
export async function sweep(deps: SweepDependencies, now: number, limit: number): Promise<SweepReport> {
  const { items, unreadable } = await deps.store.due(now, limit);
  const report = { due: items.length, closed: 0, requeued: 0, failed: 0, republished: 0, unswept: 0, errors: [] as unknown[] };
  const fail = (error: unknown, count = 1): void => {
    report.unswept += count;
    report.errors.push(error);
  };
  // Visitors wait for turns, nobody for an event: a bus that hangs must not use up the time of the turns.
  for (const { conversationId } of items.filter(({ event }) => event === undefined)) {
    try {
      const done = await sweepConversation(deps, conversationId, now);
      if (done !== undefined) report[done] += 1;
    } catch (error) {
      fail(error);
    }
  }
  const events = items.flatMap(({ conversationId, event }) => (event === undefined ? [] : [{ conversationId, event }]));
  if (events.length > 0) report.republished = await publishEvents(deps, events, fail);
  return { ...report, unreadable };
}

/** Publishes events and deletes those that were taken; returns how many were. */
async function publishEvents({ store, publisher }: SweepDependencies, events: readonly StoredOutboxEvent[], fail: (error: unknown, count?: number) => void): Promise<number> {
  let taken: ReadonlySet<string>;
  try {
    taken = await publisher.publish(events.map(({ event }) => event));
  } catch (error) {
    fail(error, events.length);
    return 0;
  }
  const published = events.filter(({ event }) => taken.has(event.detail.eventId));
  const left = events.length - published.length;
  if (left > 0) fail(new DependencyUnavailable(`The event bus did not take ${left} of ${events.length} events; they stay for the next sweep.`), left);
  for (const { conversationId, event } of published) {
    try {
      await store.published(conversationId, event.detail.eventId);
    } catch (error) {
      fail(error);
    }
  }
  return published.length;
}

async function sweepConversation(deps: SweepDependencies, conversationId: string, now: number): Promise<'closed' | 'requeued' | 'failed' | undefined> {
  const head = await deps.store.head(conversationId);
  if (head === undefined || head.state === 'closed') return undefined;
  if (head.claim === undefined) return closeIdle(deps, head, now);
  return isLive(head.claim, now) ? undefined : revive(deps, head, head.claim, now);
}

/** Gives a turn whose lease ran out to the worker, or gives it up. */
async function revive({ store, queue, settings, release, newId }: SweepDependencies, head: Head, claim: Claim, now: number): Promise<'requeued' | 'failed' | undefined> {
  const { conversationId, subject } = head;
  const turn = await store.readTurn(conversationId, claim.turn);
  if (turn === undefined || turn.at + MAX_TURN_MINUTES * 60_000 <= now) {
    return (await store.commit(failedCommit({ settings, release, newId }, head, claim, { now, at: turn?.at ?? now, reason: 'too-old' }))) === 'done' ? 'failed' : undefined;
  }
  const queued = handOver(claim, newId(), now, settings.leaseSeconds);
  if ((await store.reclaim(conversationId, claim, queued)) === 'stale') return undefined;
  await queue.send({ conversationId, turn: claim.turn, subject });
  return 'requeued';
}

async function closeIdle({ store, release, newId }: SweepDependencies, head: Head, now: number): Promise<'closed' | undefined> {
  if (head.idleAt === undefined || head.idleAt > now) return undefined;
  const last = head.turn === 0 ? undefined : await store.readTurn(head.conversationId, head.turn);
  const droppedOff = head.turn > 0 && !SATISFYING_RULES.has(last?.explanation?.rule ?? '');
  const event = { type: 'conversation.closed', detail: { ...eventBase(head, newId(), release, now), reason: 'idle', turns: head.turn, droppedOff } } as const;
  return (await store.close(head, 'idle', [event])) === 'done' ? 'closed' : undefined;
}
