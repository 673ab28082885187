import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { Baseline, UseCase } from '../../../config/schema/conversation.ts';
import { Alarms } from '../../../config/schema/operations.ts';
import { METRICS } from '../../../lambda/contracts/metrics.ts';
import { ChatDashboard } from '../../../lib/observability/index.ts';
import { capability, only } from '../../support/capability-app.ts';

const useCase = (id: string, title: string, contactsPerMonth: number, simplicity: number) =>
  UseCase.parse({ id, title, metrics: { containmentPercent: 70, fallbackPercent: 10, satisfaction: 4 }, priority: { contactsPerMonth, simplicity } });

const { template } = capability(({ stack: scope }) =>
  new ChatDashboard(scope, 'Board', {
    prefix: 'demo',
    useCases: [useCase('returns', 'Returns', 1_000, 2), useCase('orders', 'Orders', 900, 4)],
    baseline: Baseline.parse({ contactsPerMonth: 18_400, costPerContactUsd: 5.2, satisfaction: 3.7, source: 'Contact statistics', date: '2026-09-30' }),
    thresholds: Alarms.parse({ thresholds: { fallbackPercent: 25, firstContentMilliseconds: 1_500 } }).thresholds,
    alarms: [Alarm.fromAlarmArn(scope, 'Known', 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:demo-x')],
  }),
);

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly alarms?: string[]; readonly metrics?: unknown[][]; readonly annotations?: { readonly horizontal: { readonly value: number; readonly label: string }[] } };
}

const board = only(template, 'AWS::CloudWatch::Dashboard');
const { widgets } = JSON.parse(joined(board['DashboardBody'])) as { widgets: Widget[] };
const titled = (title: string): Widget => widgets.find(({ properties }) => properties.title === title) as Widget;
/** Names of the metrics of a widget, and its expressions. */
const shown = ({ properties }: Widget): string[] =>
  (properties.metrics ?? []).map((metric) => {
    const [first, second] = metric;
    return typeof first === 'object' ? (first as { expression: string }).expression : String(second);
  });

/** The body as CloudFormation joins it, `x` standing for references. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  const [, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}

describe('the dashboard', () => {
  it('is named after the environment', () => {
    expect(board['DashboardName']).toBe('demo-chatbot');
  });

  it('begins with what support was like before, and the use cases by priority', () => {
    const markdown = widgets[0]?.properties.markdown;
    expect(markdown).toContain('(Contact statistics, 2026-09-30): 18400 contacts a month, 5.2 USD each, satisfaction 3.7 of 5.');
    expect(markdown).toContain('(volume x simplicity): Orders, Returns.');
  });

  it('shows every alarm', () => {
    expect(titled('Alarms').properties.alarms).toEqual(['arn:aws:cloudwatch:eu-central-1:111122223333:alarm:demo-x']);
  });

  it('shows a line of turns for each use case', () => {
    const lines = titled('Turns by use case').properties.metrics ?? [];
    expect(lines.map((line) => line.slice(0, 4))).toEqual([
      ['Chatbot/demo', METRICS.turns, 'UseCase', 'returns'],
      ['Chatbot/demo', METRICS.turns, 'UseCase', 'orders'],
    ]);
    expect(lines.map((line) => (line[4] as { label: string }).label)).toEqual(['Returns', 'Orders']);
  });

  it('shows fallbacks and escalations as a share of turns, with the alarm’s threshold', () => {
    expect(shown(titled('Answers that were none'))).toEqual(['100 * FILL(fallbacks, 0) / turns', METRICS.fallbacks, METRICS.turns, '100 * FILL(escalations, 0) / turns', METRICS.escalations]);
    expect(titled('Answers that were none').properties.annotations?.horizontal).toMatchObject([{ value: 25, label: 'Alarm' }]);
  });

  it('shows satisfaction and time to first content against what was there and what was promised', () => {
    expect(shown(titled('Satisfaction, 1-5'))).toEqual([METRICS.satisfaction]);
    expect(titled('Satisfaction, 1-5').properties.annotations?.horizontal).toMatchObject([{ value: 3.7, label: 'Before the bot' }]);
    expect(shown(titled('Time to first content, ms'))).toEqual([METRICS.firstContentMilliseconds, METRICS.firstContentMilliseconds]);
    expect(titled('Time to first content, ms').properties.annotations?.horizontal).toMatchObject([{ value: 1_500, label: 'Promise' }]);
  });

  it('shows the cost of a conversation', () => {
    expect(shown(titled('Today'))).toEqual(expect.arrayContaining(['FILL(cost, 0) / conversations', METRICS.turnCostUsd, METRICS.conversationsStarted]));
  });

  it('asks for no metric that nobody publishes', () => {
    const asked = widgets.flatMap(({ properties }) => properties.metrics ?? []).flatMap(([namespace, name]) => (namespace === 'Chatbot/demo' ? [name] : []));
    expect(asked.length).toBeGreaterThan(8);
    for (const name of asked) expect(Object.values(METRICS)).toContain(name);
  });

  it('lays its widgets side by side, none over another', () => {
    for (const [index, one] of widgets.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(24);
      for (const other of widgets.slice(index + 1)) {
        const apart = one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;
        expect([one.properties.title, other.properties.title, apart]).toEqual([one.properties.title, other.properties.title, true]);
      }
    }
  });
});
