import type { MessageResponse } from '../../contracts/api.ts';
import { type Outcome, withoutModel } from '../answer/outcome.ts';
import { handOver } from '../conversation/claim.ts';
import type { Head } from '../conversation/types.ts';
import { isUnavailable } from '../errors.ts';
import type { Running } from './claim-turn.ts';
import { storeAnswer } from './store-answer.ts';
import { storedReply } from './stored-reply.ts';
import type { TurnDependencies, TurnOutput } from './types.ts';

/** Tells the client something. Nothing is told after a `done` or `refused`. */
export type Tell = (output: TurnOutput) => void;

/** What a client is told of a turn that goes on without it. */
export function pending(running: Running): TurnOutput {
  return { type: 'done', status: 202, response: response(running, { kind: 'pending' }, running.head.state) };
}

/**
 * Says `pending`, then hands the turn to the worker; when the queue is down, the quoted reply is stored at once. Saying it first
 * keeps it within the promised time however slow the hand-over is, and is no lie: the turn is stored, and whatever fails here,
 * the sweep finds it when its lease has run out.
 */
export async function giveAway(deps: TurnDependencies, running: Running, tell: Tell): Promise<void> {
  const { head, claim } = running;
  tell(pending(running));
  const queued = handOver(claim, deps.newId(), deps.now(), deps.settings.leaseSeconds);
  try {
    if ((await deps.store.reclaim(head.conversationId, claim, queued)) === 'stale') return;
    await deps.queue.send({ conversationId: head.conversationId, turn: claim.turn, subject: head.subject }).catch(() => storeAnswer(deps, { ...running, claim: queued }, withoutModel(running.decided, true)));
  } catch (error) {
    if (!isUnavailable(error)) throw error;
  }
}

/** Stores the reply and tells it. @throws StoreUnavailable */
export async function commit(deps: TurnDependencies, running: Running, outcome: Outcome, tell: Tell): Promise<void> {
  const { head, key, claim } = running;
  const stored = await storeAnswer(deps, running, outcome);
  if (stored.written === 'done') return tell({ type: 'done', status: 200, response: response(running, stored.reply, stored.state) });
  // Somebody took the turn over when our lease ran out: theirs is the answer.
  const turn = await deps.store.readTurn(head.conversationId, claim.turn);
  const reply = turn === undefined ? undefined : storedReply(deps.cipher, key, turn, head.locale, deps.settings);
  tell({ type: 'done', status: reply === undefined ? 202 : 200, response: response(running, reply ?? { kind: 'pending' }, stored.state) });
}

function response({ messageId, claim }: Running, reply: MessageResponse['reply'], state: Head['state']): MessageResponse {
  return { messageId, turn: claim.turn, reply, state };
}
