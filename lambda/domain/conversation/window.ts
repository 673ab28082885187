import type { TurnSettings } from '../../contracts/settings.ts';
import type { Exchange } from './types.ts';

/** Characters that the window may hold. 12,000 are about 3,000 tokens: history never crowds out the passages, and the head stays far below DynamoDB's 400 KB. */
export const MAX_WINDOW_CHARACTERS = 12_000;
/** Characters that one side of an exchange may hold; the rest is cut, because the beginning says what it was about. */
export const MAX_SIDE_CHARACTERS = 2_000;

/** Window with one more exchange: the newest stay, by number and by characters. The newest always stays. */
export function appendExchange(window: readonly Exchange[], exchange: Exchange, settings: Pick<TurnSettings, 'historyExchanges'>): Exchange[] {
  if (settings.historyExchanges < 1) return [];
  const cut = { turn: exchange.turn, user: cutAt(exchange.user, MAX_SIDE_CHARACTERS), bot: cutAt(exchange.bot, MAX_SIDE_CHARACTERS) };
  const kept = [...window.filter(({ turn }) => turn !== exchange.turn), cut].slice(-settings.historyExchanges);
  let size = kept.reduce((sum, one) => sum + one.user.length + one.bot.length, 0);
  while (kept.length > 1 && size > MAX_WINDOW_CHARACTERS) {
    const oldest = kept.shift();
    size -= oldest === undefined ? 0 : oldest.user.length + oldest.bot.length;
  }
  return kept;
}

/** Window as the text that is sealed. */
export function encodeWindow(window: readonly Exchange[]): string {
  return JSON.stringify(window.map(({ turn, user, bot }) => [turn, user, bot]));
}

/** Reads {@link encodeWindow}'s text. What it cannot read counts as no history: a turn is answered without rather than not at all. */
export function decodeWindow(text: string): Exchange[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    if (!Array.isArray(row)) return [];
    const [turn, user, bot] = row as unknown[];
    return typeof turn === 'number' && typeof user === 'string' && typeof bot === 'string' ? [{ turn, user, bot }] : [];
  });
}

/** Cuts a text without splitting a surrogate pair. */
export function cutAt(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const last = text.charCodeAt(characters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? characters - 1 : characters);
}
