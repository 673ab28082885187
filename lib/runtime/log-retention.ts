import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What the service offers, by days; without the value that keeps logs for ever. */
const OFFERED = new Map<number, RetentionDays>(
  Object.values(RetentionDays).flatMap((value) => (typeof value === 'number' && value !== RetentionDays.INFINITE ? [[value, value]] : [])),
);

/**
 * Retention in days as CloudWatch Logs names it.
 * @throws Error when the service does not offer that number of days.
 */
export function retentionOf(days: number): RetentionDays {
  const found = OFFERED.get(days);
  if (found === undefined) throw new Error(`Log retention of ${days} days is not offered by CloudWatch Logs; use one of ${[...OFFERED.keys()].toSorted((a, b) => a - b).join(', ')}.`);
  return found;
}
