import { compilePattern } from '../aws/index.ts';
import { arrayOf, isObject, objectOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/**
 * Compiles an event source mapping's `FilterCriteria`: an event passes when one of the patterns matches.
 * @throws Error for a pattern that is no JSON or that AWS would refuse
 */
export function compileFilter(criteria: unknown): (event: JsonObject) => boolean {
  const filters = arrayOf(objectOf(criteria)['Filters']).map(objectOf);
  const matchers = filters.map((filter) => {
    const pattern: unknown = JSON.parse(textOf(filter['Pattern']) ?? '{}');
    return compilePattern(objectOf(pattern));
  });
  return (event) => matchers.length === 0 || matchers.some((matches) => matches(event));
}

/** The indexes of the events that a function reports as failed; undefined when its answer makes the whole batch fail. */
export function reportedFailures(payload: string, identifiers: readonly string[]): readonly number[] | undefined {
  const answer: unknown = payload === '' ? null : JSON.parse(payload);
  // Nothing, or an empty list, is success.
  if (!isObject(answer) || answer['batchItemFailures'] === undefined || answer['batchItemFailures'] === null) return [];
  const indexes = arrayOf(answer['batchItemFailures']).map((failure) => identifiers.indexOf(textOf(objectOf(failure)['itemIdentifier']) ?? ''));
  return indexes.includes(-1) ? undefined : indexes;
}
