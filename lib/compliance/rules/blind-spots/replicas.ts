import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import type { Finding } from '../check.ts';

/** Judges each replica of a global table; a table whose replicas are not known, or that has none, is judged by one value that says so. */
export function eachReplica(estate: Estate, table: Resource, judge: (replica: Value, part: { readonly part: string }) => Finding): Finding[] {
  const replicas = valueAt(estate, table, 'Replicas');
  const items = itemsOf(replicas);
  return (items.length === 0 ? [replicas] : items).map((replica, index) => judge(replica, { part: `Replica ${textOf(memberOf(replica, 'Region')) ?? index + 1}` }));
}
