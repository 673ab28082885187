import { hasHole } from './hole.ts';
import { matches, matchesArn } from './match.ts';
import type { Conditions } from './statement.ts';
import { every, not, some, type Truth } from './truth.ts';

/**
 * What is known of a request, by condition key (which has no case): its values; `null` for a key that it certainly does not have. What
 * is not in here is unknown.
 */
export type Context = Readonly<Record<string, readonly string[] | null>>;

type Compare = (wanted: string, given: string) => Truth;

const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: (wanted, given) => equal(wanted.toLowerCase(), given.toLowerCase()),
  StringLike: matches,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, given) => equal(wanted.toLowerCase(), given.toLowerCase()),
  NumericEquals: number((wanted, given) => wanted === given),
  NumericLessThan: number((wanted, given) => given < wanted),
  NumericLessThanEquals: number((wanted, given) => given <= wanted),
  NumericGreaterThan: number((wanted, given) => given > wanted),
  NumericGreaterThanEquals: number((wanted, given) => given >= wanted),
};

function equal(wanted: string, given: string): Truth {
  if (!hasHole(wanted) && !hasHole(given)) return wanted === given;
  // Stars are characters here: what could fit as a pattern decides only whether it could be equal.
  return matches(wanted.replace(/[*?]/g, '.'), given.replace(/[*?]/g, '.'));
}

function number(compare: (wanted: number, given: number) => boolean): Compare {
  return (wanted, given) => (hasHole(wanted) || hasHole(given) ? 'unknown' : compare(Number(wanted), Number(given)));
}

/** Negated operators, which hold when no value fits, and for a key that is not there. */
const NEGATED: Readonly<Record<string, string>> = { StringNotEquals: 'StringEquals', StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase', StringNotLike: 'StringLike', ArnNotEquals: 'ArnEquals', ArnNotLike: 'ArnLike', NumericNotEquals: 'NumericEquals' };

/** Whether all conditions of a statement hold for a request. Unknown: the request says nothing of a key, the operator is not known here, or a value is not. */
export function conditionsHold(conditions: Conditions, context: Context): Truth {
  const known = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  return every(Object.entries(conditions).flatMap(([operator, keys]) => Object.entries(keys).map(([key, wanted]) => holds(operator, wanted, known.get(key.toLowerCase())))));
}

function holds(written: string, wanted: readonly string[], given: readonly string[] | null | undefined): Truth {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  if (given === undefined) return 'unknown';
  if (name === 'Null') return wanted.some(hasHole) ? 'unknown' : wanted.some((value) => (value.toLowerCase() === 'true') === (given === null));
  const positive = NEGATED[name] ?? name;
  const compare = OPERATORS[positive];
  if (compare === undefined) return 'unknown';
  const negated = positive !== name;
  if (given === null) return ifExists !== undefined || set === 'ForAllValues' || (negated && set === undefined);
  const one = (value: string): Truth => (negated ? not : same)(some(wanted.map((each) => compare(each, value))));
  if (set === 'ForAllValues') return every(given.map(one));
  // A negated operator on a key of several values holds when none of them fits.
  return (negated && set === undefined ? every : some)(given.map(one));
}

const same = (truth: Truth): Truth => truth;
