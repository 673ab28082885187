import type { MessageResponse, Problem } from '../../contracts/api.ts';
import { handOver, isHandedOver, isLive, retryAfterSeconds } from '../conversation/claim.ts';
import { hashKey, hashMessage } from '../conversation/idempotency.ts';
import { conversationClosed, conversationNotFound, idempotencyKeyReused, requestInFlight, turnInFlight } from '../conversation/problems.ts';
import type { Claim, DataKey, Head, IdempotencyRecord, Turn } from '../conversation/types.ts';
import { storedReply } from './stored-reply.ts';
import type { IncomingMessage, TurnDependencies, TurnOutput } from './types.ts';

/** Seconds after which a running turn is worth asking for again: within two it is answered or with the worker. */
const RUNNING_RETRY_SECONDS = 2;

/**
 * What a message is, after looking its conversation up. `new`: it may claim the next turn. `take-over`: a repeat whose
 * turn was left by its first attempt. `stale`: the conversation changed while it was read; look again.
 */
export type Admission =
  | { readonly kind: 'refused'; readonly output: Extract<TurnOutput, { type: 'refused' }> }
  | { readonly kind: 'replay'; readonly status: 200 | 202; readonly response: MessageResponse }
  | { readonly kind: 'new'; readonly head: Head; readonly key: DataKey }
  | { readonly kind: 'take-over'; readonly head: Head; readonly key: DataKey; readonly turn: Turn; readonly claim: Claim }
  | { readonly kind: 'stale' };

/** Looks up whose conversation it is, whether the key is a repeat, and whether the next turn is free. */
export async function admit(deps: TurnDependencies, message: IncomingMessage): Promise<Admission> {
  const { conversationId, subject } = message;
  const { head, idempotency, wrappedKey } = await deps.store.load(conversationId, subject, hashKey(message.idempotencyKey));
  const now = deps.now();
  // Unknown, expired, erased (no key) and foreign must look the same.
  if (head === undefined || head.subject !== subject || head.expiresAt <= now || wrappedKey === undefined) return refused(conversationNotFound());
  if (idempotency !== undefined && idempotency.bodyHash !== hashMessage(message.text)) return refused(idempotencyKeyReused());
  const key = await deps.keys.open(wrappedKey);
  if (idempotency !== undefined) return repeat(deps, head, key, idempotency);
  if (head.state === 'closed') return refused(conversationClosed());
  if (head.claim === undefined) return { kind: 'new', head, key };
  if (!isLive(head.claim, now)) await passOn(deps, head, head.claim);
  return refused(turnInFlight(), retrySeconds(head.claim, now));
}

/** A repeated key with the same body: the stored reply, `pending`, or the abandoned turn itself. */
async function repeat(deps: TurnDependencies, head: Head, key: DataKey, { turn: number }: IdempotencyRecord): Promise<Admission> {
  const turn = await deps.store.readTurn(head.conversationId, number);
  if (turn === undefined) return refused(conversationNotFound());
  const reply = storedReply(deps.cipher, key, turn, head.locale, deps.settings);
  // Members in the order of the first answer, so that a repeat gets the same bytes.
  const response = (shown: MessageResponse['reply']): MessageResponse => ({ messageId: turn.messageId, turn: number, reply: shown, state: turn.state ?? head.state });
  if (reply !== undefined) return { kind: 'replay', status: 200, response: response(reply) };
  const { claim } = head;
  // Pending without its claim: it was answered between the two reads.
  if (claim?.turn !== number) return { kind: 'stale' };
  const now = deps.now();
  if (!isLive(claim, now)) return { kind: 'take-over', head, key, turn, claim };
  if (isHandedOver(claim)) return { kind: 'replay', status: 202, response: response({ kind: 'pending' }) };
  return refused(requestInFlight(), retrySeconds(claim, now));
}

function refused(problem: Problem, retryAfterSeconds?: number): Admission {
  return { kind: 'refused', output: { type: 'refused', problem, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
}

function retrySeconds(claim: Claim, now: number): number {
  return Math.min(RUNNING_RETRY_SECONDS, retryAfterSeconds(claim, now));
}

/** Gives an abandoned turn to the worker, so that the next message need not wait for the sweep. */
async function passOn({ store, queue, now, newId, settings }: TurnDependencies, { conversationId, subject }: Head, claim: Claim): Promise<void> {
  const queued = handOver(claim, newId(), now(), settings.leaseSeconds);
  if ((await store.reclaim(conversationId, claim, queued)) === 'stale') return;
  // A queue that is down is no reason for another answer: the sweep finds the turn when this lease has run out.
  await queue.send({ conversationId, turn: claim.turn, subject }).catch(() => {});
}
