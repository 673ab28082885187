import type { Estate, Resource } from '../template/types.ts';
import { numberOf, textOf, type Value } from '../template/value.ts';
import { check, type Finding } from './check.ts';
import type { Parameters } from './parameters.ts';
import { storeTag } from './stores.ts';

/** How a service counts how long it keeps something. */
export interface Lifetime {
  /** Days in one unit of the property, e.g. 1/24 for hours. @default 1 */
  readonly unit?: number;
  /** What the service does when nothing is set: days that it keeps, `forever`, or `undocumented`, which cannot be told. */
  readonly otherwise: number | 'forever' | 'undocumented';
  /** Value that stands for "never deleted". @default - there is none */
  readonly never?: number;
}

/** Longest that what a resource holds may be kept, days: audit trails have a limit of their own. What may be one or the other is held to the shorter. */
export function retentionLimit(estate: Estate, resource: Resource, { maxRetentionDays, maxAuditRetentionDays = maxRetentionDays, auditClass, tags }: Parameters): number {
  const found = storeTag(estate, resource, tags.dataClass);
  if (textOf(found) === auditClass) return maxAuditRetentionDays;
  return found.kind === 'absent' || found.kind === 'literal' ? maxRetentionDays : Math.min(maxRetentionDays, maxAuditRetentionDays);
}

/** Judges a lifetime: it passes when it ends, and not after the limit (days). What the service does by itself counts where nothing is set. */
export function withinPolicy(property: string, value: Value, { unit = 1, otherwise, never }: Lifetime, limit: number, more: Pick<Finding, 'note' | 'part'> = {}): Finding {
  const finding = check(property, value, `at most ${inWords(limit)}`, (known) => {
    const days = daysOf(known);
    if (days !== undefined) return days <= limit;
    // A number was wanted: what is of another kind is wrong, what is made of parts cannot be told.
    return known.kind === 'literal' || known.kind === 'list' || known.kind === 'map' ? false : undefined;
  }, more);
  const days = value.kind === 'unknown' ? undefined : daysOf(value);
  if (days === undefined) return finding;
  const kept = days === Number.POSITIVE_INFINITY ? 'kept for ever' : inWords(days);
  return { ...finding, actual: value.kind === 'absent' ? `absent: ${kept}` : unit === 1 && never === undefined ? kept : `${finding.actual ?? ''} (${kept})` };

  function daysOf(known: Value): number | undefined {
    if (known.kind === 'absent') return typeof otherwise === 'number' ? otherwise : otherwise === 'forever' ? Number.POSITIVE_INFINITY : undefined;
    const number = numberOf(known);
    return number === undefined ? undefined : number === never ? Number.POSITIVE_INFINITY : number * unit;
  }
}

/** Days as a reviewer reads them: in minutes or hours below one day. */
function inWords(days: number): string {
  const counted = (number: number, unit: string): string => `${Math.round(number * 100) / 100} ${unit}${number === 1 ? '' : 's'}`;
  if (days === 0 || days >= 1) return counted(days, 'day');
  return days * 24 >= 1 ? counted(days * 24, 'hour') : counted(days * 1440, 'minute');
}
