import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../../bin/assembly.ts';
import type { Template } from '../../../bin/assembly.ts';
import { estateOf, listAt } from '../../../bin/diagram/estate.ts';
import { admissionsTable } from '../../../bin/docs/admissions.ts';
import { rightsTable } from '../../../bin/docs/rights.ts';
import { ASSEMBLY } from '../../support/paths.ts';

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

const LOGS = { Action: ['logs:PutLogEvents'], Effect: 'Allow', Resource: { 'Fn::GetAtt': ['LogsA', 'Arn'] } };
const SERVICE: Resources = {
  RoleA: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] } } },
  A: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'demo-a', Role: { 'Fn::GetAtt': ['RoleA', 'Arn'] } } },
  LogsA: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/demo-a' } },
  Turns0A1B2C3D: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'demo-turns' } },
};
const DATA = {
  Resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'demo-items' } }, Key: { Type: 'AWS::KMS::Key', Properties: {} }, KeyAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/demo/items', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } } },
  Outputs: { TableArn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } }, KeyArn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
};
const output = (OutputName: string) => ({ 'Fn::GetStackOutput': { StackName: 'demo-data', OutputName } });

/** Rows of both tables, for a function whose role has one managed policy with these statements. */
function tables(statements: readonly unknown[], more: Resources = {}) {
  const policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'RoleA' }], PolicyDocument: { Statement: [LOGS, ...statements] } } };
  const templates = new Map<string, Template>([['Data', DATA], ['Service', { Resources: { ...SERVICE, Policy: policy, ...more } }]]);
  const surveyed = { templates, estate: estateOf(templates), prefix: 'demo', region: 'eu-central-1' };
  return { rights: () => rightsTable(surveyed).split('\n').slice(2), admissions: () => admissionsTable(surveyed).split('\n').slice(2) };
}

const COMMON = '| every function | logs: PutLogEvents | its own log group `/aws/lambda/…` |  |';
/** A second function with nothing of its own, so that there is something in common. */
const OTHER: Resources = {
  RoleB: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, Policies: [{ PolicyDocument: { Statement: [{ ...LOGS, Resource: { 'Fn::GetAtt': ['LogsB', 'Arn'] } }] } }] } },
  B: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'demo-b', Role: { 'Fn::GetAtt': ['RoleB', 'Arn'] } } },
  LogsB: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/demo-b' } },
};

describe('the table of rights', () => {
  it('says what all functions may once, and what each may alone', () => {
    expect(tables([{ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Turns0A1B2C3D', 'Arn'] } }], OTHER).rights()).toEqual([COMMON, '| `a` | sqs: SendMessage | queue `turns` |  |', '| `b` | nothing else |  |  |']);
  });

  it('follows references into other stacks, and keeps what follows them', () => {
    const rows = tables([{ Action: ['dynamodb:Query', 'dynamodb:GetItem'], Effect: 'Allow', Resource: [output('TableArn'), { 'Fn::Join': ['', [output('TableArn'), '/index/idle']] }] }], OTHER).rights();
    expect(rows[1]).toBe('| `a` | dynamodb: Query, GetItem | table `items`, `items/index/idle` |  |');
  });

  it('shows a wildcard, another region, and the log group of somebody else', () => {
    const model = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:eu-west-1::foundation-model/x']] };
    const rows = tables([{ Action: 'a:B', Effect: 'Allow', Resource: '*' }, { Action: 'bedrock:Invoke', Effect: 'Allow', Resource: model }, { Action: 'logs:Read', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['LogsB', 'Arn'] } }], OTHER).rights();
    expect(rows.slice(1, 4)).toEqual(['| `a` | a: B | `*` |  |', '|  | bedrock: Invoke | foundation-model `x in eu-west-1` |  |', '|  | logs: Read | log group `/aws/lambda/b` |  |']);
  });

  it.each([
    [{ StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } }, 'through `dynamodb`'],
    [{ StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } }, 'through `dynamodb.us-east-1.amazonaws.com`'],
    [{ StringLike: { 'kms:ViaService': 'dynamodb.*' } }, 'StringLike `kms:ViaService` `dynamodb.*`'],
    [{ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] }, Null: { 'kms:EncryptionContext:subject': 'false' } }, 'no encryption context but `subject` and encryption context `subject` given'],
    [{ Null: { 'kms:EncryptionContext:subject': 'true' } }, 'encryption context `subject` of `true`'],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 'Bool `aws:SecureTransport` `true`'],
  ])('tells the condition %j', (Condition, words) => {
    expect(tables([{ Action: 'kms:Decrypt', Effect: 'Allow', Resource: output('KeyArn'), Condition }], OTHER).rights()[1]).toBe(`| \`a\` | kms: Decrypt | key \`items\` | ${words} |`);
  });

  it('calls a role that nothing runs under by its name', () => {
    const trust = (SERVICE['RoleA']?.Properties ?? {})['AssumeRolePolicyDocument'];
    const waiting = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'demo-erase', AssumeRolePolicyDocument: trust, Policies: [{ PolicyDocument: { Statement: [{ Action: 'dynamodb:DeleteItem', Effect: 'Allow', Resource: output('TableArn') }] } }] } };
    expect(tables([], { ...OTHER, Waiting: waiting }).rights().at(-1)).toBe('| role `erase` | dynamodb: DeleteItem | table `items` |  |');
  });

  it('shows a policy of AWS that is attached to a role', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { ...SERVICE['RoleA']?.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
    expect(tables([], { ...OTHER, RoleA: role }).rights()[1]).toBe('| `a` | all that it allows | policy `AdministratorAccess` |  |');
  });

  it('refuses to leave out what it cannot tell', () => {
    expect(() => tables([{ NotAction: 'iam:*', Effect: 'Allow', Resource: '*' }]).rights()).toThrow('A statement of a names no actions or no resources');
    expect(() => tables([{ Action: 'a:B', Effect: 'Allow', Resource: { Ref: 'Nowhere' } }]).rights()).toThrow('names nothing that is there');
    expect(() => tables([{ Action: 'a:B', Effect: 'Allow', Resource: output('Nothing') }]).rights()).toThrow('The output Nothing stands in no stack.');
  });

  it('has each action of each policy of prod', async () => {
    const templates = await readTemplates(ASSEMBLY, 'prod');
    const table = rightsTable({ templates, estate: estateOf(templates), prefix: 'chatbot-prod', region: 'eu-central-1' });
    const policies = [...templates.values()].flatMap(({ Resources }) => Object.values(Resources)).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
    const actions = policies.flatMap(({ Properties }) => listAt(Properties, 'PolicyDocument', 'Statement')).flatMap((statement) => listAt(statement, 'Action').map(String));
    expect(actions.length).toBeGreaterThan(80);
    const told = new Set([...table.matchAll(/([a-z0-9-]+): ((?:\w+, )*\w+)/g)].flatMap(([, service, names = '']) => names.split(', ').map((name) => `${service}:${name}`)));
    expect(actions.filter((action) => !told.has(action))).toEqual([]);
  });
});

