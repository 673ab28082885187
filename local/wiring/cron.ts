/** Days that are searched for the next run; beyond, an expression counts as over. */
const HORIZON_DAYS = 366 * 8;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 1, most: 7, names: WEEKDAYS },
  { name: 'year', least: 1970, most: 2199 },
];

/** Finds the next run after a time, in epoch milliseconds; undefined when there is none. */
export type NextRun = (after: number) => number | undefined;

/**
 * Compiles a schedule expression of EventBridge, in UTC: `rate(5 minutes)`, `cron(0 6 ? * MON-FRI *)`,
 * `at(2026-01-31T10:00:00)`. A rate counts from the time it is asked about.
 * @throws Error naming the expression when it is none of these, or uses `L`, `W` or `#`
 */
export function compileSchedule(expression: string): NextRun {
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(inside, expression);
  if (kind === 'cron') return cron(inside, expression);
  const at = kind === 'at' ? Date.parse(`${inside}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`The schedule '${expression}' is neither rate(…), cron(…) nor at(…).`);
  return (after) => (at > after ? at : undefined);
}

function rate(inside: string, expression: string): NextRun {
  const [, count, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside.trim()) ?? [];
  if (count === undefined) throw new Error(`The schedule '${expression}' must be like rate(5 minutes).`);
  const milliseconds = Number(count) * (unit === 'minute' ? MINUTE : unit === 'hour' ? 60 * MINUTE : DAY);
  return (after) => after + milliseconds;
}

function cron(inside: string, expression: string): NextRun {
  const parts = inside.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new Error(`The schedule '${expression}' must have six fields: minutes, hours, day of month, month, day of week, year.`);
  const sets = FIELDS.map((field, index) => values(field, parts[index] ?? '', expression));
  const has = (index: number, value: number): boolean => sets[index]?.has(value) ?? false;
  const isDay = (date: Date): boolean =>
    has(5, date.getUTCFullYear()) && has(3, date.getUTCMonth() + 1) && has(2, date.getUTCDate()) && has(4, date.getUTCDay() + 1);
  return (after) => {
    const first = Math.floor(after / MINUTE) * MINUTE + MINUTE;
    const startOfDay = Math.floor(first / DAY) * DAY;
    for (let day = 0; day < HORIZON_DAYS; day += 1) {
      const midnight = startOfDay + day * DAY;
      if (!isDay(new Date(midnight))) continue;
      for (let at = Math.max(first, midnight); at < midnight + DAY; at += MINUTE) {
        const date = new Date(at);
        if (has(1, date.getUTCHours()) && has(0, date.getUTCMinutes())) return at;
      }
    }
    return undefined;
  };
}

function values(field: Field, text: string, expression: string): ReadonlySet<number> {
  const wrong = (): Error => new Error(`The schedule '${expression}' has '${text}' as its ${field.name}, which is not emulated or not valid.`);
  const found = new Set<number>();
  for (const part of text.toUpperCase().split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const every = step === undefined ? 1 : Number(step);
    const [from = '', to] = range.split('-');
    const all = range === '*' || range === '?';
    const first = all ? field.least : number(field, from);
    // With a step, a single value is where it starts.
    const last = all || (to === undefined && step !== undefined) ? field.most : number(field, to ?? from);
    if (first === undefined || last === undefined || first > last || every < 1) throw wrong();
    for (let value = first; value <= last; value += every) found.add(value);
  }
  return found;
}

function number(field: Field, text: string): number | undefined {
  const named = field.names?.indexOf(text) ?? -1;
  const value = named >= 0 ? named + field.least : /^\d+$/.test(text) ? Number(text) : undefined;
  return value === undefined || value < field.least || value > field.most ? undefined : value;
}
