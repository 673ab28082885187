import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HELD_CHARACTERS, openGate } from '../../lambda/domain/answer/gate.ts';
import type { Passage } from '../../lambda/domain/knowledge/types.ts';
import { ARTICLES, RETRIEVER } from '../support/fakes/turn.ts';
import { figure, sizedRuns } from '../support/promise.ts';

const sources = RETRIEVER.find('How long may I return something?', 5).map(({ passage }) => passage);
/** In a language whose words the gate does not know, so that it takes these texts for what they are: no language. */
const OWN: Passage = { id: 'box#1', articleId: 'box', title: 'Box', section: '', useCase: 'returns', locale: 'ja', date: '2026-01-02', text: '箱' };
const open = () => openGate({ sources: [...sources, OWN], humanContact: 'Call our team on weekdays.', said: [] });
const words = fc.constantFrom('keep ', 'the ', 'box ', 'tape ', 'please. ', 'Open it! ', 'label\n', '語', 'ü ', '- item\n', 'an unusually long word ', '😀', 'why? ');
/** Parts in which no sentence ends. */
const endless = fc.constantFrom('keep ', 'the ', 'box, ', 'tape; ', 'and an unusually long word ', '語', '箱を開け', 'ü ', '😀', 'wordsrunon');
/** 200 to 2,000 characters, and the last part's, without any end. */
const runs = fc.tuple(fc.array(endless, { minLength: 1, maxLength: 12 }), fc.integer({ min: 200, max: 2_000 })).map(([parts, length]) => parts.join('').repeat(Math.ceil(length / parts.join('').length)));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });

function chunked(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  for (let at = 0, step = 0; at < text.length; step++) {
    const length = lengths[step % lengths.length] ?? 1;
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return chunks;
}

describe('P4: the gate holds back little, and nothing too early', () => {
  /** Most characters that were held back while a text went through the gate, which must let all of it pass. */
  function mostHeld(text: string, lengths: readonly number[]): number {
    const gate = open();
    let [given, shown, most] = [0, 0, 0];
    for (const chunk of chunked(text, lengths)) {
      given += chunk.length;
      shown += gate.push(chunk).length;
      most = Math.max(most, given - shown);
      expect(text.slice(shown, given), 'no sentence waits once the next one has begun').not.toMatch(/[.!?]\s+\S/);
    }
    shown += gate.end().length;
    expect(gate.closed).toBeUndefined();
    expect(shown).toBe(given);
    return most;
  }

  it.each([
    ['sentences', fc.array(words, { maxLength: 120 }).map((parts) => parts.join('')), 200, 20_000, 1],
    ['200 to 2,000 characters without an end', runs, 25, 1_500, 190],
  ] as const)('P4: of %s, holds back at most one sentence or 200 characters', (kind, texts, sample, whole, least) => {
    let most = 0;
    fc.assert(
      fc.property(texts, sizes, (text, lengths) => {
        const held = mostHeld(text, lengths);
        most = Math.max(most, held);
        expect(held).toBeLessThanOrEqual(200);
      }),
      sizedRuns(sample, whole),
    );
    expect(MAX_HELD_CHARACTERS).toBe(200);
    // Or the bound would not have been tried.
    expect(most).toBeGreaterThanOrEqual(least);
    figure('P4', `most characters held back of ${kind}: ${most}`);
  });

  it('P4: shows a sentence as soon as the next one begins', () => {
    const gate = open();
    expect(gate.push('You may return an item within 30 days. ')).toBe('');
    expect(gate.push('K')).toBe('You may return an item within 30 days. ');
  });

  it('P4: nothing of a sentence leaves before all of it passed', () => {
    const bad = fc.constantFrom('You will get 500 euros', 'Call 020 7946 0123 4567', 'Use AKIAIOSFODNN7EXAMPLE', 'We refund everything, guaranteed', 'It is 90 days');
    fc.assert(
      fc.property(fc.array(fc.constantFrom('keep ', 'the ', 'box '), { maxLength: 20 }), bad, sizes, (before, wrong, lengths) => {
        const gate = open();
        const sentence = `${before.join('')}${wrong}`;
        const shown = chunked(`Open the box first. ${sentence}. More follows here. `, lengths).map((chunk) => gate.push(chunk));
        expect(shown.join('') + gate.end()).toBe('Open the box first. ');
        expect(gate.closed).toBeDefined();
      }),
      sizedRuns(200, 20_000),
    );
  });

  it('P4: the sources of these tests are the invented ones', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(ARTICLES.map(({ id }) => id)).toEqual(expect.arrayContaining(sources.map(({ articleId }) => articleId)));
  });
});
