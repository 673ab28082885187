import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeValue, Item } from '../../../../local/aws/dynamodb/attribute.ts';
import { parseItem } from '../../../../local/aws/dynamodb/attribute.ts';
import { equalItems } from '../../../../local/aws/dynamodb/compare.ts';
import { holds } from '../../../../local/aws/dynamodb/condition.ts';
import { parseCondition } from '../../../../local/aws/dynamodb/condition-parser.ts';
import { parseProjection, project } from '../../../../local/aws/dynamodb/projection.ts';
import { Scope } from '../../../../local/aws/dynamodb/scope.ts';
import { parseUpdate } from '../../../../local/aws/dynamodb/update-parser.ts';
import { applyUpdate } from '../../../../local/aws/dynamodb/update.ts';

/** A condition as a tree of our own, with what it means for numbers a to d; the naive model. */
interface Tree {
  readonly text: string;
  readonly holds: (row: ReadonlyMap<string, number>) => boolean;
}
const NAMES = ['a', 'b', 'c', 'd'] as const;
const OPERATORS: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  '=': (x, y) => x === y,
  '<>': (x, y) => x !== y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
};

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...Object.keys(OPERATORS)), fc.integer({ min: 0, max: 3 })).map(([name, operator, value]) => ({
    text: `${name} ${operator} :v${value}`,
    holds: (row: ReadonlyMap<string, number>) => {
      const found = row.get(name);
      return found === undefined ? operator === '<>' : (OPERATORS[operator]?.(found, value) ?? false);
    },
  })),
  fc.constantFrom(...NAMES).map((name) => ({ text: `attribute_exists(${name})`, holds: (row: ReadonlyMap<string, number>) => row.has(name) })),
  fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 1 })).map(([name, low]) => ({
    text: `${name} BETWEEN :v${low} AND :v${low + 1}`,
    holds: (row: ReadonlyMap<string, number>) => (row.get(name) ?? -1) >= low && (row.get(name) ?? 9) <= low + 1,
  })),
  fc.constantFrom(...NAMES).map((name) => ({ text: `${name} IN (:v0, :v3)`, holds: (row: ReadonlyMap<string, number>) => [0, 3].includes(row.get(name) ?? -1) })),
);
/** Text with the fewest parentheses that precedence needs: OR in AND, and anything compound in NOT. */
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => ({ text: `${wrapped(x, / OR /)} AND ${wrapped(y, / OR /)}`, holds: (row: ReadonlyMap<string, number>) => x.holds(row) && y.holds(row) })),
    fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => ({ text: `${x.text} OR ${y.text}`, holds: (row: ReadonlyMap<string, number>) => x.holds(row) || y.holds(row) })),
    tie('tree').map((x) => ({ text: `NOT ${wrapped(x, / AND | OR /)}`, holds: (row: ReadonlyMap<string, number>) => !x.holds(row) })),
  ),
}));
function wrapped(inner: Tree, compound: RegExp): string {
  return compound.test(inner.text.replaceAll(/BETWEEN :v\d AND/g, '')) ? `(${inner.text})` : inner.text;
}

const rows = fc.dictionary(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 3 }));
const scope = (values: Record<string, AttributeValue>, names: Record<string, string> = {}): Scope =>
  Scope.of({ X: 'x', ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }), ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }) }, ['X']);
const numbers = Object.fromEntries([0, 1, 2, 3].map((n) => [`:v${n}`, { N: String(n) }]));

