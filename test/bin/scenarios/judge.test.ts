import { describe, expect, it } from 'vitest';
import { judge } from '../../../bin/scenarios/judge.ts';
import type { Reply } from '../../../lambda/contracts/api.ts';

const reply = (change: Partial<Reply> = {}): Reply => ({ kind: 'answer', text: 'You have 30 days to return it.', sources: [{ id: 'returns', title: 'Returns', date: '2026-01-01' }], ...change });

describe('a reply', () => {
  it('that is as expected has no reason against it', () => {
    expect(judge(reply(), { kind: 'answer', sources: ['other', 'returns'], contains: ['30 DAYS'], notContains: ['refund'] })).toEqual([]);
  });

  it('of another kind says which', () => {
    expect(judge(reply({ kind: 'fallback' }), { kind: 'answer' })).toEqual(['kind is fallback, expected answer', 'it said: You have 30 days to return it.']);
  });

  it('that cites something else, or nothing, says what', () => {
    expect(judge(reply(), { kind: 'answer', sources: ['a', 'b'] })[0]).toBe('cites returns, expected one of a, b');
    expect(judge(reply({ sources: [] }), { kind: 'answer', sources: ['a'] })[0]).toBe('cites nothing, expected one of a');
  });

  it('that lacks a text, or has one that it must not have, says so whatever the case', () => {
    expect(judge(reply(), { kind: 'answer', contains: ['30 days', 'free'], notContains: ['RETURN'] })).toEqual(['does not say "free"', 'says "RETURN"', 'it said: You have 30 days to return it.']);
  });

  it('gives every reason at once, and a long text shortened', () => {
    const reasons = judge(reply({ kind: 'refusal', text: 'x'.repeat(300), sources: [] }), { kind: 'answer', sources: ['a'], contains: ['y'] });
    expect(reasons).toHaveLength(4);
    expect(reasons.at(-1)).toBe(`it said: ${'x'.repeat(200)}…`);
  });
});
