import { retryAfterSeconds } from '../conversation/claim.ts';
import { quotaUsedUp, tooManyRequests, turnInFlight, unavailable } from '../conversation/problems.ts';
import { secondsToNextDay } from '../conversation/quota.ts';
import { isUnavailable, StoreUnavailable } from '../errors.ts';
import { admit } from './admit.ts';
import { askModel } from './ask-model.ts';
import { withOrder } from './with-order.ts';
import { openChannel } from './channel.ts';
import { claimTurn, type Running } from './claim-turn.ts';
import { commit, giveAway, pending, type Tell } from './conclude.ts';
import { inTime } from './in-time.ts';
import { brokenRule } from './message-rules.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import type { IncomingMessage, TurnDependencies, TurnOutput } from './types.ts';

/** Share of the time until an interim reply that an order may be waited for: the model needs the rest. */
const ORDER_SHARE = 0.7;
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

/**
 * Answers one message. Work starts at once, in a promise of its own, so that a client that disconnects neither stops
 * the turn nor leaves it half-written. Problems (400, 404, 409, 413, 422, 503) come as `refused`, never as exceptions.
 * Deltas are yielded in stream mode only; `done` holds the whole reply, and replaces them.
 */
export function sendMessage(deps: TurnDependencies, message: IncomingMessage): SentMessage {
  const channel = openChannel<TurnOutput>();
  const finished = work(deps, message, once(channel.push)).then(channel.close, (error: unknown) => {
    channel.fail(error);
    throw error;
  });
  finished.catch(() => {});
  return { outputs: channel.read(), finished };
}

/** Lets nothing through after the first `done` or `refused`. */
function once(push: Tell): Tell {
  let over = false;
  return (output) => {
    if (over) return;
    over = output.type === 'done' || output.type === 'refused';
    push(output);
  };
}

async function work(deps: TurnDependencies, message: IncomingMessage, tell: Tell): Promise<void> {
  const problem = brokenRule(message, deps.settings);
  if (problem !== undefined) return tell({ type: 'refused', problem });
  let running: Running | undefined;
  try {
    // What is not claimed when an interim reply is due is not acknowledged, and not claimed later. A claim that was on its way is an
    // abandoned one, which a repeat, the next message or the sweep takes over.
    const begun = await inTime(deps, interimAt(deps, message), begin(deps, message));
    if (begun === undefined) throw new StoreUnavailable('The turn could not begin in the time of an interim reply.');
    if ('type' in begun) return tell(begun);
    running = begun;
    tell({ type: 'accepted', messageId: running.messageId, turn: running.claim.turn, synthetic: running.head.synthetic, missing: running.missing });
    await answer(deps, message, running, tell);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    // After a claim only the end of its lease lets anybody go on with the turn.
    tell({ type: 'refused', problem: unavailable(), retryAfterSeconds: running === undefined ? OUTAGE_RETRY_SECONDS : retryAfterSeconds(running.claim, deps.now()) });
  }
}

/** Admits the message and claims its turn, or says what the client gets instead. */
async function begin(deps: TurnDependencies, message: IncomingMessage): Promise<Running | TurnOutput> {
  for (let look = 0; look < LOOKS; look++) {
    const admission = await admit(deps, message);
    if (admission.kind === 'refused') return admission.output;
    if (admission.kind === 'replay') return { type: 'done', status: admission.status, response: admission.response };
    if (admission.kind === 'stale') continue;
    const claimed = await claimTurn(deps, message, admission);
    if (claimed === 'over-quota') return { type: 'refused', problem: quotaUsedUp(), retryAfterSeconds: secondsToNextDay(deps.now()) };
    // Some of it comes back when those turns are settled.
    if (claimed === 'quota-reserved') return { type: 'refused', problem: tooManyRequests(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
    if (claimed !== 'stale') return claimed;
  }
  return { type: 'refused', problem: turnInFlight(), retryAfterSeconds: 1 };
}

async function answer(deps: TurnDependencies, message: IncomingMessage, claimed: Running, tell: Tell): Promise<void> {
  const running = await withOrder(deps, claimed, message.receivedAt + deps.settings.interimAfterMilliseconds * ORDER_SHARE);
  const { claim, messageId } = running;
  const streams = message.mode === 'stream';
  let shown = false;
  const onText = (text: string): void => {
    if (!streams) return;
    shown = true;
    tell({ type: 'delta', text });
  };
  const outcome = await askModel(deps, running.head.locale, running, {
    timeoutMilliseconds: deps.settings.model.provider === 'extractive' ? 0 : deps.settings.model.timeoutMilliseconds,
    interimAt: interimAt(deps, message),
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
  const stored = commit(deps, running, outcome, tell);
  if (!streams) await pendingWhenLate(deps, message, running, stored, tell);
  return stored;
}

/** A JSON client hears `pending` when its reply is not stored in time; then the storing goes on. */
async function pendingWhenLate(deps: TurnDependencies, message: IncomingMessage, running: Running, stored: Promise<void>, tell: Tell): Promise<void> {
  const until = interimAt(deps, message);
  await inTime(deps, until, stored.catch(() => {}));
  if (deps.now() >= until) tell(pending(running));
}

/** When something must have been said, epoch milliseconds. */
const interimAt = ({ settings }: TurnDependencies, { receivedAt }: IncomingMessage): number => receivedAt + settings.interimAfterMilliseconds;
