import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { Alarm, CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../../config/schema/index.ts';
import { ChatDashboard } from '../observability/index.ts';

/** Props of {@link OperationsStack}. */
export interface OperationsStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** Stacks whose alarms the dashboard shows. */
  readonly watched: readonly Stack[];
}

/** The dashboard. Alarms live beside what they watch; here they are only shown. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    const { naming, useCases, baseline, alarms } = props.config;
    new ChatDashboard(this, 'Chat', { prefix: naming.prefix, useCases, baseline, thresholds: alarms.thresholds, alarms: props.watched.flatMap(alarmNames).map((name) => this.#byName(name)) });
  }

  /** The alarm by its name: a dashboard needs no reference that would tie the stacks' updates together. */
  #byName(name: string): IAlarm {
    return Alarm.fromAlarmName(this, name, name);
  }
}

function alarmNames(stack: Stack): string[] {
  return stack.node.findAll().flatMap((node) => (node instanceof CfnAlarm && node.alarmName ? [node.alarmName] : []));
}
