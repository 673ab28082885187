import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** `page` wakes somebody; `ticket` waits until morning. */
export type Severity = 'page' | 'ticket';

/** Where alarms are sent, by severity. */
export type AlarmTopics = Readonly<Record<Severity, ITopic>>;

/** What every capability is given so that its alarms reach people. */
export interface Observability {
  readonly topics: AlarmTopics;
  /** First part of alarm names. */
  readonly prefix: string;
}

/** An alarm, with all that the person who gets it has to know. */
export interface ServiceAlarmProps {
  readonly observability: Observability;
  /** Name after the prefix, kebab-case. */
  readonly name: string;
  /** Heading of its chapter in `docs/runbook.md`, kebab-case: alarms of one kind share a chapter. @default - `name` */
  readonly chapter?: string;
  readonly severity: Severity;
  /** What the user feels, in one sentence. */
  readonly userImpact: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: ComparisonOperator;
  /** Periods in a row. @default 1 */
  readonly periods?: number;
  /** What no data means, and why. */
  readonly missingData: { readonly treat: TreatMissingData; readonly because: string };
}

/** Metadata key under which each alarm registers itself; the runbook's test reads it from the template. */
export const ALARM_METADATA = 'chatbot:alarm';

/** An alarm that is connected, explained and registered. The action also tells when it is over. */
export class ServiceAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: ServiceAlarmProps) {
    super(scope, id);
    const chapter = `docs/runbook.md#${props.chapter ?? props.name}`;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `${props.observability.prefix}-${props.name}`,
      alarmDescription: `${props.userImpact} Runbook: ${chapter}. No data: ${props.missingData.because}`,
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.missingData.treat,
    });
    const action = new SnsAction(props.observability.topics[props.severity]);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
    const registration = { name: props.name, severity: props.severity, userImpact: props.userImpact, runbook: chapter, missingData: props.missingData.because };
    (this.alarm.node.defaultChild as import('aws-cdk-lib').CfnResource).addMetadata(ALARM_METADATA, registration);
  }
}
