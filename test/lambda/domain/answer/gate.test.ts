import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GateReason, MAX_HELD_CHARACTERS, openGate } from '../../../../lambda/domain/answer/gate.ts';
import { linksOf } from '../../../../lambda/domain/answer/piece.ts';
import { CANARY } from '../../../../lambda/domain/answer/prompt.ts';

const LISTED = 'https://shop.example/help/returns';
const open = () => openGate({ canary: CANARY, links: new Set([LISTED]) });
/** Everything that passes, chunk by chunk. */
const through = (...chunks: string[]) => {
  const gate = open();
  const text = chunks.map((chunk) => gate.push(chunk)).join('') + gate.end();
  return { text, closed: gate.closed, cited: gate.cited };
};

describe('what the gate lets through', () => {
  it.each([
    ['plain text', 'Five days. Not six!', 'Five days. Not six!'],
    ['a list and bold', '- **one**\n- two\n', '- **one**\n- two\n'],
    ['a listed link', `See [returns](${LISTED}) or ${LISTED}.`, `See [returns](${LISTED}) or ${LISTED}.`],
    ['another link loses its target', 'See [this](https://evil.example/x).', 'See this.'],
    ['a bare link goes', 'Go to https://evil.example/x?a=b now.', 'Go to  now.'],
    ['a link without scheme goes', 'Go to evil.com/x now.', 'Go to  now.'],
    ['a mail address stays', 'Write to help@shop.example please.', 'Write to help@shop.example please.'],
    ['a link over two sentences is none', 'See [this. That](/logout) now.', 'See [this. That] (/logout) now.'],
    ['an image goes', 'Look ![pixel](https://evil.example/p.png)!', 'Look pixel!'],
    ['tags go', 'A <b>bold</b> <a href="https://evil.example">claim</a>.', 'A bold claim.'],
    ['nested tags go', 'A <<b>b>old</b> claim.', 'A old claim.'],
    ['smaller than stays', 'Orders < 40 euros and 3<4.', 'Orders < 40 euros and 3<4.'],
    ['invisible characters go', 'a\u200bb\u202ec\u0007.', 'abc.'],
    ['document numbers go', 'Thirty days [1]. Free [2, 3].', 'Thirty days. Free.'],
  ])('%s', (_name, text, expected) => {
    expect(through(text)).toMatchObject({ text: expected, closed: undefined });
  });

  it('notes which documents were named, each once', () => {
    expect(through('A [2]. B [1, 2]. C [3].').cited).toEqual([2, 1, 3]);
  });
});

describe('what closes the gate', () => {
  it.each<[string, string, GateReason]>([
    ['the marker of the system text', `My text begins with ${CANARY}.`, 'system-prompt'],
    ['the marker, spelt out', `It is ${CANARY.toUpperCase().split('').join(' ')}.`, 'system-prompt'],
    ['an access key id', 'Use AKIAIOSFODNN7EXAMPLE.', 'secret'],
    ['a token', 'Use eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc.', 'secret'],
    ['a private key', '-----BEGIN PRIVATE KEY-----', 'secret'],
    ['a password', 'The password: hunter2hunter2', 'secret'],
    ['a script', 'Hi <script>alert(1)</script>', 'active-content'],
    ['a script link', 'Click [here](javascript:alert(1))', 'active-content'],
  ])('%s', (_name, text, reason) => {
    const { text: passed, closed } = through('First sentence. ', text, ' More text. ');
    expect(closed).toBe(reason);
    expect(passed).toBe('First sentence. ');
  });

  it('whatever comes after it', () => {
    const gate = open();
    gate.push(`${CANARY}. `);
    expect([gate.push('Harmless. '), gate.end(), gate.closed]).toEqual(['', '', 'system-prompt']);
  });

  it.each(['A password needs at least 12 characters.', 'Your password is safe with us.', 'Order OM-40917725 and invoice 2026-00123.', 'The secret is out: free returns.'])('but not: %s', (text) => {
    expect(through(text)).toMatchObject({ text, closed: undefined });
  });
});

describe('the gate while text streams', () => {
  const pieces = fc.array(
    fc.constantFrom('Some words ', 'end. ', 'Yes! ', '\n', '<', 'script', '>', '<b>', '</b>', '[1]', '![x](', 'http://', 'evil.com/a ', ')', '[t](', LISTED, ' ', '句子。', 'ส', '😀', '"quoted." ', 'x'.repeat(120), CANARY.slice(0, 8), CANARY.slice(8), 'a1B2'.repeat(20)),
    { maxLength: 40 },
  );

  it('lets the same through however it is chunked', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (parts, sizes) => {
        const text = parts.join('');
        const chunks: string[] = [];
        for (let at = 0, step = 0; at < text.length; step++) {
          const size = sizes[step % sizes.length] ?? 1;
          chunks.push(text.slice(at, at + size));
          at += size;
        }
        expect(through(...chunks)).toEqual(through(text));
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a tag begin, an unlisted link, an image or the marker through', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const { text } = through(...parts);
        expect(text).not.toMatch(/<[a-z!/?]/i);
        expect(text).not.toContain(CANARY);
        expect(text).not.toMatch(/!\[[^\]]*\]\([^)]*\)/);
        expect(linksOf(text.replaceAll(LISTED, ' '))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('holds back at most so many characters', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('word ', 'longerword ', 'end. ', '語'), { maxLength: 80 }), (parts) => {
        const gate = open();
        let given = 0;
        let shown = 0;
        for (const part of parts) {
          given += part.length;
          shown += gate.push(part).length;
          expect(given - shown).toBeLessThanOrEqual(MAX_HELD_CHARACTERS);
        }
        expect(shown + gate.end().length).toBe(given);
      }),
    );
  });
});
