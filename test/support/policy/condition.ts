import type { Conditions } from './statement.ts';
import { fits, fitsArn } from './wildcard.ts';

/** True, false, or unknown: the request says nothing of a key, or the operator is not known here. */
export type Truth = boolean | 'unknown';

/**
 * What is known of a request, by condition key (which has no case): its values; `null` for a key that it certainly does not have. What
 * is not in here is unknown.
 */
export type Context = Readonly<Record<string, readonly string[] | null>>;

type Compare = (wanted: string, given: string) => boolean;

const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringEqualsIgnoreCase: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  StringLike: fits,
  ArnEquals: fitsArn,
  ArnLike: fitsArn,
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  NumericEquals: (wanted, given) => Number(wanted) === Number(given),
  NumericLessThan: (wanted, given) => Number(given) < Number(wanted),
  NumericLessThanEquals: (wanted, given) => Number(given) <= Number(wanted),
  NumericGreaterThan: (wanted, given) => Number(given) > Number(wanted),
  NumericGreaterThanEquals: (wanted, given) => Number(given) >= Number(wanted),
};
/** Negated operators, which hold when no value fits, and for a key that is not there. */
const NEGATED: Readonly<Record<string, string>> = { StringNotEquals: 'StringEquals', StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase', StringNotLike: 'StringLike', ArnNotEquals: 'ArnEquals', ArnNotLike: 'ArnLike', NumericNotEquals: 'NumericEquals' };

/** Whether all conditions of a statement hold for a request. */
export function conditionsHold(conditions: Conditions, context: Context): Truth {
  const known = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]));
  return every(Object.entries(conditions).flatMap(([operator, keys]) => Object.entries(keys).map(([key, wanted]) => holds(operator, wanted, known.get(key.toLowerCase())))));
}

/** False before unknown before true. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

function holds(written: string, wanted: readonly string[], given: readonly string[] | null | undefined): Truth {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  if (given === undefined) return 'unknown';
  if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (given === null));
  const positive = NEGATED[name] ?? name;
  const compare = OPERATORS[positive];
  if (compare === undefined) return 'unknown';
  const negated = positive !== name;
  if (given === null) return ifExists !== undefined || set === 'ForAllValues' || (negated && set === undefined);
  const one = (value: string): boolean => wanted.some((each) => compare(each, value)) !== negated;
  if (set === 'ForAllValues') return given.every(one);
  // A negated operator on a key of several values holds when none of them fits.
  return negated && set === undefined ? given.every(one) : given.some(one);
}
