import { describe, expect, it } from 'vitest';
import { findPersonalData } from '../../../../lambda/domain/redaction/find.ts';
import { pseudonymiser } from '../../../../lambda/domain/redaction/pseudonyms.ts';
import type { Finding } from '../../../../lambda/domain/redaction/types.ts';

const key = Buffer.alloc(32, 7);
const only = (text: string): Finding => {
  const [finding] = findPersonalData(text);
  if (finding === undefined) throw new Error(`nothing found in ${text}`);
  return finding;
};

describe('pseudonyms', () => {
  const { of, reveal } = pseudonymiser({ key, conversationId: 'c1' });

  it.each([
    ['4111 1111 1111 1111', '4111-1111-1111-1111'],
    ['4111111111111111', 'four one one one one one one one one one one one one one one one'],
    ['DE89 3704 0044 0532 0130 00', 'de89370400440532013000'],
    ['Jo@Mail.example', 'jo@mail.example'],
    ['+41 79 123 45 67', '0041 79 123 45 67'],
  ])('%s has that of %s', (one, other) => {
    expect(of(only(one))).toBe(of(only(other)));
    expect(of(only(one))).toMatch(/^\[[a-z-]+-[a-z2-7]{6}\]$/);
  });

  it('another value, another conversation or another key has another one', () => {
    const card = only('4111 1111 1111 1111');
    const others = [of(only('5500 0000 0000 0004')), pseudonymiser({ key, conversationId: 'c2' }).of(card), pseudonymiser({ key: Buffer.alloc(32, 8), conversationId: 'c1' }).of(card)];
    expect(new Set([of(card), ...others]).size).toBe(4);
  });

  it('reveals a value of the texts, as it was written first, and no other', () => {
    const findings = findPersonalData('jo@mail.example paid with 4111 1111 1111 1111');
    expect(reveal(of(only('4111111111111111')), findings)).toEqual({ kind: 'card', value: '4111 1111 1111 1111' });
    expect(reveal('[card-aaaaaa]', findings)).toBeUndefined();
  });
});
