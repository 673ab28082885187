import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../config/schema/operations.ts';
import { DeliveryPipeline } from '../../../lib/delivery/index.ts';
import { ChatPages } from '../../../lib/pages/index.ts';
import { capability, grantsOf, variablesOf } from '../../support/capability-app.ts';

const { template } = capability(({ stack, runtime, observability }) =>
  new ChatPages(stack, 'Pages', {
    runtime,
    size: { memoryMegabytes: 256, timeoutSeconds: 5 },
    settings: { embedOrigins: ['https://shop.example'] },
    pipeline: new DeliveryPipeline(stack, 'Delivery', { prefix: 'demo', runtime, delivery: Delivery.parse({ enabled: true }) }),
    observability,
  }),
);

describe('the pages', () => {
  it('may do nothing beyond logs and traces', () => {
    expect(grantsOf(template, 'demo-pages')).toEqual([]);
  });

  it('know who may embed them', () => {
    expect(JSON.parse(variablesOf(template, 'demo-pages')['SETTINGS'] ?? '')).toEqual({ embedOrigins: ['https://shop.example'] });
  });

  it('are deployed gradually', () => {
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', { DeploymentGroupName: 'demo-pages' });
  });
});
