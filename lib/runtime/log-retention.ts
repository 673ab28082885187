import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * Retention in days as CloudWatch Logs names it.
 * @throws Error when the service does not offer that number of days.
 */
export function retentionOf(days: number): RetentionDays {
  if (days in RetentionDays) return days;
  const offered = Object.values(RetentionDays).filter((value): value is RetentionDays => typeof value === 'number' && value < 9999);
  throw new Error(`Log retention of ${days} days is not offered by CloudWatch Logs; use one of ${offered.join(', ')}.`);
}
