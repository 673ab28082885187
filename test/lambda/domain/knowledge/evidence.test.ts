import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { openEvidence } from '../../../../lambda/domain/knowledge/evidence.ts';
import { termsIn } from '../../../../lambda/domain/knowledge/search-index.ts';
import { ARTICLES } from '../../../support/fakes/turn.ts';

const FILE = compileKnowledge(ARTICLES);
const VOCABULARY = termsIn(FILE.index);

describe('what terms find', () => {
  it('is kept from question to question for the terms of the knowledge base', () => {
    const evidence = openEvidence(FILE);
    for (const term of VOCABULARY) expect(evidence([term])(term), term).toBe(evidence([term])(term));
  });

  it('is not kept for any other word, or the memory of a function would grow with what visitors write', () => {
    const evidence = openEvidence(FILE);
    const misspelt = fc.tuple(fc.constantFrom(...VOCABULARY), fc.constantFrom('q', 'qx', 'qq')).map(([term, more]) => `${term}${more}`);
    fc.assert(
      fc.property(fc.oneof(misspelt, fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })), (word) => {
        fc.pre(!VOCABULARY.includes(word));
        const [question, next] = [evidence([word]), evidence([word])];
        // Looked up once a question, and anew in the next one, with the same result.
        expect(question(word)).toBe(question(word));
        expect(next(word)).not.toBe(question(word));
        expect(next(word)).toEqual(question(word));
      }),
      { numRuns: 100 },
    );
  });
});
