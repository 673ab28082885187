import type { MessageResponse } from '../../lambda/contracts/api.ts';
import { withAccess } from './access.ts';
import type { AccessContext } from './access.ts';
import type { Access } from './client.ts';
import type { Outcome } from './outcome.ts';
import type { Failure } from './outcome.ts';
import { persist } from './persist.ts';
import type { Patience, Persisted } from './persist.ts';
import { pollDelay } from './retry.ts';
import type { Outgoing } from './session.ts';
import { isReply } from './shapes.ts';
import type { ChatAction } from './view.ts';

/** What a turn needs. */
export interface TurnContext extends AccessContext {
  readonly patience: Patience;
  readonly dispatch: (action: ChatAction) => void;
  /** Said when a turn has been waited for long. */
  readonly stillWaiting: string;
}

/** How a turn ended here: settled (answered or failed, and shown), not to be had, or stopped. */
export type TurnEnd = { readonly result: 'settled' | 'stopped' } | { readonly result: 'give-back' | 'end'; readonly failure: Failure };

/** Polls of a slow turn before the visitor is asked whether to go on: about three minutes. */
const POLLS_BEFORE_ASKING = 20;

/** Makes a call with the session's rights, and repeats it as patience allows. */
export function callWithAccess<T>(context: AccessContext & Pick<TurnContext, 'patience'>, call: (access: Access) => Promise<Outcome<T>>): Promise<Persisted<T>> {
  return persist<T>(() => withAccess(context, call), context.patience);
}

/** Sends a message, as often as it takes and always with the same key, and follows its turn to the end. */
export async function runTurn(context: TurnContext, { key, text }: Outgoing): Promise<TurnEnd> {
  const { client, session, dispatch } = context;
  const progress = {
    accepted: (turn: number, messageId: string): void => {
      session.update({ outgoing: { key, text, turn } });
      dispatch({ type: 'accepted', id: key, turn, messageId });
    },
    delta: (delta: string): void => dispatch({ type: 'delta', id: key, text: delta }),
    pending: (): void => dispatch({ type: 'pending', id: key }),
  };
  const sent = await callWithAccess(context, (access) => {
    dispatch({ type: 'asked', id: key, question: text });
    return client.send(access, text, key, progress);
  });
  if (sent.result !== 'done') return sent;
  return sent.value.done ? settle(context, key, sent.value.response) : pollTurn(context, key, sent.value.turn);
}

/** Asks for a turn that takes long until it is answered or has failed. */
export async function pollTurn(context: TurnContext, id: string, turn: number): Promise<TurnEnd> {
  const { client, patience, dispatch } = context;
  dispatch({ type: 'accepted', id, turn });
  dispatch({ type: 'pending', id });
  for (let polls = 0; ; polls += 1) {
    if (polls === POLLS_BEFORE_ASKING) {
      dispatch({ type: 'notice', notice: { tone: 'info', sentence: context.stillWaiting, actions: ['retry'] } });
      await patience.untilAsked();
      patience.tell(undefined);
      polls = 0;
    }
    await patience.pause(pollDelay(polls));
    if (patience.signal.aborted) return { result: 'stopped' };
    const read = await callWithAccess(context, (access) => client.transcript(access, turn - 1));
    if (read.result !== 'done') return read;
    const found = read.value.turns.find((candidate) => candidate.turn === turn);
    if (found?.reply) return settle(context, id, { messageId: found.messageId, turn, reply: found.reply, state: read.value.state });
    if (found?.status === 'failed') {
      context.session.update({ outgoing: undefined });
      dispatch({ type: 'failed', id });
      return { result: 'settled' };
    }
  }
}

function settle({ session, dispatch }: TurnContext, id: string, response: MessageResponse): TurnEnd {
  session.update({ outgoing: undefined });
  const { reply } = response;
  if (isReply(reply)) dispatch({ type: 'answered', id, response: { ...response, reply } });
  return { result: 'settled' };
}