describe('conditions', () => {
  it('mean what a naive model says, whatever their nesting', () => {
    fc.assert(
      fc.property(tree.filter(({ text }) => text.length < 3000), rows, ({ text, holds: expected }, row) => {
        const item = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, { N: String(value) }]));
        expect(holds(parseCondition('ConditionExpression', text, scope(numbers)), item)).toBe(expected(new Map(Object.entries(row))));
      }),
      { numRuns: 500 },
    );
  });

  it('refuse redundant parentheses, self-comparison, wrong arity and unknown functions', () => {
    const refused: readonly (readonly [string, RegExp])[] = [
      ['((a = :v0))', /redundant parentheses/],
      ['a = a', /first operand must be distinct/],
      ['attribute_exists(a, b)', /Incorrect number of operands/],
      ['attribute_exists(:v0)', /requires a document path/],
      ['exists(a)', /Invalid function name; function: exists/],
      ['size(a)', /Syntax error/],
      ['a = contains(b, :v0)', /not allowed to be used this way/],
      ['begins_with(a, :v0)', /Incorrect operand type.*begins_with, operand type: N/],
      ['a BETWEEN :v3 AND :v0', /upper bound to be greater/],
      ['a = :v0 AND', /Syntax error; token: "<EOF>"/],
      ['a ! :v0', /Syntax error; token: "!"/],
      [' ', /can not be empty/],
      [`a = :v0${' AND a = :v0'.repeat(500)}`, /exceeded the maximum allowed size/],
    ];
    for (const [text, message] of refused) expect(() => parseCondition('ConditionExpression', text, scope(numbers)), text).toThrow(message);
  });

  it('never fail in another way than ValidationException', () => {
    const words = fc.constantFrom('a', '#n', ':v0', 'AND', 'OR', 'NOT', 'IN', 'BETWEEN', '(', ')', '=', '<>', ',', '.', '[', ']', '0', 'size', 'contains', 'SET', '+', '🙂');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (tokens) => {
        for (const parse of [() => parseCondition('C', tokens.join(' '), scope(numbers, { '#n': 'n' })), () => parseUpdate(tokens.join(' '), scope(numbers, { '#n': 'n' }))]) {
          try {
            parse();
          } catch (error) {
            expect(error).toMatchObject({ code: 'ValidationException' });
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

const values: fc.Arbitrary<AttributeValue> = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string().map((S) => ({ S })),
    fc.integer().map((n) => ({ N: String(n) })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
})).value;
const items: fc.Arbitrary<Item> = fc.dictionary(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('__proto__', 'constructor', 'toString')), values, { maxKeys: 5 });
const plain = (item: Item): unknown => JSON.parse(JSON.stringify(item));

describe('updates', () => {
  it('of top-level attributes do what assignment and deletion do, and leave the old item alone', () => {
    fc.assert(
      fc.property(items, fc.string({ minLength: 1 }), values, (raw, name, value) => {
        const item = parseItem(raw);
        const before = JSON.stringify(item);
        const names = { '#n': name };
        const set = applyUpdate(parseUpdate('SET #n = :v', scope({ ':v': value }, names)), item);
        const expected = new Map(Object.entries(item)).set(name, parseItem({ v: value })['v'] as AttributeValue);
        expect(equalItems(set, Object.fromEntries(expected))).toBe(true);
        expected.delete(name);
        const removed = applyUpdate(parseUpdate('REMOVE #n', scope({}, names)), set);
        expect(equalItems(removed, Object.fromEntries(expected))).toBe(true);
        expect(JSON.stringify(item)).toBe(before);
      }),
    );
  });

  it('remove any choice of list elements by their old indexes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 8 }), fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (list, indexes) => {
        const item: Item = { l: { L: list.map((n) => ({ N: String(n) })) } };
        const text = `REMOVE ${indexes.map((i) => `l[${i}]`).join(', x, ').replace(/(, x)(?=.*, x)/g, '')}`;
        const left = applyUpdate(parseUpdate(text, scope({})), item);
        expect(plain(left)).toEqual({ l: { L: list.filter((_n, i) => !indexes.includes(i)).map((n) => ({ N: String(n) })) } });
      }),
    );
  });

  it('handle attributes named __proto__ as data', () => {
    const item = parseItem(JSON.parse('{"__proto__":{"M":{"a":{"N":"1"}}}}'));
    const set = applyUpdate(parseUpdate('SET #p.a = :v', scope({ ':v': { N: '2' } }, { '#p': '__proto__' })), item);
    expect(JSON.stringify(set)).toBe('{"__proto__":{"M":{"a":{"N":"2"}}}}');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('projections', () => {
  it('keep exactly the chosen top-level attributes', () => {
    fc.assert(
      fc.property(items, fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (raw, chosen) => {
        const item = parseItem(raw);
        const names = Object.fromEntries(chosen.map((name, i) => [`#n${i}`, name]));
        const projection = parseProjection(Object.keys(names).join(', '), scope({}, names));
        expect(equalItems(project(projection, item), Object.fromEntries(Object.entries(item).filter(([name]) => chosen.includes(name))))).toBe(true);
      }),
    );
  });
});
