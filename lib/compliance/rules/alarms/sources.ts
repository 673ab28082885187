import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { manyAt, patternOf } from '../check.ts';
import { referencesIn } from '../references.ts';

/** What makes a metric: a metric filter, or a rule of EventBridge whose matches it counts. */
export interface Source {
  readonly resource: Resource;
  /** What it looks for, as text. Fields that a rule only names are left out. */
  readonly pattern: string;
  /** Events of CloudTrail that it asks for by name; empty when it asks for any. */
  readonly events: readonly string[];
  /** Whether it sees what CloudTrail records: as a rule on the bus, or as a filter over the log group of a trail. */
  readonly trail: boolean;
}

/** Metric filters that write a metric. */
export function filtersOf(estate: Estate, namespace: Value, metric: Value): Source[] {
  const same = (one: Value, other: Value): boolean => shown(one) === shown(other);
  return estate.resources.filter(({ type }) => type === 'AWS::Logs::MetricFilter').flatMap((resource) => {
    const all = valueAt(estate, resource);
    if (!manyAt(all, 'MetricTransformations[]').some((made) => same(memberOf(made, 'MetricNamespace'), namespace) && same(memberOf(made, 'MetricName'), metric))) return [];
    const pattern = patternOf(memberOf(all, 'FilterPattern'));
    const events = [...pattern.matchAll(/\$\.eventName\s*=\s*"?([\w*]+)/g)].map(([, name = '']) => name);
    return [{ resource, pattern, events, trail: trailsInto(estate, resource).length > 0 || /\$\.(eventName|eventSource|userIdentity|errorCode)\b/.test(pattern) }];
  });
}

/** Trails that write to the log group of a metric filter. */
export function trailsInto(estate: Estate, filter: Resource): Resource[] {
  const group = valueAt(estate, filter, 'LogGroupName');
  const [[own], name] = [referencesIn(group), textOf(group)];
  return estate.resources.filter(({ type }) => type === 'AWS::CloudTrail::Trail').filter((trail) => {
    const to = valueAt(estate, trail, 'CloudWatchLogsLogGroupArn');
    return own === undefined ? name !== undefined && patternOf(to).includes(`:log-group:${name}:`) : referencesIn(to).includes(own);
  });
}

/** Rules that dimensions name, by reference or by name, and that are on. */
export function rulesOf(estate: Estate, dimensions: readonly Value[], referred: readonly Resource[]): Source[] {
  const names = new Set(dimensions.filter((dimension) => textOf(memberOf(dimension, 'Name')) === 'RuleName').flatMap((dimension) => textOf(memberOf(dimension, 'Value')) ?? []));
  const rules = estate.resources.filter((resource) => resource.type === 'AWS::Events::Rule' && textOf(valueAt(estate, resource, 'State')) !== 'DISABLED' && (referred.includes(resource) || names.has(textOf(valueAt(estate, resource, 'Name')) ?? '')));
  return rules.map((resource) => {
    const pattern = valueAt(estate, resource, 'EventPattern');
    const detail = memberOf(pattern, 'detail');
    const trail = /via CloudTrail/i.test(wordsOf(memberOf(pattern, 'detail-type')).join(' ')) || ['eventName', 'eventSource'].some((name) => memberOf(detail, name).kind !== 'absent');
    return { resource, pattern: wordsOf(pattern).join(' '), events: itemsOf(memberOf(detail, 'eventName')).flatMap(wordsOf), trail };
  });
}

/** The words of an event pattern: what it wants to find. */
function wordsOf(pattern: Value): string[] {
  if (pattern.kind === 'list') return pattern.items.flatMap(wordsOf);
  if (pattern.kind === 'map') return Object.entries(pattern.members).flatMap(([name, member]) => (name === 'anything-but' ? [] : wordsOf(member)));
  return pattern.kind === 'absent' ? [] : [patternOf(pattern)];
}
