import { newClaim, takeOver } from '../conversation/claim.ts';
import { hashKey, newIdempotencyRecord } from '../conversation/idempotency.ts';
import type { ClaimOutcome } from '../conversation/ports.ts';
import { subjectQuota } from '../conversation/quota.ts';
import type { Claim, DataKey, Head } from '../conversation/types.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Admission } from './admit.ts';
import { turnPlace } from './places.ts';
import { prepare, type Prepared, withinReservation } from './prepare.ts';
import type { IncomingMessage, TurnDependencies } from './types.ts';

/** A claimed turn on its way to a reply. */
export interface Running extends Prepared {
  readonly head: Head;
  readonly key: DataKey;
  readonly claim: Claim;
  readonly messageId: string;
  /** When the message first arrived, epoch milliseconds. */
  readonly at: number;
}

/** Claims the next turn, or takes the abandoned one over. */
export async function claimTurn(deps: TurnDependencies, message: IncomingMessage, admission: Extract<Admission, { kind: 'new' | 'take-over' }>): Promise<Running | Exclude<ClaimOutcome, 'done'>> {
  const { head, key } = admission;
  const { store, cipher, newId, now, settings } = deps;
  const { conversationId, text } = message;
  const prepared = await prepare(deps, head, key, text);
  if (admission.kind === 'take-over') {
    const claim = takeOver(admission.claim, newId(), now(), settings.leaseSeconds);
    const outcome = await store.reclaim(conversationId, admission.claim, claim);
    return outcome === 'stale' ? outcome : { ...withinReservation(prepared, claim), head, key, claim, messageId: admission.turn.messageId, at: admission.turn.at };
  }
  // Its client was told by now that nothing was stored: a claim would hold the conversation for a message that nobody waits for.
  if (now() >= message.receivedAt + settings.interimAfterMilliseconds) throw new StoreUnavailable('The turn could not begin in the time of an interim reply.');
  const number = head.turn + 1;
  const messageId = newId();
  const at = message.receivedAt;
  const quota = subjectQuota(settings.quotas, now());
  const claim = newClaim(number, newId(), now(), settings.leaseSeconds, prepared.reservation, quota.day);
  const idempotency = newIdempotencyRecord(hashKey(message.idempotencyKey), text, number, now(), head.expiresAt);
  const sealed = cipher.seal(key, turnPlace(conversationId, number, 'text'), text);
  const turn = { conversationId, turn: number, messageId, status: 'pending', at, text: sealed, idempotencyHash: idempotency.keyHash, expiresAt: head.expiresAt } as const;
  const outcome = await store.claim({ head, claim, turn, idempotency, idleAt: claim.leaseUntil, quota });
  return outcome !== 'done' ? outcome : { ...prepared, head, key, claim, messageId, at };
}
