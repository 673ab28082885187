import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown, itemsOf, memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { manyAt, patternOf } from '../check.ts';
import { referencesIn } from '../references.ts';

/** Something that an alarm measures. */
export interface Signal {
  readonly namespace: string;
  readonly metric: string;
  /** Patterns of what makes the metric: of metric filters, and of the EventBridge rule whose matches it counts. Empty when nothing of the estate does. */
  readonly patterns: readonly string[];
  /** Resources that its dimensions name. */
  readonly of: readonly Resource[];
  /** Whether its namespace or its name is not told. */
  readonly open: boolean;
}

/** What an alarm measures, expressions included. */
export function signalsOf(estate: Estate, alarm: Resource): Signal[] {
  const all = valueAt(estate, alarm);
  const metrics = memberOf(all, 'Metrics');
  const many = manyAt(all, 'Metrics[].MetricStat.Metric');
  const queries = manyAt(all, 'Metrics[].Expression').map((expression): Signal => ({ namespace: '', metric: patternOf(expression), patterns: [], of: [], open: expression.kind === 'unknown' }));
  if (metrics.kind === 'unknown') return [{ namespace: '', metric: '', patterns: [], of: [], open: true }];
  return [...(memberOf(all, 'MetricName').kind === 'absent' ? many : [all]).map((metric) => signal(estate, metric)), ...queries.filter(({ metric, open }) => open || /SELECT /i.test(metric))];
}

function signal(estate: Estate, metric: Value): Signal {
  const [namespace, name] = [memberOf(metric, 'Namespace'), memberOf(metric, 'MetricName')];
  const dimensions = itemsOf(memberOf(metric, 'Dimensions'));
  const of = dimensions.flatMap((dimension) => referencesIn(memberOf(dimension, 'Value')));
  const patterns = [...patternsOf(estate, namespace, name), ...(textOf(namespace) === 'AWS/Events' && MATCHES.has(textOf(name) ?? '') ? rulesOf(estate, dimensions, of).map((rule) => wordsOf(valueAt(estate, rule, 'EventPattern')).join(' ')) : [])];
  return { namespace: patternOf(namespace), metric: patternOf(name), patterns, of, open: holdsUnknown(name) || namespace.kind === 'unknown' || metric.kind === 'unknown' };
}

/** Patterns of the metric filters that write a metric. */
function patternsOf(estate: Estate, namespace: Value, metric: Value): string[] {
  const same = (one: Value, other: Value): boolean => shown(one) === shown(other);
  return estate.resources.filter(({ type }) => type === 'AWS::Logs::MetricFilter').map((filter) => valueAt(estate, filter)).filter((filter) => manyAt(filter, 'MetricTransformations[]').some((made) => same(memberOf(made, 'MetricNamespace'), namespace) && same(memberOf(made, 'MetricName'), metric))).map((filter) => patternOf(memberOf(filter, 'FilterPattern')));
}

/** Metrics of EventBridge that count what a rule matched. */
const MATCHES: ReadonlySet<string> = new Set(['TriggeredRules', 'MatchedEvents', 'Invocations', 'InvocationAttempts', 'SuccessfulInvocationAttempts']);

/** Rules that dimensions name, by reference or by name, and that are on. */
function rulesOf(estate: Estate, dimensions: readonly Value[], referred: readonly Resource[]): Resource[] {
  const names = new Set(dimensions.filter((dimension) => textOf(memberOf(dimension, 'Name')) === 'RuleName').flatMap((dimension) => textOf(memberOf(dimension, 'Value')) ?? []));
  return estate.resources.filter((resource) => resource.type === 'AWS::Events::Rule' && textOf(valueAt(estate, resource, 'State')) !== 'DISABLED' && (referred.includes(resource) || names.has(textOf(valueAt(estate, resource, 'Name')) ?? '')));
}

/** The words of an event pattern: what it wants to find. Fields that it only names are left out. */
function wordsOf(pattern: Value): string[] {
  if (pattern.kind === 'list') return pattern.items.flatMap(wordsOf);
  if (pattern.kind === 'map') return Object.entries(pattern.members).flatMap(([name, member]) => (name === 'anything-but' ? [] : wordsOf(member)));
  return [patternOf(pattern)];
}
