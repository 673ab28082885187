import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_REPLY_CHARACTERS } from '../../../../lambda/contracts/limits.ts';
import { longestReply, wholeSentences } from '../../../../lambda/domain/answer/reply-length.ts';

describe('how long a reply may be', () => {
  it('follows from its tokens, up to what can be stored', () => {
    expect([50, 400, 4_096].map((maxTokens) => longestReply({ maxTokens }))).toEqual([300, 2_400, MAX_REPLY_CHARACTERS]);
  });
});

describe('whole sentences of a text that broke off', () => {
  it.each([
    ['One. Two. Thr', 'One. Two.'],
    ['It costs 4.', ''],
    ['It costs 4.95. And it', 'It costs 4.95.'],
    ['He said "yes." and', 'He said "yes."'],
    ['- one\n- two\n- thr', '- one\n- two'],
    ['三十天。然后', '三十天。'],
    ['no end at all', ''],
    ['', ''],
  ])('of %j are %j', (text, whole) => {
    expect(wholeSentences(text)).toBe(whole);
  });

  it('are always the beginning of the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(text.trimStart().startsWith(wholeSentences(text))).toBe(true);
    }));
  });
});
