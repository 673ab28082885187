import type { Transcript } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Cipher, ConversationStore, SubjectKeys } from '../conversation/ports.ts';
import type { Principal } from '../identity/types.ts';
import type { SecondOpinionUse } from '../redaction/second-opinion.ts';
import type { Result } from './types.ts';
import { TRANSCRIPT_ROLES } from '../../contracts/routes.ts';
import { conversationNotFound, invalidInput, unavailable } from '../conversation/problems.ts';
import { isUnavailable } from '../errors.ts';
import { isConversationId } from '../identity/conversation-id.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import { shownTurn } from './shown-turn.ts';

/** What reading a transcript needs. */
export interface TranscriptDependencies {
  readonly store: ConversationStore;
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
  readonly settings: TurnSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Another recogniser of personal data for what staff reads. @default - the project's own detectors alone */
  readonly secondOpinion?: SecondOpinionUse;
}

/** Which transcript, and who asks. */
export interface TranscriptRequest {
  readonly conversationId: string;
  readonly principal: Principal;
  /** Value of the query parameter as it came; absent for the whole transcript. Only turns after this one are returned. */
  readonly after?: string;
}

/**
 * Reads a transcript. A conversation token reads its own conversation, as it was written; staff with one of `TRANSCRIPT_ROLES` any,
 * with pseudonyms in the place of personal data and secrets.
 * Problems: the same 404 for unknown, expired, erased and somebody else's; 400 for a wrong `after`; 503 with Retry-After.
 * @throws TamperedText when stored text was changed.
 */
export async function readTranscript(deps: TranscriptDependencies, request: TranscriptRequest): Promise<Result<Transcript>> {
  const after = request.after === undefined ? 0 : turnNumber(request.after);
  if (after === undefined) return { kind: 'problem', problem: invalidInput([{ field: 'after', rule: 'must be the number of a turn, 0 or more' }]) };
  const { conversationId, principal } = request;
  if (!mayRead(principal, conversationId)) return NOT_FOUND;
  try {
    const subject = principal.kind === 'conversation' ? principal.subject : undefined;
    const isStaff = principal.kind === 'staff';
    // What was said before a turn says what a bare number in it is.
    const { head, wrappedKey, turns } = await deps.store.transcript(conversationId, subject, isStaff ? Math.max(0, after - 1) : after);
    if (head === undefined || head.expiresAt <= deps.now() || wrappedKey === undefined || (subject !== undefined && head.subject !== subject)) return NOT_FOUND;
    const key = await deps.keys.open(wrappedKey);
    const { state, locale, disclosure } = head;
    const written = turns.map((turn) => shownTurn(deps, key, turn, locale));
    // Loaded for staff alone: no start-up and no turn pays for it.
    const shown = isStaff ? await (await import('./staff-view.ts')).staffView(deps, key, conversationId, locale, written) : written;
    return { kind: 'ok', value: { conversationId, state, locale, disclosure, expiresAt: new Date(head.expiresAt).toISOString(), turns: shown.filter(({ turn }) => turn > after) } };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  }
}

const NOT_FOUND = { kind: 'problem', problem: conversationNotFound() } as const;

function mayRead(principal: Principal, conversationId: string): boolean {
  if (principal.kind === 'conversation') return principal.conversationId === conversationId;
  // Staff may name anything; what is no id must not reach the store, which would refuse a key that long.
  if (!isConversationId(conversationId)) return false;
  return principal.kind === 'staff' && principal.roles.some((role) => TRANSCRIPT_ROLES.includes(role));
}

function turnNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
