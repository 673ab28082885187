import { describe, expect, it } from 'vitest';
import { fallbackWatch } from '../../../lib/chat/fallback-watch.ts';
import { alarmCalled } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';
import { chatApp } from './chat-app.ts';

describe('the period of the fallback alarm', () => {
  it.each([
    [400_000, 5],
    [73_000, 15],
    [36_500, 30],
    [18_400, 60],
    [9_000, 180],
    [4_000, 360],
    [1_900, 720],
    [100, 1_440],
    [1, 1_440],
  ])('for %i contacts a month is %i minutes', (contactsPerMonth, minutes) => {
    expect(fallbackWatch(contactsPerMonth).period.toMinutes()).toBe(minutes);
  });

  it('gives an average hour the turns that a share takes', () => {
    for (let contacts = 4_000; contacts < 1_000_000; contacts = Math.ceil(contacts * 1.3)) {
      const { period, minimumTurns } = fallbackWatch(contacts);
      expect((contacts * 4 * period.toMinutes()) / 730 / 60).toBeGreaterThanOrEqual(2 * minimumTurns);
    }
  });
});

/** What an alarm in the template does with a period's figures; read from the template, so that another expression is not judged by this one's logic. */
function alarmOf(contactsPerMonth: number) {
  const { properties } = alarmCalled(chatApp({ contactsPerMonth, thresholds: { fallbackPercent: 20 } }).template, 'demo-fallback-rate');
  const metrics = properties['Metrics'] as { Expression?: string; MetricStat?: { Metric: Properties; Period: number; Stat: string } }[];
  const measured = metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  expect(measured.map(({ Metric, Stat }) => [Metric['Namespace'], Metric['MetricName'], Stat])).toEqual([['Chatbot/demo', 'Turns', 'Sum'], ['Chatbot/demo', 'Fallbacks', 'Sum']]);
  const minimum = Number(/^IF\(turns >= (\d+), 100 \* FILL\(fallbacks, 0\) \/ turns, 0\)$/.exec(metrics.find(({ Expression }) => Expression)?.Expression ?? '')?.[1]);
  expect(minimum).toBeGreaterThan(0);
  expect(properties['ComparisonOperator']).toBe('GreaterThanOrEqualToThreshold');
  const periods = properties['EvaluationPeriods'] as number;
  const [seconds] = new Set(measured.map(({ Period }) => Period));
  const breaches = ({ turns, fallbacks }: Figures): boolean => (turns >= minimum ? (100 * fallbacks) / turns : 0) >= (properties['Threshold'] as number);
  /** Whether the alarm is on after each period. */
  const states = (series: readonly Figures[]): boolean[] => series.map((_, index) => index + 1 >= periods && series.slice(index + 1 - periods, index + 1).every(breaches));
  return { hours: (seconds ?? 0) / 3_600, states };
}

interface Figures {
  readonly turns: number;
  readonly fallbacks: number;
}

/** Chance from a seed (mulberry32), the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Hours of a day by how busy they are, and days of a week; both 1 on average. */
const HOURS = [0.2, 0.12, 0.1, 0.1, 0.1, 0.2, 0.5, 0.9, 1.3, 1.6, 1.8, 1.8, 1.7, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.5, 1.3, 0.9, 0.5, 0.28];
const DAYS = [1.15, 1.1, 1.05, 1.05, 1.1, 0.85, 0.7];
const TURNS_PER_HOUR = (contactsPerMonth: number): number => (contactsPerMonth * 4) / 730;

/** Turns of a period that begins at an hour since some Monday, and how many of them were fallbacks. */
function figures(random: () => number, perHour: number, hour: number, hours: number, rate: number): Figures {
  const expected = Array.from({ length: Math.max(1, Math.round(hours)) }, (_, index) => {
    const at = Math.floor(hour + index);
    return perHour * Math.min(1, hours) * (HOURS[at % 24] ?? 0) * (DAYS[Math.floor(at / 24) % 7] ?? 0);
  }).reduce((sum, each) => sum + each, 0);
  const turns = poisson(random, expected);
  let fallbacks = 0;
  for (let turn = 0; turn < turns; turn++) if (random() < rate) fallbacks += 1;
  return { turns, fallbacks };
}

/** How many happen when so many are expected: arrivals until their waits, each exponential, fill the time. */
function poisson(random: () => number, expected: number): number {
  let count = 0;
  for (let waited = -Math.log(1 - random()); waited < expected; waited -= Math.log(1 - random())) count += 1;
  return count;
}

const PLATFORMS = [2_000, 18_400, 40_000, 80_000, 250_000];

describe.each(PLATFORMS)('with %i contacts a month', (contactsPerMonth) => {
  const { hours, states } = alarmOf(contactsPerMonth);
  const perHour = TURNS_PER_HOUR(contactsPerMonth);

  it('a rise from 5 % to 25 % is noticed within two periods of average traffic, in 97 of 100 cases and more', () => {
    const random = chance(9);
    const cases = 500;
    let noticed = 0;
    for (let run = 0; run < cases; run++) {
      // As busy as an average period: the seasons are evened out, chance stays.
      const period = (rate: number): Figures => {
        const turns = poisson(random, perHour * hours);
        return { turns, fallbacks: Array.from({ length: turns }, () => (random() < rate ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0) };
      };
      const before = [period(0.05), period(0.05), period(0.05)];
      if (states([...before, period(0.25), period(0.25)]).slice(before.length).includes(true)) noticed += 1;
    }
    expect(noticed / cases).toBeGreaterThanOrEqual(0.97);
  });

  it('90 days with their nights, weekends and chance at 5 % raise one false alarm a month at most', () => {
    const random = chance(90);
    const series = Array.from({ length: Math.floor((90 * 24) / hours) }, (_, index) => figures(random, perHour, index * hours, hours, 0.05));
    const on = states(series);
    const raised = on.flatMap((state, index) => (state && !on[index - 1] ? [Math.floor((index * hours) / 24 / 30)] : []));
    expect(Math.max(0, ...[0, 1, 2].map((month) => raised.filter((at) => at === month).length))).toBeLessThanOrEqual(1);
    // The days are not so quiet that nothing could have been raised.
    expect(states(series.map(({ turns }) => ({ turns, fallbacks: Math.round(turns / 4) }))).filter(Boolean).length).toBeGreaterThan(series.length / 3);
  });
});
