import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../config/schema/operations.ts';
import { DeliveryPipeline, GradualDeployment } from '../../../lib/delivery/index.ts';
import { ServiceFunction } from '../../../lib/runtime/index.ts';
import { capability, functionCalled, grantsOf, list, propertiesOf, variablesOf } from '../../support/capability-app.ts';
import { circleIn } from '../../support/estate.ts';

const { template } = capability(({ stack, runtime, observability }) => {
  const pipeline = new DeliveryPipeline(stack, 'Delivery', { prefix: 'demo', delivery: Delivery.parse({ enabled: true }), runtime });
  for (const name of ['chat', 'pages']) {
    const of = new ServiceFunction(stack, name, { runtime, name, description: name, size: { memoryMegabytes: 128, timeoutSeconds: 5 } });
    new GradualDeployment(stack, `${name}Delivery`, { pipeline, observability, of, name, userImpact: 'Nothing works.', slowMilliseconds: 900 });
  }
});

describe('the pre-traffic check', () => {
  it('is told which version of each function the release brings, by the name of its deployment group', () => {
    expect(variablesOf(template, 'demo-pre-traffic')['TARGET_VERSIONS']).toBe('{"demo-chat":"<chatFunctionCurrentVersion.Version>","demo-pages":"<pagesFunctionCurrentVersion.Version>"}');
    expect([...propertiesOf(template, 'AWS::CodeDeploy::DeploymentGroup').values()].map(({ DeploymentGroupName }) => DeploymentGroupName)).toEqual(['demo-chat', 'demo-pages']);
  });

  it('is told before any alias changes', () => {
    const [check] = Object.keys(template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'demo-pre-traffic' } }));
    const aliases = Object.values(template.findResources('AWS::Lambda::Alias'));
    expect(aliases).toHaveLength(2);
    for (const alias of aliases) expect(list(alias['DependsOn'])).toContain(check);
    expect(circleIn(template.toJSON())).toBeUndefined();
  });

  it('may ask for its deployments, answer them, and invoke the versions: no more', () => {
    expect(grantsOf(template, 'demo-pre-traffic').map((said) => said.slice(0, said.indexOf(' on ')))).toEqual(['codedeploy:GetDeployment codedeploy:PutLifecycleEventHookExecutionStatus', 'lambda:InvokeFunction']);
  });

  it('has a minute, which its patience counts on', () => {
    expect(functionCalled(template, 'demo-pre-traffic')).toMatchObject({ Timeout: 60 });
  });
});
