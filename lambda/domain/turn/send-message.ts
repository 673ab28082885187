import type { MessageResponse } from '../../contracts/api.ts';
import { type Outcome, withoutModel } from '../answer/model-reply.ts';
import { handOver, newClaim, retryAfterSeconds, takeOver } from '../conversation/claim.ts';
import { hashKey, newIdempotencyRecord } from '../conversation/idempotency.ts';
import { turnInFlight, unavailable } from '../conversation/problems.ts';
import type { Claim, DataKey, Head } from '../conversation/types.ts';
import { isUnavailable } from '../errors.ts';
import { type Admission, admit } from './admit.ts';
import { askModel } from './ask-model.ts';
import { openChannel } from './channel.ts';
import { brokenRule } from './message-rules.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import { turnPlace } from './places.ts';
import { prepare, type Prepared } from './prepare.ts';
import { answeredCommit } from './settle.ts';
import { storedReply } from './stored-reply.ts';
import type { IncomingMessage, TurnDependencies, TurnOutput } from './types.ts';

/** How often a message is looked up: once, and once more when somebody else was first. */
const LOOKS = 2;

/** A message that is being answered. */
export interface SentMessage {
  /**
   * What the client is told, in order; ends after `done` or `refused`. Abandoning it (`return()`, a client that left)
   * does not stop the turn. Throws only what nobody foresaw (a bug, tampered text), for the handler to log and turn into a 500.
   */
  readonly outputs: AsyncGenerator<TurnOutput, void, undefined>;
  /**
   * Settles when the turn's work is over, whether or not `outputs` was read. The handler awaits it before it returns,
   * or Lambda would freeze the work. Rejects with what `outputs` throws; a rejection nobody awaits is no unhandled one.
   */
  readonly finished: Promise<void>;
}

/** A claimed turn on its way to a reply. */
interface Running extends Prepared {
  readonly head: Head;
  readonly key: DataKey;
  readonly claim: Claim;
  readonly messageId: string;
  /** When the message first arrived, epoch milliseconds. */
  readonly at: number;
}

type Tell = (output: TurnOutput) => void;

/**
 * Answers one message. Work starts at once, in a promise of its own, so that a client that disconnects neither stops
 * the turn nor leaves it half-written. Problems (400, 404, 409, 413, 422, 503) come as `refused`, never as exceptions.
 * Deltas are yielded in stream mode only; `done` holds the whole reply, and replaces them.
 */
export function sendMessage(deps: TurnDependencies, message: IncomingMessage): SentMessage {
  const channel = openChannel<TurnOutput>();
  const finished = work(deps, message, channel.push).then(channel.close, (error: unknown) => {
    channel.fail(error);
    throw error;
  });
  finished.catch(() => {});
  return { outputs: channel.read(), finished };
}

async function work(deps: TurnDependencies, message: IncomingMessage, tell: Tell): Promise<void> {
  const problem = brokenRule(message, deps.settings);
  if (problem !== undefined) return tell({ type: 'refused', problem });
  let running: Running | undefined;
  try {
    for (let look = 0; look < LOOKS && running === undefined; look++) {
      const admission = await admit(deps, message);
      if (admission.kind === 'refused') return tell(admission.output);
      if (admission.kind === 'replay') return tell({ type: 'done', status: admission.status, response: admission.response });
      if (admission.kind !== 'stale') running = await claimTurn(deps, message, admission);
    }
    if (running === undefined) return tell({ type: 'refused', problem: turnInFlight(), retryAfterSeconds: 1 });
    tell({ type: 'accepted', messageId: running.messageId, turn: running.claim.turn, synthetic: running.head.synthetic });
    await answer(deps, message, running, tell);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    // After a claim only the end of its lease lets anybody go on with the turn.
    tell({ type: 'refused', problem: unavailable(), retryAfterSeconds: running === undefined ? OUTAGE_RETRY_SECONDS : retryAfterSeconds(running.claim, deps.now()) });
  }
}

