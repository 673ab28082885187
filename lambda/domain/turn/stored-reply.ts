import { Reply } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import { failedReply } from '../answer/decide.ts';
import type { Cipher } from '../conversation/ports.ts';
import type { DataKey, Turn } from '../conversation/types.ts';
import { TamperedText } from '../errors.ts';
import { turnPlace } from './places.ts';

/**
 * Reply of a stored turn: undefined while it is pending, the fixed words of a failed turn that has none.
 * @throws TamperedText when what is stored is not what was sealed, or no reply.
 */
export function storedReply(cipher: Cipher, key: DataKey, turn: Turn, locale: string, settings: Pick<TurnSettings, 'humanContact'>): Reply | undefined {
  if (turn.status === 'pending') return undefined;
  if (turn.reply === undefined) return failedReply(locale, settings.humanContact);
  const parsed = Reply.safeParse(JSON.parse(cipher.open(key, turnPlace(turn.conversationId, turn.turn, 'reply'), turn.reply)));
  if (!parsed.success) throw new TamperedText(`the stored reply of turn ${turn.turn} is no reply`);
  return parsed.data;
}
