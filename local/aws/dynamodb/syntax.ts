import type { AttributeValue } from './attribute.ts';

/** A document path: names and list indexes from the top of the item. */
export interface Path {
  readonly kind: 'path';
  /** At least one; the first is a name. */
  readonly steps: readonly (string | number)[];
}

/** A placeholder's value. */
export interface Literal {
  readonly kind: 'value';
  readonly value: AttributeValue;
}

/** `size(path)`. */
export interface SizeOf {
  readonly kind: 'size';
  readonly of: Path;
}

/** What a condition compares. */
export type Operand = Path | Literal | SizeOf;

/** Comparison operators. */
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Functions that are conditions by themselves. */
export type ConditionFunction = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

/** A parsed condition. */
export type Condition =
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly options: readonly Operand[] }
  | { readonly kind: 'function'; readonly name: ConditionFunction; readonly args: readonly Operand[] }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition };

/** Right-hand side of a SET action. */
export type UpdateValue =
  | Path
  | Literal
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly fallback: UpdateValue }
  | { readonly kind: 'list_append'; readonly first: UpdateValue; readonly second: UpdateValue }
  | { readonly kind: '+' | '-'; readonly left: UpdateValue; readonly right: UpdateValue };

/** A parsed update, by section. */
export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: UpdateValue }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: AttributeValue }[];
  readonly delete: readonly { readonly path: Path; readonly value: AttributeValue }[];
}

/** A path as DynamoDB's messages write it: `[a, b, [0]]`. */
export const pathText = (path: Path): string =>
  `[${path.steps.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
