import type { TurnSettings } from '../../contracts/settings.ts';
import { appendExchange, encodeWindow } from '../conversation/window.ts';
import { eventBase } from '../conversation/event-base.ts';
import { idleAt, reachesTurnLimit } from '../conversation/head.ts';
import type { CommitWrite } from '../conversation/ports.ts';
import type { Claim, DataKey, Exchange, Explanation, Head, OutboxEvent } from '../conversation/types.ts';
import type { Outcome } from '../answer/model-reply.ts';
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
  readonly settings: Pick<TurnSettings, 'idleMinutes' | 'maxTurns'>;
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
  const milliseconds = Math.max(0, now - at);
  const explanation: Explanation = { useCase, score, rule, model, modelFailed, promptVersion, knowledgeVersion: answered.knowledgeVersion, release: deps.release, inputTokens, outputTokens, costMicroUsd, milliseconds };
  const window = appendExchange(history, { turn: claim.turn, user: text, bot: reply.text }, deps.settings);
  const event: OutboxEvent = {
    type: 'turn.answered',
    detail: { ...eventBase(head, deps.newId(), deps.release, now), turn: claim.turn, kind: reply.kind, useCase, score, model, modelFailed, milliseconds, inputTokens, outputTokens, costUsd: costMicroUsd / 1_000_000 },
  };
  return {
    ...settled(deps, head, claim, now, event),
    status: 'answered',
    reply: deps.cipher.seal(key, turnPlace(head.conversationId, claim.turn, 'reply'), JSON.stringify(reply)),
    explanation,
    window: deps.cipher.seal(key, windowPlace(head.conversationId), encodeWindow(window)),
    spentTokens: inputTokens + outputTokens,
    spentMicroUsd: costMicroUsd,
  };
}

/** The commit of a turn that is given up. What its attempts used is not known: the reservation counts as spent. */
export function failedCommit(deps: FailDependencies, head: Head, claim: Claim, now: number, reason: string): CommitWrite {
  const event: OutboxEvent = { type: 'turn.failed', detail: { ...eventBase(head, deps.newId(), deps.release, now), turn: claim.turn, reason } };
  return { ...settled(deps, head, claim, now, event), status: 'failed', spentTokens: claim.reservedTokens, spentMicroUsd: claim.reservedMicroUsd };
}

type Settled = Pick<CommitWrite, 'conversationId' | 'claim' | 'state' | 'expiresAt' | 'events' | 'idleAt'>;

function settled(deps: FailDependencies, head: Head, claim: Claim, now: number, event: OutboxEvent): Settled {
  const { conversationId, expiresAt } = head;
  if (!reachesTurnLimit(claim.turn, deps.settings)) return { conversationId, claim, state: head.state, expiresAt, events: [event], idleAt: idleAt(deps.settings, now) };
  const closed: OutboxEvent = { type: 'conversation.closed', detail: { ...eventBase(head, deps.newId(), deps.release, now), reason: 'turn-limit', turns: claim.turn, droppedOff: false } };
  return { conversationId, claim, state: 'closed', expiresAt, events: [event, closed] };
}
