import type { Revealed, RevealRequest } from '../../contracts/api.ts';
import { REVEAL_ROLES } from '../../contracts/routes.ts';
import { eventBase } from '../conversation/event-base.ts';
import { conversationNotFound, unavailable } from '../conversation/problems.ts';
import { isUnavailable } from '../errors.ts';
import { isConversationId } from '../identity/conversation-id.ts';
import type { Principal } from '../identity/types.ts';
import { pseudonymiser } from '../redaction/pseudonyms.ts';
import { redact } from '../redaction/redact.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import type { TranscriptDependencies } from './read-transcript.ts';
import { shownTurn } from './shown-turn.ts';
import { findInTranscript } from './staff-view.ts';
import type { Result } from './types.ts';

/** What revealing a pseudonym needs. */
export interface RevealDependencies extends TranscriptDependencies {
  readonly release: string;
  /** A fresh random id. */
  readonly newId: () => string;
}

/** Which pseudonym, of which conversation, and who asks why. */
export interface Reveal {
  readonly conversationId: string;
  readonly principal: Principal;
  readonly request: RevealRequest;
}

const NOT_FOUND = { kind: 'problem', problem: conversationNotFound() } as const;
const UNAVAILABLE = { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS } as const;

/**
 * Gives staff with one of `REVEAL_ROLES` the value behind a pseudonym of a transcript. Nothing of it is stored: the value is found by
 * making the pseudonyms of the conversation's texts again. The attempt, found or not, is in the outbox before anything is returned:
 * who, which pseudonym, why (redacted) and when, never the value.
 * Problems: the same 404 for an unknown conversation, an unknown pseudonym and a caller who may not ask; 503 with Retry-After.
 * @throws TamperedText when stored text was changed.
 */
export async function revealPseudonym(deps: RevealDependencies, reveal: Reveal): Promise<Result<Revealed>> {
  const { conversationId, principal } = reveal;
  if (!isConversationId(conversationId) || principal.kind !== 'staff' || !principal.roles.some((role) => REVEAL_ROLES.includes(role))) return NOT_FOUND;
  try {
    return await find(deps, reveal, principal.staffId);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return UNAVAILABLE;
  }
}

async function find(deps: RevealDependencies, { conversationId, request }: Reveal, staffId: string): Promise<Result<Revealed>> {
  const { pseudonym, reason } = request;
  const at = deps.now();
  const { head, wrappedKey, turns } = await deps.store.transcript(conversationId, undefined, 0);
  if (head === undefined || head.expiresAt <= at || wrappedKey === undefined) return NOT_FOUND;
  const key = await deps.keys.open(wrappedKey);
  const written = turns.map((turn) => shownTurn(deps, key, turn, head.locale));
  const found = await findInTranscript(deps, head.locale, written);
  const value = pseudonymiser({ key: key.key, conversationId }).reveal(pseudonym, found.turns.flatMap(({ text, reply }) => [...text, ...reply]));
  const said = { staffId, pseudonym, reason: redact(reason), found: value !== undefined };
  await deps.store.saveEvents(head, [{ type: 'pseudonym.revealed', detail: { ...eventBase(head, deps.newId(), deps.release, at), ...said } }]);
  if (value !== undefined) return { kind: 'ok', value: { pseudonym, ...value } };
  // What only the second opinion finds cannot be found while it is away.
  return found.complete ? NOT_FOUND : UNAVAILABLE;
}
