import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../config/explain.ts';
import { registry } from '../../config/index.ts';
import { allOptions } from '../../config/option-tree.ts';
import { EVERY } from '../../config/path.ts';
import { sample } from './sample.ts';

const environments = registry.inputs;

function explained(path: string, inputs: Readonly<Record<string, unknown>> = environments) {
  const result = explain(path, inputs);
  if (!result.ok) throw new Error(`not explained: ${path}`);
  return result.explanation;
}

describe('explain', () => {
  const options = allOptions().filter(({ name, path }) => path !== '' && name !== EVERY);

  it('finds many options', () => {
    expect(options.length).toBeGreaterThan(150);
  });

  it.each(options.map(({ path }) => path))('%s is documented', (path) => {
    const { description, allowed, values } = explained(path);
    expect(description).toMatch(/\.$/);
    expect(allowed).not.toMatch(/^$|\{ {2}\}|undefined|\(\?/);
    expect(values.map(({ environment }) => environment)).toEqual(Object.keys(environments));
  });

  it('gives meaning, unit, bounds, default and values', () => {
    expect(explained('firewall.requestsPerAddress')).toEqual({
      path: 'firewall.requestsPerAddress',
      description: 'Requests of one address in five minutes before it is blocked.',
      unit: 'requests per 5 minutes',
      allowed: 'whole number, 10 to 2000000',
      required: false,
      default: 1000,
      onlyWith: 'firewall.enabled: true',
      values: [
        { environment: 'dev', value: undefined, from: 'elsewhere' },
        { environment: 'prod', value: 1000, from: 'default' },
        { environment: 'staging', value: 1000, from: 'default' },
      ],
      options: [],
    });
  });

  it.each([
    ['useCases.0.id', 'order-status'],
    ['useCases[0].id', 'order-status'],
    ['useCases[].priority.simplicity', [4, 4, 5, 3, 4, 3, 4, 5]],
    ['useCases.*.priority.simplicity', [4, 4, 5, 3, 4, 3, 4, 5]],
    ['naming.tags.cost-centre', 'support-platform'],
    ['naming.tags["cost-centre"]', 'support-platform'],
    ['api.embedOrigins.0', 'https://www.ottermoss.example'],
    ['alarms.page[].url', ['https://incidents.ottermoss.example/hooks/chatbot']],
    ['model.modelId', 'amazon.nova-lite-v1:0'],
    ['delivery.strategy.minutes', 15],
    ['dataPolicy.legalBasis', 'contract'],
  ])('%s', (path, value) => {
    expect(explained(path).values.find(({ environment }) => environment === 'prod')).toEqual({ environment: 'prod', value, from: 'written' });
  });

  it('lists the options of a section, of the form of a list, and of the whole file', () => {
    expect(explained('delivery.strategy').options.map(({ path }) => path)).toEqual(['delivery.strategy.kind', 'delivery.strategy.percent', 'delivery.strategy.minutes']);
    expect(explained('vendorCredentials').options.map(({ path }) => path)).toEqual(['vendorCredentials[].name', 'vendorCredentials[].usedBy']);
    expect(explained('').options.map(({ path }) => path)).toContain('dataPolicy');
  });

  it('says what an option in both forms of a union is in each', () => {
    expect(explained('delivery.strategy.percent')).toMatchObject({ description: "With kind 'canary': Share of traffic for the new version at first. With kind 'linear': Share of traffic added each step.", onlyWith: 'delivery.enabled: true' });
  });

  it.each([
    ['firewall.requestPerAdress', 'firewall.requestsPerAddress'],
    ['retentionDays', 'conversation.retentionDays'],
    ['modle', 'model'],
    ['functions.chat.memory', 'functions.chat.memoryMegabytes'],
    ['useCases.x.id', 'useCases[].id'],
  ])('%s is unknown; %s is near', (path, near) => {
    const result = explain(path, environments);
    expect(result.ok ? [] : result.nearest).toContain(near);
  });

  it('works beside a broken environment', () => {
    const inputs = { good: sample('dev'), broken: sample('dev', { region: 7, tier: 'no' }), nothing: null };
    expect(explained('region', inputs).values).toEqual([
      { environment: 'good', value: 'eu-central-1', from: 'written' },
      { environment: 'broken', value: undefined, from: 'unset' },
      { environment: 'nothing', value: undefined, from: 'unset' },
    ]);
  });

  it('takes any path without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor.name', '[', 'useCases[', 'a"]', '..', 'x'.repeat(5_000))), (path) => {
        const result = explain(path, environments);
        if (!result.ok) expect(result.nearest).toHaveLength(3);
      }),
    );
  });
});
