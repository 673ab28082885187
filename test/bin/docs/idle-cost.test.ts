import { describe, expect, it } from 'vitest';
import { estateOf } from '../../../bin/diagram/estate.ts';
import type { Resource } from '../../../bin/diagram/estate.ts';
import { BUDGET_USD, idleCost, idleCostTable, readmeRow } from '../../../bin/docs/idle-cost.ts';
import { readTemplates } from '../../../bin/assembly.ts';
import { loadEnvironment } from '../../../config/index.ts';
import { ASSEMBLY, ENVIRONMENTS } from '../../support/paths.ts';

const resource = (type: string, properties: Record<string, unknown> = {}): Resource => ({ key: `Stack/${type}`, stack: 'Stack', type, properties });
const metric = (Id: string) => ({ Id, MetricStat: { Metric: { MetricName: 'M' } } });
const usd = (...resources: Resource[]): number => idleCost('test', resources).usd;

describe.each(ENVIRONMENTS)('%s while idle', (environment) => {
  it('stays within its budget', async () => {
    const { resources } = estateOf(await readTemplates(ASSEMBLY, environment));
    const cost = idleCost(environment, resources);
    expect(cost.usd).toBeGreaterThan(5);
    expect(cost.usd).toBeLessThanOrEqual(BUDGET_USD[loadEnvironment(environment).tier]);
  });
});

describe('idle cost', () => {
  it('counts an alarm by its metrics, not by its formula', () => {
    expect(usd(resource('AWS::CloudWatch::Alarm', { MetricName: 'Errors' }))).toBeCloseTo(0.1);
    expect(usd(resource('AWS::CloudWatch::Alarm', { Metrics: [metric('a'), metric('b'), { Id: 'rate', Expression: 'a/b' }] }))).toBeCloseTo(0.2);
    expect(usd(resource('AWS::CloudWatch::Alarm', { Metrics: [metric('a'), { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(a, 2)' }] }))).toBeCloseTo(0.3);
  });

  it('counts a web ACL with its rules', () => {
    expect(usd(resource('AWS::WAFv2::WebACL', { Rules: [{}, {}, {}] }))).toBe(8);
  });

  it('takes what is paid by use as free', () => {
    expect(usd(resource('AWS::Lambda::Function'), resource('AWS::SQS::Queue'), resource('AWS::DynamoDB::GlobalTable'))).toBe(0);
  });

  it('refuses a type of which no price is known', () => {
    expect(() => usd(resource('AWS::EC2::VPCEndpoint'))).toThrow('What AWS::EC2::VPCEndpoint costs while idle is not known');
  });

  it('is a table with a sum, and a row of the README in the order of its columns', () => {
    const dev = idleCost('dev', [resource('AWS::KMS::Key'), resource('AWS::KMS::Key')]);
    const prod = idleCost('prod', [resource('AWS::KMS::Key'), resource('AWS::SecretsManager::Secret')]);
    expect(idleCostTable([dev, prod])).toBe(
      [
        '| USD a month | price | `dev` | USD | `prod` | USD |',
        '| --- | --- | --- | --- | --- | --- |',
        '| customer managed keys | 1.00 | 2 | 2.00 | 1 | 1.00 |',
        '| secrets | 0.40 | 0 | 0.00 | 1 | 0.40 |',
        '| **sum, first year** |  |  | **2.00** |  | **1.40** |',
        '| **sum, second year** |  |  | **4.00** |  | **2.40** |',
        '| **sum, third year** |  |  | **6.00** |  | **3.40** |',
      ].join('\n'),
    );
    expect(readmeRow([dev, prod], ['prod', 'dev'])).toBe('| idle, USD a month (list price, first year) | 1.40 | 2.00 |');
    expect(() => readmeRow([dev], ['staging'])).toThrow('The README has a column staging, and there is no such environment.');
  });
});
