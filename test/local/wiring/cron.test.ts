import { describe, expect, it } from 'vitest';
import { compileSchedule } from '../../../local/wiring/cron.ts';

const from = Date.parse('2026-01-05T10:00:30Z'); // a Monday
const next = (expression: string, after = from): string | undefined => {
  const at = compileSchedule(expression)(after);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('compileSchedule', () => {
  it.each([
    ['rate(5 minutes)', '2026-01-05T10:05:30.000Z'],
    ['rate(1 day)', '2026-01-06T10:00:30.000Z'],
    ['cron(* * * * ? *)', '2026-01-05T10:01:00.000Z'],
    ['cron(0 10 * * ? *)', '2026-01-06T10:00:00.000Z'],
    ['cron(0/20 10 * * ? *)', '2026-01-05T10:20:00.000Z'],
    ['cron(15,45 9-17/4 ? * MON-FRI *)', '2026-01-05T13:15:00.000Z'],
    ['cron(0 6 ? * 1 *)', '2026-01-11T06:00:00.000Z'],
    ['cron(0 0 31 * ? *)', '2026-01-31T00:00:00.000Z'],
    ['cron(0 0 29 FEB ? *)', '2028-02-29T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2025)', undefined],
    ['at(2026-01-05T11:00:00)', '2026-01-05T11:00:00.000Z'],
    ['at(2026-01-05T09:00:00)', undefined],
  ])('%s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  it.each(['rate(0 minutes)', 'rate(5 weeks)', 'cron(0 6 * * ?)', 'cron(0 6 L * ? *)', 'cron(61 6 * * ? *)', 'cron(0 6 ? * FRI#2 *)', 'cron(9-3 6 ? * * *)', 'at(soon)', 'hourly', ''])('refuses %s', (expression) => {
    expect(() => compileSchedule(expression)).toThrow(new RegExp(`The schedule '${expression.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}'`));
  });
});
