import { describe, expect, it } from 'vitest';
import { openPassageChoice } from '../../../../lambda/domain/knowledge/passage-choice.ts';
import type { Passage } from '../../../../lambda/domain/knowledge/types.ts';

const passage = (id: string, text: string, section = ''): Passage => ({ id, articleId: 'a', title: 'A', section, useCase: 'u', locale: 'en', date: '2026-01-02', text });
const match = (points: Record<string, number>) => ({ credit: 1, points: 0, passages: new Map(Object.entries(points)) });
const ONE = passage('a#1', 'A label costs money for parcels.');
const TWO = passage('a#2', 'A fee is charged; what it costs! Labels differ.');

describe('the choice of a passage', () => {
  const rank = openPassageChoice();

  it('goes by the terms that tell passages apart', () => {
    const ranked = rank([ONE, TWO], ['common', 'rare'], [match({ 'a#1': 9, 'a#2': 5 }), match({ 'a#2': 1 })]);
    expect(ranked.map(({ passage: { id } }) => id)).toEqual(['a#2', 'a#1']);
    expect(ranked[0]?.share).toBe(1);
    expect(ranked[1]?.share).toBeLessThan(0.5);
  });

  it('goes by terms side by side, in either order', () => {
    const both = [match({ 'a#1': 1, 'a#2': 1 }), match({ 'a#1': 1, 'a#2': 1 })];
    expect(rank([ONE, TWO], ['label', 'cost'], both)[0]?.passage.id).toBe('a#1');
    expect(rank([TWO, ONE], ['cost', 'label'], both)[0]?.passage.id).toBe('a#1');
  });

  it('keeps the order of the article where nothing tells them apart, leaves out what has nothing, and always has one', () => {
    expect(rank([ONE, TWO], ['x'], [match({ 'a#1': 1, 'a#2': 1 })]).map(({ passage: { id } }) => id)).toEqual(['a#1', 'a#2']);
    expect(rank([ONE, TWO], ['x'], [match({ 'a#2': 1 })]).map(({ passage: { id } }) => id)).toEqual(['a#2']);
    expect(rank([ONE, TWO], ['x'], [match({})])).toEqual([{ passage: ONE, share: 1 }]);
    expect(rank([], ['x'], [])).toEqual([]);
  });
});
