import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../lambda/contracts/metrics.ts';
import { estateMetric } from '../../../lib/observability/index.ts';
import type { Json } from '../../support/assembly.ts';
import { estateOf } from '../../support/estate.ts';

/** Namespaces of ours in a piece of template, by the metric read from them. */
function ours(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = typeof value.Namespace === 'string' && value.Namespace.startsWith('Chatbot') ? [`${value.Namespace} ${value.MetricName}`] : [];
  return [...own, ...Object.values(value).flatMap(ours)];
}

describe('metrics of an estate', () => {
  it('are read from the namespace of its prefix', () => {
    const metric = estateMetric('shop-prod', METRICS.turns, { statistic: 'Sum' });
    expect([metric.namespace, metric.metricName, metric.dimensions]).toEqual(['Chatbot/shop-prod', 'Turns', undefined]);
  });

  it.each(['dev', 'prod'] as const)('are published and read in one namespace in %s, which no other estate of the account has', (name) => {
    const estate = estateOf(name, { 'naming.prefix': `other-${name}` });
    const functions = estate.of('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(5);
    expect(new Set(functions.map(({ properties }) => properties.Environment?.Variables?.METRIC_NAMESPACE))).toEqual(new Set([`Chatbot/other-${name}`]));
    const read = estate.of('AWS::CloudWatch::Alarm').flatMap(({ properties }) => ours(properties));
    expect(read.length).toBeGreaterThan(5);
    expect(read.filter((metric) => !metric.startsWith(`Chatbot/other-${name} `))).toEqual([]);
    const boards = JSON.stringify(estate.of('AWS::CloudWatch::Dashboard').map(({ properties }) => properties));
    expect(boards).toContain(`Chatbot/other-${name}`);
    expect(boards).not.toMatch(/\\"Chatbot\\"/);
  });
});
