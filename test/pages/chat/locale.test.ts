import { describe, expect, it } from 'vitest';
import { chooseLocale, formatDate } from '../../../pages/chat/locale.ts';
import { STRINGS } from '../../../pages/chat/strings.ts';

describe('locale', () => {
  it('takes the first language that is offered and keeps its region', () => {
    expect(chooseLocale([null, 'fr-FR', 'de-CH', 'en'])).toEqual({ tag: 'de-CH', strings: STRINGS.de });
    expect(chooseLocale(['constructor', 'de_DE', '', undefined])).toEqual({ tag: 'en', strings: STRINGS.en });
  });

  it('writes dates for readers, the same in every time zone, and leaves what is none', () => {
    expect(formatDate('2026-03-31', 'en-GB')).toBe('31 Mar 2026');
    expect(formatDate('2026-03-31T23:30:00Z', 'de')).toBe('31. März 2026');
    expect(formatDate('last spring', 'en')).toBe('last spring');
    expect(formatDate('2026-99-99', 'en')).toBe('2026-99-99');
  });
});
