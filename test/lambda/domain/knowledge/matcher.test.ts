import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { openMatcher } from '../../../../lambda/domain/knowledge/matcher.ts';
import { openKnowledge } from '../../../../lambda/domain/knowledge/retriever.ts';
import { openIndex, termsIn } from '../../../../lambda/domain/knowledge/search-index.ts';
import { ARTICLES } from '../../../support/fakes/turn.ts';

const FILE = compileKnowledge(ARTICLES);
const VOCABULARY = termsIn(FILE.index);
const open = openMatcher(FILE.index);
const every = open(VOCABULARY);

/** A term of the index, one with a letter left out, doubled or changed, or any text. */
const TERM = fc.oneof(
  fc.constantFrom(...VOCABULARY),
  fc.tuple(fc.constantFrom(...VOCABULARY), fc.nat(12), fc.constantFrom('', 'aa', 'q')).map(([term, at, put]) => term.slice(0, at) + put + term.slice(at + 1)),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
);

describe('the matcher', () => {
  it('finds for the terms of one question what the whole index finds', () => {
    const whole = openIndex(FILE.index, () => true);
    const boost = { title: 2, questions: 2, keywords: 2, section: 2, text: 1 };
    const asItIs = { tokenize: (text: string) => [text], processTerm: (text: string) => text, boost };
    const near = (term: string) => ({ fuzzy: term.length < 8 ? 1 : 2, weights: { fuzzy: 1, prefix: 1 }, boostDocument: (_: unknown, found: string) => (found[0] === term[0] ? 1 : 0) });
    fc.assert(
      fc.property(fc.array(TERM, { minLength: 1, maxLength: 8 }), (terms) => {
        const matchesOf = open(terms);
        for (const term of terms) {
          const { known, matches } = matchesOf(term);
          const expected = known ? whole.search(term, asItIs) : term.length < 5 ? [] : whole.search(term, { ...asItIs, ...near(term) });
          const credit = VOCABULARY.includes(term) ? 1 : 0.7;
          // A known term's synonyms come after it, with less credit.
          expect(matches.filter((match) => match.credit === credit).slice(0, known && credit < 1 ? 0 : undefined)).toEqual(expected.map(({ id, score }) => ({ id, points: score, credit })));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('knows every term of the index, and what it knows is never misspelt', () => {
    for (const term of VOCABULARY) {
      expect(every(term).known).toBe(true);
      expect(every(term).matches.length).toBeGreaterThan(0);
    }
    expect(open(['parcl'])('parcl')).toMatchObject({ known: false, matches: expect.arrayContaining([expect.objectContaining({ credit: 0.7 })]) as unknown });
    expect(open(['zzzzzz'])('zzzzzz')).toEqual({ known: false, matches: [] });
  });
});

describe('a knowledge base that was asked before', () => {
  it('answers as one that is asked for the first time', () => {
    const used = openKnowledge(FILE);
    fc.assert(
      fc.property(fc.array(TERM, { maxLength: 8 }), (terms) => {
        expect(used.find(terms.join(' '), 5)).toEqual(openKnowledge(FILE).find(terms.join(' '), 5));
      }),
      { numRuns: 150 },
    );
  });
});
