import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Version } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';
import { LIVE_ALIAS } from './delivery-pipeline.ts';
import type { DeliveryPipeline, GradualShift } from './delivery-pipeline.ts';

/** Props of {@link GradualDeployment}. */
export interface GradualDeploymentProps {
  readonly pipeline: DeliveryPipeline;
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
    const { shift } = props.pipeline;
    if (!shift) return;
    this.#group(props, shift);
    props.pipeline.covers(props.of, this.alarms);
    shift.check.covers(props.of, version, this.alias);
  }

  #group(props: GradualDeploymentProps, shift: GradualShift): void {
    const group = new LambdaDeploymentGroup(this, 'Group', {
      application: shift.application,
      deploymentGroupName: `${props.observability.prefix}-${props.name}`,
      alias: this.alias,
      deploymentConfig: shift.configuration,
      alarms: this.alarms.map(({ alarm }) => alarm),
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      preHook: shift.check.function.function,
      // Its own policy names the functions one by one; the one that CDK would attach is an AWS managed policy.
      role: shift.role.withoutPolicyUpdates(),
    });
    group.node.addDependency(shift.policy);
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
      expression: '100 * errors / MAX([errors, invocations])',
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
