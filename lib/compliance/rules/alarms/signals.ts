import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown, itemsOf, memberOf, shown, type Value } from '../../template/value.ts';
import { manyAt, patternOf } from '../check.ts';
import { referencesIn } from '../references.ts';

/** Something that an alarm measures. */
export interface Signal {
  readonly namespace: string;
  readonly metric: string;
  /** Patterns of the metric filters that make the metric. Empty when none of the estate does. */
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
  return { namespace: patternOf(namespace), metric: patternOf(name), patterns: patternsOf(estate, namespace, name), of: itemsOf(memberOf(metric, 'Dimensions')).flatMap((dimension) => referencesIn(memberOf(dimension, 'Value'))), open: holdsUnknown(name) || namespace.kind === 'unknown' || metric.kind === 'unknown' };
}

/** Patterns of the metric filters that write a metric. */
function patternsOf(estate: Estate, namespace: Value, metric: Value): string[] {
  const same = (one: Value, other: Value): boolean => shown(one) === shown(other);
  return estate.resources.filter(({ type }) => type === 'AWS::Logs::MetricFilter').map((filter) => valueAt(estate, filter)).filter((filter) => manyAt(filter, 'MetricTransformations[]').some((made) => same(memberOf(made, 'MetricNamespace'), namespace) && same(memberOf(made, 'MetricName'), metric))).map((filter) => patternOf(memberOf(filter, 'FilterPattern')));
}
