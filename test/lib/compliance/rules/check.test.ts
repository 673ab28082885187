import { describe, expect, it } from 'vitest';
import { check, isSet, isTrue, leavesOf, literal, manyAt, patternOf, reasonsOf } from '../../../../lib/compliance/rules/check.ts';
import { ABSENT, type Value } from '../../../../lib/compliance/template/value.ts';

const text = (value: string | boolean | number): Value => ({ kind: 'literal', value });
const map = (members: Record<string, Value>): Value => ({ kind: 'map', members });
const list = (...items: Value[]): Value => ({ kind: 'list', items });
const UNKNOWN: Value = { kind: 'unknown', why: 'Ref "AParameter"' };
const REGION: Value = { kind: 'pseudo', name: 'AWS::Region' };

describe('a check of a value', () => {
  it('says what stands there and what should', () => {
    expect(check('Enabled', text('true'), 'true', isTrue)).toEqual({ verdict: 'PASS', property: 'Enabled', actual: 'true', expected: 'true' });
    expect(check('Enabled', ABSENT, 'true', isTrue, { part: 'One' })).toEqual({ verdict: 'FAIL', property: 'Enabled', actual: 'absent', expected: 'true', part: 'One' });
  });

  it('never asks what is not known, and names it', () => {
    expect(check('Enabled', UNKNOWN, 'true', () => true, { note: 'More.' })).toMatchObject({ verdict: 'UNKNOWN', note: 'More. Not told by the template: Ref "AParameter".' });
    expect(check('Name', { kind: 'text', parts: [text('a-'), UNKNOWN] }, 'a', literal((found) => found === 'a'))).toMatchObject({ verdict: 'UNKNOWN', note: 'Not told by the template: Ref "AParameter".' });
  });
});

describe('what is set', () => {
  it('is neither absent nor empty', () => {
    expect([ABSENT, text(''), list(), UNKNOWN, text(0), map({}), list(UNKNOWN), list(UNKNOWN, text('a'))].map(isSet)).toEqual([false, false, false, undefined, true, true, undefined, true]);
  });
});

describe('values inside a value', () => {
  const rules = map({ Rules: list(map({ To: map({ Name: text('a') }) }), map({}), UNKNOWN) });

  it('are found by a path through lists, with what is not known on the way', () => {
    expect(manyAt(rules, 'Rules[].To.Name')).toEqual([text('a'), UNKNOWN]);
    expect(manyAt(rules, 'Other[].Name')).toEqual([]);
  });

  it('are listed with their paths', () => {
    expect(leavesOf(rules).map(({ path }) => path)).toEqual(['Rules[0].To.Name', 'Rules[2]']);
  });

  it('are written so that an ARN keeps its parts', () => {
    expect(patternOf({ kind: 'text', parts: [text('arn:aws:s3:'), REGION, text(':'), UNKNOWN] })).toBe('arn:aws:s3:<AWS.Region>:<unknown>');
  });

  it('are named once when they are not known', () => {
    expect(reasonsOf(list(UNKNOWN, UNKNOWN, { kind: 'text', parts: [UNKNOWN] }))).toBe('Ref "AParameter"');
    expect(reasonsOf(REGION)).toBe('<AWS::Region>');
  });
});
