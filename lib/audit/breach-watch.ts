import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { maskingPolicy, retentionOf } from '../runtime/index.ts';
import { bulkCopies, deniedKeyCalls } from './breach-patterns.ts';

/** Props of {@link BreachWatch}. */
export interface BreachWatchProps {
  readonly prefix: string;
  /** Keys that conversations and secrets can be read with. */
  readonly keys: readonly IKey[];
  /** Tables that hold conversations, or the keys of their texts. */
  readonly tables: readonly ITable[];
  /** Denied calls in five minutes that wake somebody. Range 1-1000. */
  readonly deniedKeyCalls: number;
  /** Key of the audit class; its policy must admit CloudWatch Logs for the log group of {@link breachLogGroup}. */
  readonly auditKey: IKey;
  /** Days that the events are kept; one of the values that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /** Where an event goes that could not be logged. Its key must admit EventBridge. */
  readonly deadLetters: IQueue;
  readonly owner: string;
  readonly observability: Observability;
}

/** Name of the log group that holds what the watch saw. */
export const breachLogGroup = (prefix: string): string => `/aws/events/${prefix}-breach-watch`;

/**
 * Watches what CloudTrail tells the default event bus of the account for two signs of a breach: denied use of the keys, and copies of a whole table.
 * The alarms count matches of the rules themselves: that takes no metric filter, and works when the log group, which tells who it was, refuses an event.
 * Only what some trail of the account records comes to the bus: without one that records management events with reads it is blind.
 */
export class BreachWatch extends Construct {
  constructor(scope: Construct, id: string, props: BreachWatchProps) {
    super(scope, id);
    const { prefix } = props;
    const logGroup = this.#logGroup(props);
    const target = { id: 'Log', arn: logGroup.arn, deadLetterConfig: { arn: props.deadLetters.queueArn } };
    const denied = new CfnRule(this, 'DeniedKeys', {
      name: `${prefix}-denied-keys`,
      description: 'Denied attempts to decrypt with the keys of conversations and secrets, or to give such rights away',
      // Decrypt changes nothing: such events reach a rule only in this state.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: deniedKeyCalls(props.keys.map(({ keyArn }) => keyArn)),
      targets: [target],
    });
    const copies = new CfnRule(this, 'BulkCopies', {
      name: `${prefix}-bulk-copies`,
      description: 'Exports, restores and streams of whole tables, and policies that open them to others',
      state: 'ENABLED',
      eventPattern: bulkCopies(props.tables),
      targets: [target],
    });
    const rules = [denied.attrArn, copies.attrArn];
    this.#admit(logGroup.group, props, rules);
    const watch = (name: string, chapter: string, rule: CfnRule, userImpact: string, threshold: number): ServiceAlarm =>
      new ServiceAlarm(this, `${rule.node.id}Alarm`, {
        observability: props.observability,
        name,
        chapter,
        severity: 'page',
        userImpact,
        metric: new Metric({ namespace: 'AWS/Events', metricName: 'TriggeredRules', statistic: Stats.SUM, period: Duration.minutes(5), dimensionsMap: { RuleName: rule.ref } }),
        threshold,
        missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'EventBridge reports a rule only when an event matched it.' },
      });
    watch('denied-keys', 'denied-keys', denied, 'None: what was tried was denied. Somebody tries to open conversations or secrets without the right to, or a release lost a right.', props.deniedKeyCalls);
    watch('bulk-copies', 'mass-reads', copies, 'None that they notice, but somebody is copying conversations or keys of many people out of the tables.', 1);
  }

  #logGroup({ prefix, auditKey, logRetentionDays, owner }: BreachWatchProps): { readonly group: LogGroup; readonly arn: string } {
    const logGroupName = breachLogGroup(prefix);
    const group = new LogGroup(this, 'Log', { logGroupName, encryptionKey: auditKey, retention: retentionOf(logRetentionDays), removalPolicy: RemovalPolicy.DESTROY, dataProtectionPolicy: maskingPolicy(`${prefix}-breach-watch-masking`) });
    declareData(group, { dataClass: 'audit', purpose: 'signs of a breach', legalBasis: 'legitimate interest', retentionDays: logRetentionDays, owner });
    // Targets are named without the star that the attribute ends with.
    return { group, arn: Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }) };
  }

  /**
   * Lets the rules write to the log group, and to the queue what it did not take. The guide of EventBridge shows the condition on writing events, and
   * makes log streams without one: should it send no source there, every event ends on the queue instead.
   */
  #admit(logGroup: LogGroup, { prefix, deadLetters }: BreachWatchProps, rules: readonly string[]): void {
    const admit = (sid: string, actions: string[], resource: string): PolicyStatement =>
      new PolicyStatement({ sid, principals: [new ServicePrincipal('events.amazonaws.com')], actions, resources: [resource], conditions: { ArnEquals: { 'aws:SourceArn': rules } } });
    new ResourcePolicy(this, 'Delivery', { resourcePolicyName: `${prefix}-breach-watch`, policyStatements: [admit('RulesOfTheBreachWatch', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)] });
    deadLetters.addToResourcePolicy(admit('EventsOfTheBreachWatch', ['sqs:SendMessage'], deadLetters.queueArn));
  }
}
