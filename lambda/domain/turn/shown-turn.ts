import type { TranscriptTurn } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { Cipher } from '../conversation/ports.ts';
import type { DataKey, Turn } from '../conversation/types.ts';
import { turnPlace } from './places.ts';
import { storedReply } from './stored-reply.ts';

/** A stored turn as it was written. @throws TamperedText when stored text was changed */
export function shownTurn({ cipher, settings }: { readonly cipher: Cipher; readonly settings: TurnSettings }, key: DataKey, turn: Turn, locale: string): TranscriptTurn {
  const reply = storedReply(cipher, key, turn, locale, settings);
  const text = cipher.open(key, turnPlace(turn.conversationId, turn.turn, 'text'), turn.text);
  const { turn: number, messageId, status } = turn;
  const base = { turn: number, messageId, at: new Date(turn.at).toISOString(), status, text };
  return reply === undefined ? base : { ...base, reply };
}
