import type { Transcript, TranscriptTurn } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Cipher, ConversationStore, SubjectKeys } from '../conversation/ports.ts';
import type { Principal } from '../identity/types.ts';
import type { Result } from './types.ts';
import { TRANSCRIPT_ROLES } from '../../contracts/routes.ts';
import { conversationNotFound, invalidInput, unavailable } from '../conversation/problems.ts';
import type { DataKey, Turn } from '../conversation/types.ts';
import { isUnavailable } from '../errors.ts';
import { OUTAGE_RETRY_SECONDS } from './outage.ts';
import { turnPlace } from './places.ts';
import { storedReply } from './stored-reply.ts';

/** What reading a transcript needs. */
export interface TranscriptDependencies {
  readonly store: ConversationStore;
  readonly keys: SubjectKeys;
  readonly cipher: Cipher;
  readonly settings: TurnSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Which transcript, and who asks. */
export interface TranscriptRequest {
  readonly conversationId: string;
  readonly principal: Principal;
  /** Value of the query parameter as it came; absent for the whole transcript. Only turns after this one are returned. */
  readonly after?: string;
}

/**
 * Reads a transcript. A conversation token reads its own conversation; staff with one of `TRANSCRIPT_ROLES` any.
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
    const { head, wrappedKey, turns } = await deps.store.transcript(conversationId, subject, after);
    if (head === undefined || head.expiresAt <= deps.now() || wrappedKey === undefined || (subject !== undefined && head.subject !== subject)) return NOT_FOUND;
    const key = await deps.keys.open(wrappedKey);
    const { state, locale, disclosure } = head;
    return { kind: 'ok', value: { conversationId, state, locale, disclosure, expiresAt: new Date(head.expiresAt).toISOString(), turns: turns.map((turn) => shown(deps, key, turn, locale)) } };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'problem', problem: unavailable(), retryAfterSeconds: OUTAGE_RETRY_SECONDS };
  }
}

const NOT_FOUND = { kind: 'problem', problem: conversationNotFound() } as const;

/** Ids that `createConversation` gives are UUIDs. */
const CONVERSATION_ID = /^[\w-]{1,64}$/;

function mayRead(principal: Principal, conversationId: string): boolean {
  if (principal.kind === 'conversation') return principal.conversationId === conversationId;
  // Staff may name anything; what is no id must not reach the store, which would refuse a key that long.
  if (!CONVERSATION_ID.test(conversationId)) return false;
  return principal.kind === 'staff' && principal.roles.some((role) => TRANSCRIPT_ROLES.includes(role));
}

function turnNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function shown({ cipher, settings }: TranscriptDependencies, key: DataKey, turn: Turn, locale: string): TranscriptTurn {
  const reply = storedReply(cipher, key, turn, locale, settings);
  const text = cipher.open(key, turnPlace(turn.conversationId, turn.turn, 'text'), turn.text);
  const { turn: number, messageId, status } = turn;
  const base = { turn: number, messageId, at: new Date(turn.at).toISOString(), status, text };
  return reply === undefined ? base : { ...base, reply };
}
