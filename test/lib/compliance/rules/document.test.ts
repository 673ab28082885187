import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../../lib/compliance/rules/document.ts';
import { memberOf, shown, type Value } from '../../../../lib/compliance/template/value.ts';

const literal = (value: string): Value => ({ kind: 'literal', value });

describe('a document that a template holds as text', () => {
  it('is read', () => expect(shown(documentOf(literal('{"A":[1,true,null,"b"]}')))).toBe('{A: [1, true, absent, b]}'));
  it('keeps what its text refers to', () => {
    const part: Value = { kind: 'pseudo', name: 'AWS::AccountId' };
    const read = documentOf({ kind: 'text', parts: [literal('{"A":"x-'), part, literal('","B":"'), part, literal('"}')] });
    expect(memberOf(read, 'A')).toEqual({ kind: 'text', parts: [literal('x-'), part] });
    expect(memberOf(read, 'B')).toBe(part);
  });
  it('is not known when it is no JSON', () => expect(documentOf(literal('{"A":')).kind).toBe('unknown'));
  it('ends where it is nested too deeply', () => expect(shown(documentOf(literal('['.repeat(40_000) + ']'.repeat(40_000))))).toContain('['));
  it('is left alone where it is no text', () => expect(documentOf({ kind: 'absent' })).toEqual({ kind: 'absent' }));
});
