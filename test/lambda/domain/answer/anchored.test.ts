import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSafetySet } from '../../../../bin/bench/safety.ts';
import { type Anchored, matches, mayMatch } from '../../../../lambda/domain/answer/anchored.ts';
import { IN_SIGNS } from '../../../../lambda/domain/answer/injection-signs.ts';
import { IN_WORDS, screen } from '../../../../lambda/domain/answer/injection-screen.ts';
import { ASKS_FOR_HUMAN } from '../../../../lambda/domain/answer/intent.ts';
import { forMatching, plainWords, readingsOf } from '../../../../lambda/domain/answer/matching.ts';
import { WHOLE } from '../../../../lambda/domain/answer/small-talk.ts';
import { ROOT } from '../../../support/paths.ts';

const { development, heldOut, ordinary } = readSafetySet(ROOT);
const labelled: { ask: string }[] = parse(readFileSync(join(ROOT, 'knowledge/evaluation.yaml'), 'utf8'));
const questions = [...ordinary, ...labelled.map(({ ask }) => ask)];
/** Without those that have no letter, which are put to no table of small talk. */
const texts = [...development, ...heldOut, ...questions, 'hi', 'OK thanks', 'Agent!', 'no bot please'].filter((text) => /\p{L}/u.test(text));

/** Each table with the copy of a message that its patterns look at. */
const TABLES: readonly { name: string; rows: readonly Anchored[]; copyOf: (text: string) => string }[] = [
  { name: 'the words of an attempt', rows: IN_WORDS, copyOf: (text) => readingsOf(text).join('\n') },
  { name: 'the signs of an attempt', rows: IN_SIGNS, copyOf: forMatching },
  { name: 'small talk', rows: WHOLE, copyOf: (text) => plainWords(forMatching(text)) },
  { name: 'asking for a human', rows: ASKS_FOR_HUMAN, copyOf: (text) => plainWords(forMatching(text)) },
];

/**
 * A pattern of which texts can be made, for all that the given one matches and more: without what only looks around, which never adds
 * to what is matched, and without `\b`, `^` and `$`.
 */
function superset({ source }: RegExp): RegExp {
  let kept = '';
  for (let at = 0; at < source.length; ) {
    const token = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|\(\?(?:[!=]|<[!=])|[^])/.exec(source.slice(at))?.[0] ?? '';
    if (/^\(\?(?:[!=]|<[!=])$/.test(token)) at = endOfGroup(source, at);
    else {
      if (!['\\b', '^', '$'].includes(token)) kept += token;
      at += token.length;
    }
  }
  return new RegExp(`^(?:${kept})$`);
}

/** Where the group ends that begins at a place. */
function endOfGroup(source: string, start: number): number {
  let open = 0;
  for (const { 0: token, index } of source.slice(start).matchAll(/\[(?:\\.|[^\]\\])*\]|\\.|[()]/g)) {
    if (token === '(') open += 1;
    if (token === ')' && --open === 0) return start + index + 1;
  }
  throw new Error(`a group is left open in ${source}`);
}

describe('the anchors of a pattern', () => {
  const rows = TABLES.flatMap(({ name, rows }) => rows.map((row) => ({ ...row, name, source: row.pattern.source })));

  it('are looked for in texts made of the pattern without what looks around', () => {
    expect(superset(/\b(?:a|b\w*)(?! (?:c\)|[)d])\b) e[^(\]]{1,2}(?<!f)$/).source).toBe('^(?:(?:a|b\\w*) e[^(\\]]{1,2})$');
    expect(rows.length).toBeGreaterThan(60);
  });

  it.each(rows)('stand in each text that can match: $name, $source', (row) => {
    const isCopy = (text: string): boolean => row.name.endsWith('attempt') || (text !== '' && text.trim() === text);
    fc.assert(
      fc.property(fc.stringMatching(superset(row.pattern)).filter(isCopy), (text) => mayMatch(row, text)),
      // Enough that the rarest alternative of the longest pattern is made.
      { numRuns: 1_500 },
    );
  });

  it.each(TABLES)('change nothing in what is recognised: $name', ({ rows: table, copyOf }) => {
    const differing = texts.filter((text) => {
      const copy = copyOf(text);
      return table.some((row) => matches(row, copy) !== row.pattern.test(copy));
    });
    expect(differing).toEqual([]);
  });

  it('leave the screen what it sees without them', () => {
    for (const text of [...development, ...heldOut, ...questions]) {
      const readings = readingsOf(text).join('\n');
      const signs = forMatching(text);
      const seen = [...IN_WORDS.filter(({ pattern }) => pattern.test(readings)), ...IN_SIGNS.filter(({ pattern }) => pattern.test(signs))];
      expect(screen(text).features.toSorted()).toEqual([...new Set(seen.map(({ name }) => name))].toSorted());
    }
  });

  it('let hardly any pattern run for an ordinary question', () => {
    const runs = (text: string): number => TABLES.map(({ rows: table, copyOf }) => ({ table, copy: copyOf(text) })).reduce((sum, { table, copy }) => sum + table.filter((row) => mayMatch(row, copy)).length, 0);
    expect(questions.reduce((sum, text) => sum + runs(text), 0) / (questions.length * rows.length)).toBeLessThan(0.05);
    for (const text of ['How many days do I have to send something back?', 'Where is my order?', 'Can I pay with a gift card?']) expect(runs(text)).toBe(0);
  });

  it('are looked for before the pattern runs, which sees the page', () => {
    expect(matches({ pattern: /b/, anchors: ['a'] }, 'b')).toBe(false);
    expect(matches({ pattern: /b/, anchors: ['a'] }, 'a', 'ab')).toBe(true);
    expect(matches({ pattern: /a/, starts: ['a'] }, 'ba')).toBe(false);
    expect(matches({ pattern: /a/, starts: ['a'] }, 'ab')).toBe(true);
    expect(matches({ pattern: /a/ }, 'a')).toBe(false);
  });
});
