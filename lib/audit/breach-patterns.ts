import type { ITable } from 'aws-cdk-lib/aws-dynamodb';

/** Pattern of an EventBridge rule. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** How AWS services tell the default bus of a call that a trail records. */
const call = (service: string, detail: EventPattern): EventPattern => ({ source: [`aws.${service}`], 'detail-type': ['AWS API Call via CloudTrail'], detail: { eventSource: [`${service}.amazonaws.com`], ...detail } });

/**
 * Denied calls that would open what a key encrypts (`Decrypt`, `ReEncrypt`), or would give somebody the right to. Which key it was stands in different
 * places: a denial by a policy names it in its message in every example that we know, and may leave `resources` and `requestParameters` out.
 */
export function deniedKeyCalls(keyArns: readonly string[]): EventPattern {
  return call('kms', {
    eventName: ['Decrypt', 'ReEncrypt', 'CreateGrant', 'PutKeyPolicy'],
    errorCode: [{ prefix: 'AccessDenied' }],
    $or: [{ resources: { ARN: keyArns } }, { requestParameters: { keyId: keyArns } }, { errorMessage: keyArns.map((arn) => ({ wildcard: `*${arn}*` })) }],
  });
}

/**
 * Calls that copy a table as a whole, or open it to other accounts; none of them reads an item, so no metric of reads and no data event shows them.
 * A restore is one: what is read of the restored table, nobody watches. Taking a backup is none: it stays in the service, and a plan may do it each day.
 */
export function bulkCopies(tables: readonly ITable[]): EventPattern {
  const [names, arns] = [tables.map(({ tableName }) => tableName), tables.map(({ tableArn }) => tableArn)];
  const inside = arns.map((arn) => ({ prefix: `${arn}/` }));
  const fields = { tableArn: arns, tableName: [...names, ...arns], sourceTableArn: arns, sourceTableName: names, backupArn: inside, resourceArn: [...arns, ...inside] };
  return call('dynamodb', {
    eventName: ['ExportTableToPointInTime', 'RestoreTableToPointInTime', 'RestoreTableFromBackup', 'EnableKinesisStreamingDestination', 'PutResourcePolicy'],
    $or: Object.entries(fields).map(([name, values]) => ({ requestParameters: { [name]: values } })),
  });
}
