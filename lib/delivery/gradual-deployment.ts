import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
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
  /**
   * Calls that failed though the function returned, as a sum over a minute, of one version: what a function that answers every request
   * by itself counts as failed. Added to Lambda's errors. @default - only calls that throw, crash or time out count as failed
   */
  readonly failureMetric?: (version: string) => IMetric;
}

/** Share of failed calls, in two minutes in a row, at which a version is taken back, in percent. */
const FAILED_PERCENT = 2;
/** Share of failed calls in one minute at which a version is taken back at once, in percent. */
const BROKEN_PERCENT = 25;
/** Failed calls in that minute without which the share says nothing: at four calls a minute one failure is a quarter. */
const BROKEN_CALLS = 5;

/**
 * Puts a function behind the alias `live`: a new version is checked before it gets traffic, gets a small share first, and is taken
 * back when one of three alarms on that very version goes off:
 * - `errors`: 2 % of its calls or more failed, in two minutes in a row: what is wrong now and then;
 * - `broken`: a quarter of its calls failed within one minute, and at least five: what is wrong altogether, without the second minute;
 * - `slow`: the 99th percentile of its duration is near the time-out.
 *
 * These watch the new version, so an alarm that the old one raises cannot block its mend. A call that Lambda throttles runs no version,
 * and its metric names none: `throttles` watches the alias, reports, and takes nothing back.
 */
export class GradualDeployment extends Construct {
  readonly alias: Alias;
  /** What takes a version back. */
  readonly alarms: readonly ServiceAlarm[];

  constructor(scope: Construct, id: string, props: GradualDeploymentProps) {
    super(scope, id);
    const version = props.of.function.currentVersion;
    this.alias = new Alias(this, 'Live', { aliasName: LIVE_ALIAS, version });
    this.alarms = this.#alarms(props, version);
    this.#throttles(props);
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
    const metric = (metricName: string, statistic: string): Metric => lambdaMetric(props, metricName, statistic, { ExecutedVersion: version.version });
    const counted = { errors: metric('Errors', Stats.SUM), invocations: metric('Invocations', Stats.SUM), ...(props.failureMetric ? { failed: props.failureMetric(version.version) } : {}) };
    // SUM and MAX of a list pass over what has no value in a minute: there is none of `failed` while nothing fails.
    const failures = props.failureMetric ? 'SUM([errors, failed])' : 'errors';
    const share = `100 * ${failures} / MAX([${Object.keys(counted).join(', ')}])`;
    const failedShare = (expression: string, label: string): MathExpression => new MathExpression({ expression, usingMetrics: counted, period: Duration.minutes(1), label });
    const quiet = { treat: TreatMissingData.NOT_BREACHING, because: 'a version without traffic has no data, and none has failed.' };
    const common = { observability: props.observability, missingData: quiet };
    return [
      new ServiceAlarm(this, 'Errors', { ...common, name: `${props.name}-errors`, chapter: 'errors-of-a-version', severity: 'page', userImpact: props.userImpact, metric: failedShare(share, 'Failed calls of the new version, percent'), threshold: FAILED_PERCENT, periods: 2 }),
      new ServiceAlarm(this, 'Broken', {
        ...common,
        name: `${props.name}-broken`,
        chapter: 'errors-of-a-version',
        severity: 'page',
        userImpact: props.userImpact,
        metric: failedShare(`IF(${failures} >= ${BROKEN_CALLS}, ${share}, 0)`, `Failed calls of the new version, percent, from ${BROKEN_CALLS} a minute`),
        threshold: BROKEN_PERCENT,
      }),
      new ServiceAlarm(this, 'Duration', { ...common, name: `${props.name}-slow`, chapter: 'slow-version', severity: 'ticket', userImpact: `Slow, nothing is lost yet. If it goes on: ${props.userImpact}`, metric: metric('Duration', Stats.percentile(99)), threshold: props.slowMilliseconds, periods: 3 }),
    ];
  }

  #throttles(props: GradualDeploymentProps): void {
    new ServiceAlarm(this, 'Throttles', {
      observability: props.observability,
      name: `${props.name}-throttles`,
      chapter: 'throttles-of-a-function',
      severity: 'page',
      userImpact: `Part of the calls is turned away. ${props.userImpact}`,
      metric: lambdaMetric(props, 'Throttles', Stats.SUM),
      threshold: 5,
      periods: 2,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'a function that nobody calls has no data, and no call was turned away.' },
    });
  }
}

/** A metric of the calls by the alias, over a minute; `of` narrows it further. */
function lambdaMetric({ of: { function: fn } }: GradualDeploymentProps, metricName: string, statistic: string, of: Readonly<Record<string, string>> = {}): Metric {
  return new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period: Duration.minutes(1), dimensionsMap: { FunctionName: fn.functionName, Resource: `${fn.functionName}:${LIVE_ALIAS}`, ...of } });
}
