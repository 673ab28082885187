import { STRINGS } from './strings.ts';
import type { Strings } from './strings.ts';

/** What a BCP 47 tag may look like for the API. */
const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The language of the page. */
export interface ChosenLocale {
  /** BCP 47 language tag, as sent to the API and set as `lang`. */
  readonly tag: string;
  readonly strings: Strings;
}

/** The first candidate whose language is offered; English when none is. */
export function chooseLocale(candidates: readonly (string | null | undefined)[]): ChosenLocale {
  for (const candidate of candidates) {
    const tag = candidate?.trim() ?? '';
    const language = tag.split('-')[0]?.toLowerCase() ?? '';
    const strings = new Map<string, Strings>(Object.entries(STRINGS)).get(language);
    if (TAG.test(tag) && strings) return { tag, strings };
  }
  return { tag: 'en', strings: STRINGS.en };
}

/** A calendar date of the API (`2026-03-31`) for readers of that language; what is no date stays as it is. */
export function formatDate(date: string, tag: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  const time = match ? Date.parse(`${match[0]}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(time);
}