/** Claims the next turn, or takes the abandoned one over; undefined when somebody else was first. */
async function claimTurn(deps: TurnDependencies, message: IncomingMessage, admission: Extract<Admission, { kind: 'new' | 'take-over' }>): Promise<Running | undefined> {
  const { head, key } = admission;
  const { store, cipher, newId, now, settings } = deps;
  const { conversationId, text } = message;
  const prepared = await prepare(deps, head, key, text);
  if (admission.kind === 'take-over') {
    const claim = takeOver(admission.claim, newId(), now(), settings.leaseSeconds);
    const outcome = await store.reclaim(conversationId, admission.claim, claim);
    return outcome === 'stale' ? undefined : { ...prepared, head, key, claim, messageId: admission.turn.messageId, at: admission.turn.at };
  }
  const number = head.turn + 1;
  const messageId = newId();
  const at = message.receivedAt;
  const claim = newClaim(number, newId(), now(), settings.leaseSeconds, prepared.reservation);
  const idempotency = newIdempotencyRecord(hashKey(message.idempotencyKey), text, number, now(), head.expiresAt);
  const sealed = cipher.seal(key, turnPlace(conversationId, number, 'text'), text);
  const turn = { conversationId, turn: number, messageId, status: 'pending', at, text: sealed, idempotencyHash: idempotency.keyHash, expiresAt: head.expiresAt } as const;
  const outcome = await store.claim({ head, claim, turn, idempotency, idleAt: claim.leaseUntil });
  return outcome === 'stale' ? undefined : { ...prepared, head, key, claim, messageId, at };
}

async function answer(deps: TurnDependencies, message: IncomingMessage, running: Running, tell: Tell): Promise<void> {
  const { claim, messageId } = running;
  const streams = message.mode === 'stream';
  let shown = false;
  const onText = (text: string): void => {
    if (!streams) return;
    shown = true;
    tell({ type: 'delta', text });
  };
  const outcome = await askModel(deps, running.head.locale, running, {
    timeoutMilliseconds: deps.settings.model.provider === 'bedrock' ? deps.settings.model.timeoutMilliseconds : 0,
    interimAt: message.receivedAt + deps.settings.interimAfterMilliseconds,
    onInterim: () => {
      if (streams && !shown) tell({ type: 'interim', messageId, turn: claim.turn });
      return streams;
    },
    deadline: message.deadline,
    atDeadline: 'late',
    onText,
  });
  if (outcome === 'late') return giveAway(deps, running, tell);
  if (!shown) onText(outcome.decided.reply.text);
  return commit(deps, running, outcome, tell);
}

/** Hands the turn to the worker; when the queue is down, answers at once with the quoted reply. */
async function giveAway(deps: TurnDependencies, running: Running, tell: Tell): Promise<void> {
  const { head, claim } = running;
  const queued = handOver(claim, deps.newId(), deps.now(), deps.settings.leaseSeconds);
  if ((await deps.store.reclaim(head.conversationId, claim, queued)) === 'done') {
    try {
      await deps.queue.send({ conversationId: head.conversationId, turn: claim.turn, subject: head.subject });
    } catch {
      return commit(deps, { ...running, claim: queued }, withoutModel(running.decided, true), tell);
    }
  }
  tell({ type: 'done', status: 202, response: response(running, { kind: 'pending' }, head.state) });
}

async function commit(deps: TurnDependencies, running: Running, outcome: Outcome, tell: Tell): Promise<void> {
  const { head, key, claim } = running;
  const write = answeredCommit(deps, running, outcome);
  if ((await deps.store.commit(write)) === 'done') return tell({ type: 'done', status: 200, response: response(running, outcome.decided.reply, write.state) });
  // Somebody took the turn over when our lease ran out: theirs is the answer.
  const turn = await deps.store.readTurn(head.conversationId, claim.turn);
  const reply = turn === undefined ? undefined : storedReply(deps.cipher, key, turn, head.locale, deps.settings);
  tell({ type: 'done', status: reply === undefined ? 202 : 200, response: response(running, reply ?? { kind: 'pending' }, write.state) });
}

function response({ messageId, claim }: Running, reply: MessageResponse['reply'], state: Head['state']): MessageResponse {
  return { messageId, turn: claim.turn, reply, state };
}
