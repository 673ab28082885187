import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { EstateKeys } from '../../../lib/encryption/index.ts';
import type { EstateKeysProps } from '../../../lib/encryption/index.ts';
import { capability, plain, propertiesOf, sentence, statementsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';

const CLASSES = ['conversations', 'subjects', 'logs', 'audit', 'operations'] as const;
const make = (props: Partial<EstateKeysProps> = {}) => capability(({ stack }) => new EstateKeys(stack, 'Keys', { prefix: 'demo', auditLogGroups: ['API-Errors_*/live', 'firewall-demo'], existing: {}, removal: RemovalPolicy.RETAIN, ...props }));
const keysOf = (template: ReturnType<typeof make>['template']): Map<string, Properties> => new Map([...propertiesOf(template, 'AWS::KMS::Key')].filter(([id]) => id.startsWith('Keys')).map(([id, key]) => [id.slice('Keys'.length, -8), key]));

/** What a key's policy says beside «the account decides»: principal, then the statement. */
const admitted = (key: Properties | undefined): string[] =>
  statementsOf(key?.['KeyPolicy'])
    .slice(1)
    .map((statement) => `${plain((statement['Principal'] as { Service: unknown }).Service)}: ${sentence(statement)}`);

describe('keys of an estate', () => {
  const { template } = make();
  const keys = keysOf(template);

  it('are one for each class of data, each with its alias', () => {
    expect([...keys.keys()]).toEqual(['Conversations', 'Subjects', 'Logs', 'Audit', 'Operations']);
    const aliases = [...propertiesOf(template, 'AWS::KMS::Alias').values()].map(({ AliasName, TargetKeyId }) => [AliasName, plain(TargetKeyId)]);
    expect(aliases).toEqual(CLASSES.map((name) => [`alias/demo/${name}`, `<Keys${name.charAt(0).toUpperCase()}${name.slice(1)}.Arn>`]));
  });

  it('rotate, and can be kept from deletion for 30 days', () => {
    for (const key of keys.values()) expect(key).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 });
  });

  it('stay or go as the policy for stores says', () => {
    const fate = (removal: RemovalPolicy) => Object.entries(make({ removal }).template.findResources('AWS::KMS::Key')).filter(([id]) => id.startsWith('Keys')).map(([, { DeletionPolicy }]) => String(DeletionPolicy));
    expect(fate(RemovalPolicy.RETAIN)).toEqual(CLASSES.map(() => 'Retain'));
    expect(fate(RemovalPolicy.DESTROY)).toEqual(CLASSES.map(() => 'Delete'));
  });

  it('leave everything else to IAM: conversations and subjects admit no service', () => {
    for (const key of keys.values()) expect(statementsOf(key['KeyPolicy'])[0]).toMatchObject({ Action: 'kms:*', Principal: { AWS: expect.anything() } });
    expect(admitted(keys.get('Conversations'))).toEqual([]);
    expect(admitted(keys.get('Subjects'))).toEqual([]);
  });

  const groups = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group';
  const logGroups = 'logs.<AWS::Region>.amazonaws.com: kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:DescribeKey on * if ArnLike kms:EncryptionContext:aws:logs:arn';

  it('admit log groups of this account and region to that of operational logs, and nobody else', () => {
    expect(admitted(keys.get('Logs'))).toEqual([`${logGroups} = ${groups}:*`]);
  });

  it('admit to that of the audit class the log groups that are named, and the one trail', () => {
    expect(admitted(keys.get('Audit'))).toEqual([
      `${logGroups} = ${groups}:API-Errors_*/live | ${groups}:firewall-demo`,
      'cloudtrail.amazonaws.com: kms:GenerateDataKey kms:DescribeKey on * if StringEquals aws:SourceArn = arn:<AWS::Partition>:cloudtrail:<AWS::Region>:<AWS::AccountId>:trail/demo-data-events',
    ]);
  });

  it('admit alarms and the event bus of this account, which write to encrypted topics and queues', () => {
    expect(admitted(keys.get('Operations'))).toEqual([
      'cloudwatch.amazonaws.com: kms:Decrypt kms:GenerateDataKey on * if StringEquals aws:SourceAccount = <AWS::AccountId>',
      'events.amazonaws.com: kms:Decrypt kms:GenerateDataKey kms:DescribeKey on * if StringEquals aws:SourceAccount = <AWS::AccountId>',
    ]);
  });
});

describe('keys that are brought', () => {
  const arn = (name: string): string => `arn:aws:kms:eu-central-1:111122223333:key/${name}`;

  it('make no new ones', () => {
    const { template, made } = make({ existing: Object.fromEntries(CLASSES.map((name) => [name, arn(name)])) });
    expect([...keysOf(template)]).toEqual([]);
    for (const name of CLASSES) expect(made[name].keyArn).toBe(arn(name));
  });

  it('replace only their own class', () => {
    const { template, made } = make({ existing: { logs: arn('logs') } });
    expect([...keysOf(template).keys()]).toEqual(['Conversations', 'Subjects', 'Audit', 'Operations']);
    expect(made.logs.keyArn).toBe(arn('logs'));
  });
});
