import type { TurnSettings } from '../../contracts/settings.ts';
import { appendExchange, encodeWindow } from '../conversation/window.ts';
import { eventBase } from '../conversation/event-base.ts';
import { idleAt, reachesTurnLimit } from '../conversation/head.ts';
import { type Reservation, usedAtWorst, usedBefore } from '../conversation/claim.ts';
import { isSpent, spentBefore } from '../conversation/quota.ts';
import type { CommitWrite } from '../conversation/ports.ts';
import type { Claim, DataKey, Exchange, Explanation, Head, OutboxEvent } from '../conversation/types.ts';
import type { Outcome } from '../answer/outcome.ts';
import { turnPlace, windowPlace } from './places.ts';
import type { TurnDependencies } from './types.ts';

/** A claimed turn that has its answer. */
export interface AnsweredTurn {
  readonly head: Head;
  readonly claim: Claim;
  readonly key: DataKey;
  readonly history: readonly Exchange[];
  readonly text: string;
  /** When the message arrived, epoch milliseconds. */
  readonly at: number;
  readonly knowledgeVersion: string;
}

/** What settling needs. */
export type SettleDependencies = Pick<TurnDependencies, 'cipher' | 'settings' | 'release' | 'now' | 'newId'>;

/** What giving a turn up needs. */
export interface FailDependencies {
  readonly settings: Pick<TurnSettings, 'idleMinutes' | 'maxTurns' | 'quotas'>;
  readonly release: string;
  /** A fresh random id. */
  readonly newId: () => string;
}

/** The commit of an answered turn: reply and window sealed, spend settled, events in the outbox, closed at the turn limit. */
export function answeredCommit(deps: SettleDependencies, answered: AnsweredTurn, outcome: Outcome): CommitWrite {
  const { head, claim, key, text, at, history } = answered;
  const now = deps.now();
  const { reply, useCase, score, rule } = outcome.decided;
  const { model, modelFailed, promptVersion, inputTokens, outputTokens, costMicroUsd } = outcome;
  const earlier = usedBefore(claim);
  const spent = { tokens: inputTokens + outputTokens + earlier.tokens, microUsd: costMicroUsd + earlier.microUsd };
  const milliseconds = Math.max(0, now - at);
  const explanation: Explanation = { useCase, score, rule, model, modelFailed, promptVersion, knowledgeVersion: answered.knowledgeVersion, release: deps.release, inputTokens, outputTokens, costMicroUsd, milliseconds };
  const window = appendExchange(history, { turn: claim.turn, user: text, bot: reply.text }, deps.settings);
  const event: OutboxEvent = {
    type: 'turn.answered',
    detail: { ...eventBase(head, deps.newId(), deps.release, now), turn: claim.turn, kind: reply.kind, useCase, score, model, modelFailed, milliseconds, inputTokens, outputTokens, costUsd: costMicroUsd / 1_000_000 },
  };
  return {
    ...settled(deps, head, claim, now, event, spent),
    status: 'answered',
    reply: deps.cipher.seal(key, turnPlace(head.conversationId, claim.turn, 'reply'), JSON.stringify(reply)),
    explanation,
    window: deps.cipher.seal(key, windowPlace(head.conversationId), encodeWindow(window)),
  };
}

/** When and why a turn was given up. */
export interface GivenUp {
  /** Epoch milliseconds. */
  readonly now: number;
  /** When its message arrived, epoch milliseconds. */
  readonly at: number;
  /** Name of an error, or `too-old`. */
  readonly reason: string;
}

/** Rule of a turn that was given up. */
export const GIVEN_UP_RULE = 'given-up';

/** The commit of a turn that is given up. What its attempts used is not known: their worst case counts as spent. */
export function failedCommit(deps: FailDependencies, head: Head, claim: Claim, { now, at, reason }: GivenUp): CommitWrite {
  const spent = usedAtWorst(claim);
  // No model, prompt or article had a part in what is said then.
  const explanation: Explanation = { useCase: 'none', score: 0, rule: GIVEN_UP_RULE, model: 'none', modelFailed: false, promptVersion: '', knowledgeVersion: '', release: deps.release, inputTokens: spent.tokens, outputTokens: 0, costMicroUsd: spent.microUsd, milliseconds: Math.max(0, now - at) };
  const event: OutboxEvent = { type: 'turn.failed', detail: { ...eventBase(head, deps.newId(), deps.release, now), turn: claim.turn, reason } };
  return { ...settled(deps, head, claim, now, event, spent), status: 'failed', explanation };
}

type Settled = Pick<CommitWrite, 'conversationId' | 'subject' | 'claim' | 'state' | 'expiresAt' | 'events' | 'idleAt' | 'spentTokens' | 'spentMicroUsd'>;

function settled(deps: FailDependencies, head: Head, claim: Claim, now: number, event: OutboxEvent, spent: Reservation): Settled {
  const { conversationId, subject, expiresAt } = head;
  const common = { conversationId, subject, claim, expiresAt, spentTokens: spent.tokens, spentMicroUsd: spent.microUsd };
  const reason = closingReason(deps.settings, head, claim, spent);
  if (reason === undefined) return { ...common, state: head.state, events: [event], idleAt: idleAt(deps.settings, now) };
  const closed: OutboxEvent = { type: 'conversation.closed', detail: { ...eventBase(head, deps.newId(), deps.release, now), reason, turns: claim.turn, droppedOff: false } };
  return { ...common, state: 'closed', events: [event, closed] };
}

/** Why a turn is the conversation's last; undefined when it is not. */
function closingReason(settings: FailDependencies['settings'], head: Head, claim: Claim, spent: Reservation): 'turn-limit' | 'spend-limit' | undefined {
  if (reachesTurnLimit(claim.turn, settings)) return 'turn-limit';
  const before = spentBefore(head);
  return isSpent({ tokens: before.tokens + spent.tokens, microUsd: before.microUsd + spent.microUsd }, settings.quotas) ? 'spend-limit' : undefined;
}
