import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lambda/domain/answer/decide.ts';
import { RETRIEVER, SETTINGS } from '../../../support/fakes/turn.ts';

const ask = (text: string, over: Partial<typeof SETTINGS> = {}) => decide(RETRIEVER, { text, locale: 'en', history: [] }, { ...SETTINGS, ...over });
const QUESTIONS = ['How long may I return something?', 'When does my parcel arrive?', 'How do I feed a hamster?', 'May I return sale items, and how do I feed a hamster?', 'parcel', 'return hamster parcel'];

describe('the use-case matrix bounds what a model may say', () => {
  it.each(QUESTIONS)('by the passages that it is shown: %s', (text) => {
    for (const useCases of [['returns'], ['delivery'], ['returns', 'delivery'], []]) {
      const { passages } = ask(text, { useCases });
      expect(passages.filter(({ passage, score }) => !useCases.includes(passage.useCase) || score < SETTINGS.scopeThreshold)).toEqual([]);
    }
  });

  it('shows it nothing of a use case that is not offered, and keeps the score', () => {
    const decided = ask('How do I feed a hamster?');
    expect(decided).toMatchObject({ rule: 'use-case-not-offered', useCase: 'none', passages: [], reply: { kind: 'fallback' } });
    expect(decided.score).toBeGreaterThanOrEqual(SETTINGS.scopeThreshold);
  });

  it('shows it nothing below the threshold, and keeps the score', () => {
    const decided = ask('May I feed the parcel?', { scopeThreshold: 0.99 });
    expect(decided).toMatchObject({ rule: 'below-scope-threshold', passages: [] });
    expect(decided.score).toBeGreaterThan(0);
  });
});
