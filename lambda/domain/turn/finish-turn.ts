import { ORDER_MILLISECONDS } from '../../contracts/budgets.ts';
import type { TurnMessage } from '../../contracts/events.ts';
import { isLive, isQueued, workerClaim } from '../conversation/claim.ts';
import type { Claim, DataKey, Head, Turn } from '../conversation/types.ts';
import { isUnavailable } from '../errors.ts';
import { withoutModel } from '../answer/outcome.ts';
import { askModel } from './ask-model.ts';
import { turnPlace } from './places.ts';
import { withOrder } from './with-order.ts';
import { prepare, withinReservation } from './prepare.ts';
import { failedCommit } from './settle.ts';
import { storeAnswer } from './store-answer.ts';
import type { TurnDependencies } from './types.ts';

/** When the worker must be through with a turn. */
export interface FinishLimits {
  /** Epoch milliseconds; a model call still running shortly before is cut and the quoted answer stands in. */
  readonly deadline: number;
  /** The queue will not deliver the message again: whatever fails, the turn ends now. */
  readonly lastAttempt: boolean;
}

/**
 * What became of it. `answered` and `failed`: committed now. `nothing`: no longer pending (a repeat), or the
 * conversation is gone. `busy`: another attempt holds a live lease; leave the message on the queue (report it as a failed batch item).
 */
export type FinishOutcome = 'answered' | 'failed' | 'nothing' | 'busy';

/**
 * Finishes a pending turn in the turn worker. Idempotent: any number of deliveries gives one reply. A model that fails
 * is stood in for by the quoted answer; only what nobody foresaw fails a turn, on the last attempt, with an honest fixed reply.
 * @throws StoreUnavailable, KeyUnavailable, or what nobody foresaw, when the queue should deliver the message again.
 */
export async function finishTurn(deps: TurnDependencies, message: TurnMessage, limits: FinishLimits): Promise<FinishOutcome> {
  const { store, now, newId, settings } = deps;
  const { conversationId, subject, turn: number } = message;
  const turn = await store.readTurn(conversationId, number);
  if (turn?.status !== 'pending') return 'nothing';
  const { head, wrappedKey } = await store.load(conversationId, subject, turn.idempotencyHash);
  if (head === undefined || head.subject !== subject || wrappedKey === undefined || head.claim?.turn !== number) return 'nothing';
  if (isLive(head.claim, now()) && !isQueued(head.claim)) return 'busy';
  const claim = workerClaim(head.claim, newId(), now(), settings.workerLeaseSeconds);
  if ((await store.reclaim(conversationId, head.claim, claim)) === 'stale') return 'busy';
  try {
    const key = await deps.keys.open(wrappedKey);
    return await answer(deps, { head, turn, key, claim }, limits);
  } catch (error) {
    if (isUnavailable(error) || !limits.lastAttempt) throw error;
    const reason = error instanceof Error ? error.name : 'unknown';
    return (await store.commit(failedCommit(deps, head, claim, { now: now(), at: turn.at, reason }))) === 'done' ? 'failed' : 'busy';
  }
}

async function answer(deps: TurnDependencies, claimed: { head: Head; turn: Turn; key: DataKey; claim: Claim }, limits: FinishLimits): Promise<FinishOutcome> {
  const { head, turn, key, claim } = claimed;
  const text = deps.cipher.open(key, turnPlace(head.conversationId, turn.turn, 'text'), turn.text);
  const prepared = await withOrder(deps, withinReservation(await prepare(deps, head, key, text), claim), deps.now() + ORDER_MILLISECONDS);
  const outcome = await askModel(deps, head.locale, prepared, {
    timeoutMilliseconds: deps.settings.model.provider === 'extractive' ? 0 : deps.settings.model.workerTimeoutMilliseconds,
    deadline: limits.deadline,
    atDeadline: 'quote',
    onText: () => {},
  });
  const stored = await storeAnswer(deps, { ...prepared, head, claim, key, at: turn.at }, outcome === 'late' ? withoutModel(prepared.decided, true) : outcome);
  return stored.written === 'done' ? stored.status : 'busy';
}
