import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKnowledge } from '../../../../lambda/domain/knowledge/compile.ts';
import { openKnowledge } from '../../../../lambda/domain/knowledge/retriever.ts';
import { stem } from '../../../../lambda/domain/knowledge/stem.ts';
import { words } from '../../../../lambda/domain/knowledge/terms.ts';
import { ARTICLES } from '../../../support/fakes/turn.ts';

const FILE = compileKnowledge(ARTICLES);
const retriever = openKnowledge(FILE);
const best = (question: string) => retriever.find(question, 3)[0];

describe('the retriever', () => {
  it.each([
    ['When will my parcel arrive?', 'delivery-time'],
    ['when will my package arive', 'delivery-time'],
    ['returning an item', 'return-period'],
    ['RETURNED ÍTEMS!', 'return-period'],
    ['how do i feed my hamster', 'hamster-care'],
  ])('%s -> %s', (question, articleId) => {
    expect(best(question)?.passage.articleId).toBe(articleId);
  });

  it('prefers the section that answers', () => {
    expect(best('may sale items be returned')?.passage.section).toBe('Sale items');
  });

  it('scores what it knows above what it half knows, and finds nothing for nothing', () => {
    const [whole, half] = [best('feed a hamster'), best('feed a telescope')];
    expect(whole?.score).toBeGreaterThan(half?.score ?? 0);
    for (const nothing of ['', '???', 'the of and', 'telescope galaxy', '😀', '\u0000']) expect(retriever.find(nothing, 3)).toEqual([]);
  });

  it('scores a known word above the same word with unknown ones around it', () => {
    expect(best('hamster')?.score).toBeGreaterThan(best('hamster telescope galaxy')?.score ?? 0);
  });

  it('never throws, and returns at most so many hits, best first, scored 0 to 1', () => {
    const word = fc.constantFrom('return', 'parcel', 'hamster', 'sale', 'items', 'constructor', '__proto__', 'toString', 'ab#c', '-', '30');
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(word, { maxLength: 30 }).map((parts) => parts.join(' ')));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 6 }), (question, limit) => {
        const hits = retriever.find(question, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        for (const [index, { score }] of hits.entries()) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(hits[index - 1]?.score ?? 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('hears the question in a long story, and no question in one about something else', () => {
    const story = 'Yesterday evening my uncle Bartholomew came around with a telescope. He had polished the brass for weeks. We looked at Jupiter until midnight and drank elderflower lemonade. My cousin slept through the whole thing, snoring. ';
    const asked = best(`${story}By the way, when does my parcel arrive? The lemonade was very good.`);
    expect(asked?.passage.articleId).toBe('delivery-time');
    expect(asked?.score).toBeGreaterThan((best('when does my parcel arrive')?.score ?? 1) * 0.8);
    expect(best(`${story}The parcel with the lenses lay unopened. Which galaxy should we observe?`)?.score ?? 0).toBeLessThan((asked?.score ?? 0) / 2);
  });

  it('tells how much of the question an article has', () => {
    expect(best('feed a hamster')?.coverage).toBeCloseTo(1);
    expect(best('feed a telescope')?.coverage).toBeLessThan(0.5);
  });

  it('does not take another word for a misspelt one', () => {
    expect(best('barcel')).toBeUndefined();
    expect(best('parcle')?.passage.articleId).toBe('delivery-time');
  });

  it('takes no word that is too long for one', () => {
    expect(words('x'.repeat(1_000))).toEqual([]);
  });

  it('refuses a file of another format', () => {
    expect(() => openKnowledge(JSON.parse(JSON.stringify({ ...FILE, format: 2 })))).toThrow(/format 2.*format 1/);
  });
});

describe('the stemmer', () => {
  it.each([
    [['return', 'returns', 'returned', 'returning']],
    [['exchange', 'exchanges', 'exchanged', 'exchanging']],
    [['delivery', 'deliver', 'delivered', 'deliveries']],
    [['carry', 'carries', 'carried']],
    [['ship', 'shipped', 'shipping', 'ships', 'shipment']],
    [['box', 'boxes']],
  ])('gives one term for %j', (forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });

  it.each(['gas', 'press', 'bus', 'need', 'ring', 'été', '2026', 'tie'])('leaves %s as it is', (word) => {
    expect(stem(word)).toBe(word);
  });
});
