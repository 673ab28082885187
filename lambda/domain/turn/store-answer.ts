import type { Reply } from '../../contracts/api.ts';
import { failedReply } from '../answer/decide.ts';
import type { Decided } from '../answer/extractive.ts';
import { EXTRACTIVE, type Outcome, withoutModel } from '../answer/outcome.ts';
import type { CommitWrite, WriteOutcome } from '../conversation/ports.ts';
import { WriteRefused } from '../errors.ts';
import { type AnsweredTurn, answeredCommit, failedCommit, type SettleDependencies } from './settle.ts';
import type { TurnDependencies } from './types.ts';

/** What was stored. */
export interface StoredAnswer {
  readonly written: WriteOutcome;
  readonly status: CommitWrite['status'];
  readonly reply: Reply;
  readonly state: CommitWrite['state'];
}

/**
 * Commits a turn with its answer. What the store will never take (too large, not valid) is not tried again, or the turn would be pending until
 * it is given up: the quoted answer is stored instead, and when that is refused too, that the turn failed, which holds no text.
 * @param turn with what is said without a model
 * @throws StoreUnavailable
 */
export async function storeAnswer(deps: SettleDependencies & Pick<TurnDependencies, 'store'>, turn: AnsweredTurn & { readonly decided: Decided }, outcome: Outcome): Promise<StoredAnswer> {
  const { inputTokens, outputTokens, costMicroUsd, promptVersion } = outcome;
  const quoted = { ...withoutModel(turn.decided, true, { inputTokens, outputTokens, costMicroUsd }), promptVersion };
  for (const answer of outcome.model === EXTRACTIVE ? [outcome] : [outcome, quoted]) {
    const write = answeredCommit(deps, turn, answer);
    try {
      return { written: await deps.store.commit(write), status: write.status, reply: answer.decided.reply, state: write.state };
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
    }
  }
  const { head, claim, at } = turn;
  const write = failedCommit(deps, head, claim, { now: deps.now(), at, reason: 'WriteRefused' });
  return { written: await deps.store.commit(write), status: write.status, reply: failedReply(head.locale, deps.settings.humanContact), state: write.state };
}
