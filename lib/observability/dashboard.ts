import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, MathExpression, SingleValueWidget, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmsConfig, BaselineConfig, UseCaseConfig } from '../../config/schema/index.ts';
import { DIMENSIONS, METRICS } from '../../lambda/contracts/metrics.ts';
import type { MetricName } from '../../lambda/contracts/metrics.ts';
import { estateMetric } from './estate-metric.ts';

/** Props of {@link ChatDashboard}. */
export interface ChatDashboardProps {
  /** `naming.prefix`: names the dashboard, and the metrics that it shows. */
  readonly prefix: string;
  readonly useCases: readonly UseCaseConfig[];
  readonly baseline: BaselineConfig;
  readonly thresholds: AlarmsConfig['thresholds'];
  /** Alarms shown at the top. */
  readonly alarms: readonly IAlarm[];
}

const PERIOD = Duration.minutes(5);
const FULL_WIDTH = 24;
const HALF_WIDTH = 12;

/** One dashboard: is it up, does it help, what does it cost, compared with support before the bot. */
export class ChatDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ChatDashboardProps) {
    super(scope, id);
    const { prefix } = props;
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `${prefix}-chatbot`, defaultInterval: Duration.days(1) });
    dashboard.addWidgets(this.#heading(props));
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: FULL_WIDTH, height: 4 }));
    dashboard.addWidgets(
      new SingleValueWidget({ title: 'Today', width: FULL_WIDTH, height: 4, period: Duration.days(1), setPeriodToTimeRange: true, metrics: [count(prefix, METRICS.conversationsStarted, 'Conversations'), count(prefix, METRICS.turns, 'Turns'), rate(prefix, METRICS.fallbacks, 'Fallback rate, %'), rate(prefix, METRICS.escalations, 'Escalation rate, %'), costPerConversation(prefix)] }),
    );
    dashboard.addWidgets(this.#fallbacks(props), this.#satisfaction(props));
    dashboard.addWidgets(this.#latency(props), this.#useCases(props));
  }

  #heading({ baseline, useCases }: ChatDashboardProps): TextWidget {
    const inOrder = useCases.toSorted((a, b) => b.priority.contactsPerMonth * b.priority.simplicity - a.priority.contactsPerMonth * a.priority.simplicity);
    return new TextWidget({
      width: FULL_WIDTH,
      height: 3,
      markdown: [
        `**Before the bot** (${baseline.source}, ${baseline.date}): ${baseline.contactsPerMonth} contacts a month, ${baseline.costPerContactUsd} USD each, satisfaction ${baseline.satisfaction} of 5.`,
        `**Use cases by priority** (volume x simplicity): ${inOrder.map(({ title }) => title).join(', ')}.`,
      ].join('\n\n'),
    });
  }

  #fallbacks({ prefix, thresholds }: ChatDashboardProps): GraphWidget {
    return new GraphWidget({
      title: 'Answers that were none',
      width: HALF_WIDTH,
      left: [rate(prefix, METRICS.fallbacks, 'Fallback rate, %'), rate(prefix, METRICS.escalations, 'Escalation rate, %')],
      leftAnnotations: [{ value: thresholds.fallbackPercent, label: 'Alarm' }],
      leftYAxis: { min: 0, max: 100, showUnits: false },
    });
  }

  #satisfaction({ prefix, baseline }: ChatDashboardProps): GraphWidget {
    return new GraphWidget({
      title: 'Satisfaction, 1-5',
      width: HALF_WIDTH,
      left: [estateMetric(prefix, METRICS.satisfaction, { statistic: Stats.AVERAGE, period: Duration.hours(1), label: 'Rating' })],
      leftAnnotations: [{ value: baseline.satisfaction, label: 'Before the bot' }],
      leftYAxis: { min: 1, max: 5, showUnits: false },
    });
  }

  #latency({ prefix, thresholds }: ChatDashboardProps): GraphWidget {
    const percentile = (p: number): Metric => estateMetric(prefix, METRICS.firstContentMilliseconds, { statistic: Stats.percentile(p), period: PERIOD, label: `p${p}` });
    return new GraphWidget({ title: 'Time to first content, ms', width: HALF_WIDTH, left: [percentile(50), percentile(99)], leftAnnotations: [{ value: thresholds.firstContentMilliseconds, label: 'Promise' }], leftYAxis: { min: 0, showUnits: false } });
  }

  #useCases({ prefix, useCases }: ChatDashboardProps): GraphWidget {
    const turns = ({ id, title }: UseCaseConfig): IMetric => estateMetric(prefix, METRICS.turns, { statistic: Stats.SUM, period: Duration.hours(1), dimensionsMap: { [DIMENSIONS.useCase]: id }, label: title });
    return new GraphWidget({ title: 'Turns by use case', width: HALF_WIDTH, stacked: true, left: useCases.map(turns) });
  }
}

function count(prefix: string, metricName: MetricName, label: string): Metric {
  return estateMetric(prefix, metricName, { statistic: Stats.SUM, period: PERIOD, label });
}

function rate(prefix: string, metricName: MetricName, label: string): MathExpression {
  const part = metricName.charAt(0).toLowerCase() + metricName.slice(1);
  return new MathExpression({ expression: `100 * FILL(${part}, 0) / turns`, usingMetrics: { [part]: count(prefix, metricName, metricName), turns: count(prefix, METRICS.turns, METRICS.turns) }, period: PERIOD, label });
}

function costPerConversation(prefix: string): MathExpression {
  return new MathExpression({ expression: 'FILL(cost, 0) / conversations', usingMetrics: { cost: count(prefix, METRICS.turnCostUsd, 'cost'), conversations: count(prefix, METRICS.conversationsStarted, 'conversations') }, period: PERIOD, label: 'Model cost per conversation, USD' });
}
