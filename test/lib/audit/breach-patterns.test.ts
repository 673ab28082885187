import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import { bulkCopies, deniedKeyCalls } from '../../../lib/audit/breach-patterns.ts';
import type { EventPattern } from '../../../lib/audit/breach-patterns.ts';
import { compilePattern } from '../../../local/aws/events/pattern.ts';

const PLACE = 'eu-central-1:111122223333';
const KEYS = ['1a', '2b', '3c'].map((start) => `arn:aws:kms:${PLACE}:key/${start}000000-0000-0000-0000-000000000000`);
const [KEY = ''] = KEYS;
const tableOf = (tableName: string): ITable => ({ tableName, tableArn: `arn:aws:dynamodb:${PLACE}:table/${tableName}` }) as ITable;
const TABLES = [tableOf('demo-conversations'), tableOf('demo-subject-keys')];

const matches = (pattern: EventPattern, service: string, detail: object): boolean =>
  compilePattern(pattern)({ source: `aws.${service}`, 'detail-type': 'AWS API Call via CloudTrail', detail: { eventSource: `${service}.amazonaws.com`, ...detail } });
const denied = (detail: object): boolean => matches(deniedKeyCalls(KEYS), 'kms', { eventName: 'Decrypt', errorCode: 'AccessDenied', requestParameters: null, ...detail });
const message = (key: string): string => `User: arn:aws:sts::111122223333:assumed-role/somebody/session is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`;
const copied = (eventName: string, requestParameters: object): boolean => matches(bulkCopies(TABLES), 'dynamodb', { eventName, requestParameters });

describe('denied use of a key', () => {
  it.each([
    ['in the message alone', { errorMessage: message(KEY) }],
    ['among the resources', { resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: KEYS[2] }] }],
    ['in the request', { requestParameters: { keyId: KEYS[1], encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } }],
    ['as another code says it', { errorCode: 'AccessDeniedException', errorMessage: message(KEY) }],
    ['when it would give the right away', { eventName: 'CreateGrant', errorMessage: message(KEY) }],
  ])('is found %s', (_, detail) => {
    expect(denied(detail)).toBe(true);
  });

  it.each([
    ['another key', { errorMessage: message('arn:aws:kms:eu-central-1:111122223333:key/9f000000-0000-0000-0000-000000000000'), resources: [{ ARN: 'arn:aws:kms:eu-central-1:111122223333:key/9f' }] }],
    ['a call that succeeded', { errorCode: null, resources: [{ ARN: KEY }] }],
    ['a wrong ciphertext', { errorCode: 'InvalidCiphertextException', resources: [{ ARN: KEY }] }],
    ['somebody who looks at the list of keys', { eventName: 'DescribeKey', errorMessage: message(KEY) }],
  ])('is not %s', (_, detail) => {
    expect(denied(detail)).toBe(false);
  });
});

describe('a copy of a whole table', () => {
  const [{ tableArn, tableName }] = TABLES as [ITable];

  it.each([
    ['ExportTableToPointInTime', { tableArn, s3Bucket: 'somewhere' }],
    ['RestoreTableToPointInTime', { sourceTableName: tableName, targetTableName: 'copy' }],
    ['RestoreTableToPointInTime', { sourceTableArn: tableArn, targetTableName: 'copy' }],
    ['RestoreTableFromBackup', { backupArn: `${tableArn}/backup/01500000000000-00000000`, targetTableName: 'copy' }],
    ['EnableKinesisStreamingDestination', { tableName, streamArn: 'arn:aws:kinesis:eu-central-1:111122223333:stream/out' }],
    ['EnableKinesisStreamingDestination', { tableName: tableArn }],
    ['PutResourcePolicy', { resourceArn: tableArn, policy: '{}' }],
    ['PutResourcePolicy', { resourceArn: `${tableArn}/stream/2026-01-01T00:00:00.000`, policy: '{}' }],
  ])('is %s of %o', (name, parameters) => {
    expect(copied(name, parameters)).toBe(true);
  });

  it.each([
    ['ExportTableToPointInTime', { tableArn: `arn:aws:dynamodb:${PLACE}:table/another` }],
    ['ExportTableToPointInTime', { tableArn: `${tableArn}-of-somebody-else` }],
    ['CreateBackup', { tableName }],
    ['UpdateTable', { tableName }],
    ['EnableKinesisStreamingDestination', { tableName: 'another' }],
  ])('is not %s of %o', (name, parameters) => {
    expect(copied(name, parameters)).toBe(false);
  });
});

describe('the patterns', () => {
  it('are no longer than EventBridge takes, with the longest prefix and region', () => {
    const place = 'ap-southeast-1:111122223333';
    const long = ['conversations', 'subject-keys'].map((name) => ({ tableName: `${'a'.repeat(20)}-${name}`, tableArn: `arn:aws:dynamodb:${place}:table/${'a'.repeat(20)}-${name}` }) as ITable);
    const keys = KEYS.map((key) => key.replace(PLACE, place));
    // Quota of EventBridge: 2,048 characters.
    for (const pattern of [deniedKeyCalls(keys), bulkCopies(long)]) expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2_048);
  });
});
