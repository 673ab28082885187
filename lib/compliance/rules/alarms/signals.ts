import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown, itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { manyAt, patternOf } from '../check.ts';
import { referencesIn } from '../references.ts';
import { filtersOf, rulesOf, type Source } from './sources.ts';

/** Something that an alarm measures. */
export interface Signal {
  readonly namespace: string;
  readonly metric: string;
  /** What makes the metric. Empty when nothing of the estate does. */
  readonly sources: readonly Source[];
  /** Whether its namespace or its name is not told. */
  readonly open: boolean;
}

/** What an alarm measures, expressions included. */
export function signalsOf(estate: Estate, alarm: Resource): Signal[] {
  const all = valueAt(estate, alarm);
  const metrics = memberOf(all, 'Metrics');
  const many = manyAt(all, 'Metrics[].MetricStat.Metric');
  const queries = manyAt(all, 'Metrics[].Expression').map((expression): Signal => ({ namespace: '', metric: patternOf(expression), sources: [], open: expression.kind === 'unknown' }));
  if (metrics.kind === 'unknown') return [{ namespace: '', metric: '', sources: [], open: true }];
  return [...(memberOf(all, 'MetricName').kind === 'absent' ? many : [all]).map((metric) => signal(estate, metric)), ...queries.filter(({ metric, open }) => open || /SELECT /i.test(metric))];
}

/** Metrics of EventBridge that count what a rule matched. */
const MATCHES: ReadonlySet<string> = new Set(['TriggeredRules', 'MatchedEvents', 'Invocations', 'InvocationAttempts', 'SuccessfulInvocationAttempts']);

function signal(estate: Estate, metric: Value): Signal {
  const [namespace, name] = [memberOf(metric, 'Namespace'), memberOf(metric, 'MetricName')];
  const dimensions = itemsOf(memberOf(metric, 'Dimensions'));
  const counts = textOf(namespace) === 'AWS/Events' && MATCHES.has(textOf(name) ?? '');
  const sources = [...filtersOf(estate, namespace, name), ...(counts ? rulesOf(estate, dimensions, dimensions.flatMap((dimension) => referencesIn(memberOf(dimension, 'Value')))) : [])];
  return { namespace: patternOf(namespace), metric: patternOf(name), sources, open: holdsUnknown(name) || namespace.kind === 'unknown' || metric.kind === 'unknown' };
}
