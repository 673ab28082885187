import { createHash } from 'node:crypto';
import type { Estate } from './types.ts';

/** Region and account of an ARN. */
export type Place = Pick<Estate, 'region' | 'accountId'>;

const arn = (place: Place, service: string, rest: string): string =>
  `arn:aws:${service}:${place.region}:${place.accountId}:${rest}`;

/** ARN of a DynamoDB table. */
export const tableArn = (place: Place, table: string): string => arn(place, 'dynamodb', `table/${table}`);
/** ARN of a table's index. */
export const indexArn = (place: Place, table: string, index: string): string => `${tableArn(place, table)}/index/${index}`;
/** ARN of a table's stream. The label is fixed, so that it survives restarts. */
export const streamArn = (place: Place, table: string): string => `${tableArn(place, table)}/stream/2026-01-01T00:00:00.000`;
/** ARN of an SQS queue. */
export const queueArn = (place: Place, queue: string): string => arn(place, 'sqs', queue);
/** ARN of a KMS key. */
export const keyArn = (place: Place, keyId: string): string => arn(place, 'kms', `key/${keyId}`);
/** ARN of a KMS alias (`alias/name`). */
export const aliasArn = (place: Place, alias: string): string => arn(place, 'kms', alias);
/** ARN of an event bus. */
export const busArn = (place: Place, bus: string): string => arn(place, 'events', `event-bus/${bus}`);

/**
 * ARN of a secret. AWS appends six random characters; here they follow from the name, so that a template can be
 * resolved before the secret exists and twice with the same result.
 */
export function secretArn(place: Place, name: string): string {
  const suffix = createHash('sha256').update(name).digest('base64').replaceAll(/[^A-Za-z]/g, '').slice(0, 6);
  return arn(place, 'secretsmanager', `secret:${name}-${suffix}`);
}
