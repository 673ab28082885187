import { ArnFormat, Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { LambdaApplication, LambdaDeploymentConfig, TimeBasedCanaryTrafficRouting, TimeBasedLinearTrafficRouting } from 'aws-cdk-lib/aws-codedeploy';
import type { ILambdaApplication, ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DeliveryConfig } from '../../config/schema/index.ts';
import type { ServiceAlarm } from '../observability/index.ts';
import type { RuntimeProps, ServiceFunction } from '../runtime/index.ts';
import { PreTrafficCheck } from './pre-traffic-check.ts';

/** Name of the alias that serves traffic. */
export const LIVE_ALIAS = 'live';

/** Props of {@link DeliveryPipeline}. */
export interface DeliveryPipelineProps {
  /** Name of the CodeDeploy application. */
  readonly prefix: string;
  readonly delivery: DeliveryConfig;
  /** Of the check that runs before traffic. */
  readonly runtime: RuntimeProps;
}

/** What the deployments of one stack share. */
export interface GradualShift {
  readonly application: ILambdaApplication;
  /** How traffic shifts. */
  readonly configuration: ILambdaDeploymentConfig;
  /** What CodeDeploy acts as: it may move the aliases of these functions and read the alarms on them, nothing else. */
  readonly role: Role;
  /** All that the role may do; a deployment waits for it. */
  readonly policy: ManagedPolicy;
  readonly check: PreTrafficCheck;
}

/** How new versions get traffic: by CodeDeploy, or at once when gradual deployment is switched off. */
export class DeliveryPipeline extends Construct {
  /** Undefined when gradual deployment is switched off: there is nothing to deploy with then, and no check. */
  readonly shift: GradualShift | undefined;
  readonly #functions: string[] = [];
  readonly #aliases: string[] = [];
  readonly #alarms: string[] = [];

  constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    if (!props.delivery.enabled) return;
    const application = new LambdaApplication(this, 'Application', { applicationName: props.prefix });
    const configuration = this.#configuration(props.prefix, props.delivery.strategy);
    const check = new PreTrafficCheck(this, 'PreTraffic', { runtime: props.runtime, applicationName: props.prefix });
    const role = new Role(this, 'Role', {
      description: 'Shifts traffic between versions of functions',
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const allow = (actions: string[], resources: string[]): PolicyStatement => new PolicyStatement({ actions, resources: Lazy.list({ produce: () => resources }) });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'Everything that gradual deployments may do',
      roles: [role],
      statements: [
        allow(['lambda:GetAlias', 'lambda:UpdateAlias'], this.#functions),
        allow(['lambda:GetProvisionedConcurrencyConfig'], this.#aliases),
        allow(['lambda:InvokeFunction'], [check.function.function.functionArn]),
        allow(['cloudwatch:DescribeAlarms'], this.#alarms),
      ],
    });
    this.shift = { application, configuration, role, policy, check };
  }

  /** Lets CodeDeploy shift the traffic of a function and read its alarms. */
  covers(target: ServiceFunction, alarms: readonly ServiceAlarm[]): void {
    this.#functions.push(target.function.functionArn);
    // By name: a reference to the alias would turn round, because the alias is updated by a deployment that needs this policy.
    this.#aliases.push(Stack.of(this).formatArn({ service: 'lambda', resource: 'function', resourceName: `${target.function.functionName}:${LIVE_ALIAS}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME }));
    this.#alarms.push(...alarms.map(({ alarm }) => alarm.alarmArn));
  }

  #configuration(prefix: string, strategy: Extract<DeliveryConfig, { enabled: true }>['strategy']): ILambdaDeploymentConfig {
    const step = { interval: Duration.minutes(strategy.minutes), percentage: strategy.percent };
    return new LambdaDeploymentConfig(this, 'Shift', {
      deploymentConfigName: `${prefix}-${strategy.kind}-${strategy.percent}-percent-${strategy.minutes}-minutes`,
      trafficRouting: strategy.kind === 'canary' ? new TimeBasedCanaryTrafficRouting(step) : new TimeBasedLinearTrafficRouting(step),
    });
  }
}
