import type { TurnSettings } from '../../contracts/settings.ts';
import { SATISFYING_RULES } from '../answer/decide.ts';
import { failedCommit } from '../turn/settle.ts';
import { handOver, isLive } from './claim.ts';
import { eventBase } from './event-base.ts';
import type { ConversationStore, EventPublisher, TurnQueue } from './ports.ts';
import type { Claim, Head } from './types.ts';

/** Minutes after which a pending turn is given up: nobody waits for its reply any more, and five sweeps have tried. */
export const MAX_TURN_MINUTES = 30;

/** What the sweep needs. */
export interface SweepDependencies {
  readonly store: ConversationStore;
  readonly queue: TurnQueue;
  readonly publisher: EventPublisher;
  readonly settings: Pick<TurnSettings, 'leaseSeconds' | 'idleMinutes' | 'maxTurns'>;
  readonly release: string;
  /** A fresh random id. */
  readonly newId: () => string;
}

/** What one sweep did. */
export interface SweepReport {
  /** Items that were due. */
  readonly due: number;
  /** Idle conversations closed. */
  readonly closed: number;
  /** Turns whose lease ran out, given to the turn worker. */
  readonly requeued: number;
  /** Turns given up as too old. */
  readonly failed: number;
  /** Outbox events published that the relay had missed: the `Redeliveries` metric. */
  readonly republished: number;
  /** What went wrong, one entry an item; the other items were swept all the same. */
  readonly errors: readonly unknown[];
}

/**
 * Sweeps what is due at `now`: closes idle conversations, gives turns whose lease ran out to the worker, publishes what
 * the relay missed. Every step is conditional, so that two sweeps at once do no harm.
 * @throws StoreUnavailable when the due items cannot be read at all.
 */
export async function sweep(deps: SweepDependencies, now: number, limit: number): Promise<SweepReport> {
  const due = await deps.store.due(now, limit);
  const report = { due: due.length, closed: 0, requeued: 0, failed: 0, republished: 0, errors: [] as unknown[] };
  const attempt = async (step: () => Promise<void>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      report.errors.push(error);
    }
  };
  const events = due.flatMap(({ conversationId, event }) => (event === undefined ? [] : [{ conversationId, event }]));
  if (events.length > 0) {
    await attempt(async () => {
      const taken = await deps.publisher.publish(events.map(({ event }) => event));
      for (const { conversationId, event } of events.filter((one) => taken.has(one.event.detail.eventId))) {
        report.republished += 1;
        await attempt(() => deps.store.published(conversationId, event.detail.eventId));
      }
    });
  }
  for (const { conversationId } of due.filter(({ event }) => event === undefined)) {
    await attempt(async () => {
      const done = await sweepConversation(deps, conversationId, now);
      if (done !== undefined) report[done] += 1;
    });
  }
  return report;
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
    return (await store.commit(failedCommit({ settings, release, newId }, head, claim, now, 'too-old'))) === 'done' ? 'failed' : undefined;
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
