import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import type { Rule } from '../../../../lib/compliance/rules/rule.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { VERDICTS } from '../../../../lib/compliance/verdict.ts';
import { judge } from './judge.ts';

/** One estate and what a rule has to say of it. */
export interface Case {
  readonly name: string;
  readonly resources: Record<string, Json>;
  readonly parameters?: Partial<Parameters>;
  /** `<logical id or "estate">[ <part>] <verdict>`, in the rule's order. */
  readonly gives: readonly string[];
  /** Words that the notes, actual and expected values of the case hold. */
  readonly says?: readonly string[];
}

/** A parameter of the template: what is known at deployment alone. */
export const UNRESOLVED: Json = { Ref: 'AParameter' };

/** Holds a rule to cases, to what has nothing for it, and to shapes that no rule may break on. */
export function holds(rule: Rule, cases: readonly Case[], { nothing = ['estate NOT_APPLICABLE'] }: { readonly nothing?: readonly string[] } = {}): void {
  const told = ({ resources, parameters }: Case): string[] => judge(rule, resources, parameters).map(({ resource, part, verdict }) => [resource?.logicalId ?? 'estate', part, verdict].filter(Boolean).join(' '));
  describe(`${rule.id}: ${rule.title}`, () => {
    it.each(cases)('$name', (one) => {
      expect(told(one)).toEqual(one.gives);
      const words = JSON.stringify(judge(rule, one.resources, one.parameters).map(({ note, actual, expected }) => [note, actual, expected]));
      for (const word of one.says ?? []) expect(words).toContain(word);
    });

    it('says so where nothing is to be judged', () => {
      const found = told({ name: '', resources: { Other: { Type: 'AWS::SSM::Document', Properties: {} } }, gives: [] });
      expect(found).toEqual(nothing);
    });

    it('never throws, whatever the shape', () => {
      const shapes: Json[] = [null, 3, 'text', [], ['text', null, [1]], {}, { Ref: 'AWS::NoValue' }, { 'Fn::If': ['Some', 1, 2] }, { Statement: 'all' }];
      const names = new Set([...JSON.stringify(cases).matchAll(/"(\w+)":/g)].map(([, name]) => name ?? ''));
      for (const Type of rule.looksAt) {
        expect(() => judge(rule, { One: { Type }, Two: { Type, Properties: 'none' } })).not.toThrow();
        for (const shape of shapes) {
          const found = judge(rule, { One: { Type, Properties: Object.fromEntries([...names].map((name) => [name, shape])) } });
          expect(found.every(({ verdict }) => VERDICTS.includes(verdict))).toBe(true);
        }
      }
    });
  });
}