describe('the table of services that are admitted', () => {
  const permission = (properties: object): Resources => ({ P: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { 'Fn::GetAtt': ['A', 'Arn'] }, Principal: 'events.amazonaws.com', ...properties } } });

  it.each([
    [{}, ''],
    [{ SourceAccount: { Ref: 'AWS::AccountId' } }, 'from this account'],
    [{ SourceArn: { 'Fn::GetAtt': ['Turns0A1B2C3D', 'Arn'] } }, 'from queue `turns`'],
    [{ SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::GetAtt': ['Turns0A1B2C3D', 'Arn'] } }, 'from queue `turns` of this account'],
    [{ SourceAccount: '111122223333' }, 'from 111122223333'],
  ])('tells what a permission asks for: %j', (properties, words) => {
    expect(tables([], permission(properties)).admissions()).toEqual([`| \`events.amazonaws.com\` | lambda: InvokeFunction | function \`a\` | ${words} |`, '| `lambda.amazonaws.com` | sts: AssumeRole | role of `a` |  |']);
  });

  it('tells of keys, queues, and policies that are text', () => {
    const allow = (principal: unknown, Action: string, Resource: unknown = '*') => ({ Statement: [{ Effect: 'Allow', Principal: principal, Action, Resource }, { Effect: 'Deny', Principal: '*', Action: 'x:Y', Resource }] });
    const more: Resources = {
      Own: { Type: 'AWS::KMS::Key', Properties: { Description: 'ours', KeyPolicy: allow({ AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::000000000000:root']] } }, 'kms:*') } },
      Queues: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: allow('*', 'sqs:SendMessage', { 'Fn::GetAtt': ['Turns0A1B2C3D', 'Arn'] }) } },
      Logs: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: { 'Fn::Join': ['', ['{"Statement":[{"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"', { 'Fn::GetAtt': ['LogsA', 'Arn'] }, '"}]}']] } } },
    };
    expect(tables([], more).admissions().toSorted()).toEqual(
      [
        '| IAM of this account | kms: * | key `ours` |  |',
        '| anybody | sqs: SendMessage | queue `turns` |  |',
        '| `delivery.logs.amazonaws.com` | logs: PutLogEvents | log group `/aws/lambda/a` |  |',
        '| `lambda.amazonaws.com` | sts: AssumeRole | role of `a` |  |',
      ].toSorted(),
    );
  });
});
