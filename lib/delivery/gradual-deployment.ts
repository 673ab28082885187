import { Aws, Duration, Lazy } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup, TimeBasedCanaryTrafficRouting, TimeBasedLinearTrafficRouting } from 'aws-cdk-lib/aws-codedeploy';
import type { ILambdaApplication, ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Version } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeliveryConfig } from '../../config/schema/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';
import type { PreTrafficCheck } from './pre-traffic-check.ts';

/** Name of the alias that serves traffic. */
export const LIVE_ALIAS = 'live';

/** What the deployments of one stack share. */
export class DeliveryPipeline extends Construct {
  readonly application: ILambdaApplication;
  /** How traffic shifts; undefined when gradual deployment is switched off. */
  readonly configuration: ILambdaDeploymentConfig | undefined;
  /** What CodeDeploy acts as: it may move the aliases of these functions and read the alarms on them, nothing else. */
  readonly role: Role;
  readonly #functions: string[] = [];
  readonly #alarms: string[] = [];
  readonly #hooks: string[] = [];

  constructor(scope: Construct, id: string, props: { readonly prefix: string; readonly delivery: DeliveryConfig }) {
    super(scope, id);
    this.application = new LambdaApplication(this, 'Application', { applicationName: props.prefix });
    this.configuration = props.delivery.enabled ? this.#shift(props.prefix, props.delivery.strategy) : undefined;
    this.role = new Role(this, 'Role', {
      description: 'Shifts traffic between versions of functions',
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    if (!props.delivery.enabled) return;
    const allow = (actions: string[], resources: string[]): PolicyStatement => new PolicyStatement({ actions, resources: Lazy.list({ produce: () => resources }) as string[] });
    new ManagedPolicy(this, 'Policy', {
      description: 'Everything that gradual deployments may do',
      roles: [this.role],
      statements: [allow(['lambda:GetAlias', 'lambda:UpdateAlias'], this.#functions), allow(['lambda:InvokeFunction'], this.#hooks), allow(['cloudwatch:DescribeAlarms'], this.#alarms)],
    });
  }

  /** Lets CodeDeploy shift the traffic of a function, run its hook and read its alarms. */
  covers(target: ServiceFunction, hook: ServiceFunction, alarms: readonly ServiceAlarm[]): void {
    this.#functions.push(target.function.functionArn);
    if (!this.#hooks.includes(hook.function.functionArn)) this.#hooks.push(hook.function.functionArn);
    this.#alarms.push(...alarms.map(({ alarm }) => alarm.alarmArn));
  }

  #shift(prefix: string, strategy: Extract<DeliveryConfig, { enabled: true }>['strategy']): ILambdaDeploymentConfig {
    const step = { interval: Duration.minutes(strategy.minutes), percentage: strategy.percent };
    return new LambdaDeploymentConfig(this, 'Shift', {
      deploymentConfigName: `${prefix}-${strategy.kind}-${strategy.percent}-percent-${strategy.minutes}-minutes`,
      trafficRouting: strategy.kind === 'canary' ? new TimeBasedCanaryTrafficRouting(step) : new TimeBasedLinearTrafficRouting(step),
    });
  }
}

/** Props of {@link GradualDeployment}. */
export interface GradualDeploymentProps {
  readonly pipeline: DeliveryPipeline;
  readonly check: PreTrafficCheck;
  readonly observability: Observability;
  readonly of: ServiceFunction;
  /** Name after the prefix, as the function's. */
  readonly name: string;
  /** What the user feels when this function fails. */
  readonly userImpact: string;
  /** 99th percentile of the duration that stops a deployment, in milliseconds. */
  readonly slowMilliseconds: number;
}

/**
 * Puts a function behind the alias `live`: a new version is checked before it gets traffic, gets a small share first,
 * and is taken back when one of three alarms on that very version goes off. The alarms watch the new version, so an
 * alarm that the old one raises cannot block its mend.
 */
export class GradualDeployment extends Construct {
  readonly alias: Alias;
  readonly alarms: readonly ServiceAlarm[];

  constructor(scope: Construct, id: string, props: GradualDeploymentProps) {
    super(scope, id);
    const version = props.of.function.currentVersion;
    this.alias = new Alias(this, 'Live', { aliasName: LIVE_ALIAS, version });
    this.alarms = this.#alarms(props, version);
    if (!props.pipeline.configuration) return;
    new LambdaDeploymentGroup(this, 'Group', {
      application: props.pipeline.application,
      deploymentGroupName: `${props.observability.prefix}-${props.name}`,
      alias: this.alias,
      deploymentConfig: props.pipeline.configuration,
      alarms: this.alarms.map(({ alarm }) => alarm),
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      preHook: props.check.function.function,
      // Its own policy names the functions one by one; the one that CDK would attach is an AWS managed policy.
      role: props.pipeline.role.withoutPolicyUpdates(),
    });
    props.pipeline.covers(props.of, props.check.function, this.alarms);
    props.check.covers(props.of, version, this.alias);
  }

  #alarms(props: GradualDeploymentProps, version: Version): ServiceAlarm[] {
    const metric = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        statistic,
        period: Duration.minutes(1),
        dimensionsMap: { FunctionName: props.of.function.functionName, Resource: `${props.of.function.functionName}:${LIVE_ALIAS}`, ExecutedVersion: version.version },
      });
    const quiet = { treat: TreatMissingData.NOT_BREACHING, because: 'a version without traffic has no data, and none has failed.' };
    const errorRate = new MathExpression({
      expression: '100 * errors / MAX([invocations, 1])',
      usingMetrics: { errors: metric('Errors', Stats.SUM), invocations: metric('Invocations', Stats.SUM) },
      period: Duration.minutes(1),
      label: 'Errors of the new version, percent',
    });
    const common = { observability: props.observability, missingData: quiet };
    return [
      new ServiceAlarm(this, 'Errors', { ...common, name: `${props.name}-errors`, chapter: 'errors-of-a-version', severity: 'page', userImpact: props.userImpact, metric: errorRate, threshold: 2, periods: 2 }),
      new ServiceAlarm(this, 'Throttles', { ...common, name: `${props.name}-throttles`, chapter: 'throttles-of-a-version', severity: 'page', userImpact: `Part of the calls is turned away. ${props.userImpact}`, metric: metric('Throttles', Stats.SUM), threshold: 5, periods: 2 }),
      new ServiceAlarm(this, 'Duration', { ...common, name: `${props.name}-slow`, chapter: 'slow-version', severity: 'ticket', userImpact: `Slow, nothing is lost yet. If it goes on: ${props.userImpact}`, metric: metric('Duration', Stats.percentile(99)), threshold: props.slowMilliseconds, periods: 3 }),
    ];
  }
}
