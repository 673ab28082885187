import { describe, expect, it } from 'vitest';
import type { AccessMatrix } from '../../../../lib/compliance/report/views.ts';
import type { Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { arn, role, SAMPLE, statement, tags, view } from './view.ts';

const matrix = (resources: Readonly<Record<string, Json>>, parameters: Partial<Parameters> = {}): AccessMatrix => view(resources, parameters).accessMatrix;
const readers = (resources: Readonly<Record<string, Json>>, parameters: Partial<Parameters> = {}): string[] => matrix(resources, parameters).readers.map(({ role: who, how }) => `${who} ${how}`);
const { Key, Conversations } = SAMPLE as { Key: Json; Conversations: Json };

describe('the access matrix of the report', () => {
  it('has one cell for each role and store, with conditions, wildcards and what is not told', () => {
    const { cells, roles, stores } = matrix({
      Key, Conversations,
      Chat: role(statement(['dynamodb:Get*', 'dynamodb:Query'], arn('Conversations')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } })),
      Foreign: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } },
    });
    expect(cells.map(({ role: who, store }) => `${who} ${store}`)).toEqual(['Chat Key', 'Chat Conversations', 'Foreign Key', 'Foreign Conversations']);
    expect(cells[1]).toEqual({ role: 'Chat', store: 'Conversations', access: ['read', 'decrypt'], actions: ['dynamodb:GetItem', 'dynamodb:Query', 'kms:Decrypt'], wildcard: true, condition: 'kms:Decrypt when StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com' });
    expect(cells[3]).toMatchObject({ access: ['read', 'write', 'delete', 'decrypt', 'administer'], unknown: expect.stringMatching(/^read, write, delete, decrypt, administer: .*SomethingElse/) });
    expect(roles[0]).toEqual({ id: 'Chat', name: 'Chat', usedBy: 'lambda.amazonaws.com' });
    expect(stores).toEqual([{ id: 'Key', name: 'Key', type: 'AWS::KMS::Key', holds: 'key' }, { id: 'Conversations', name: 'Conversations', type: 'AWS::DynamoDB::Table', holds: 'conversation' }]);
  });

  it('names what runs as a role', () => {
    expect(matrix(SAMPLE).roles.map(({ id, usedBy }) => `${id} ${usedBy}`)).toEqual(['ChatRole Chat', 'BlindRole lambda.amazonaws.com', 'WorkerRole Worker']);
  });

  it('says what a role is declared for, whatever runs as it', () => {
    const declared = { dataSubjectRoles: { erase: ['Blind'], export: ['Worker', 'Blind'], support: [] } };
    expect(matrix(SAMPLE, declared).roles.map(({ id, usedBy }) => `${id} ${usedBy}`)).toEqual(['ChatRole Chat', 'BlindRole lambda.amazonaws.com; declared for erase and export', 'WorkerRole Worker; declared for export']);
    expect(readers(SAMPLE, declared)).toEqual(['ChatRole reads Conversations and decrypts with Key.', 'WorkerRole reads Turns, which asks for no key of its own. The role is declared for export.']);
  });

  it('tells stacks apart that name things alike', () => {
    const twice = matrix({ A: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'app/Same/Resource' } }, B: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'app/Same/Resource' } } });
    expect(twice.stores.map(({ id }) => id)).toEqual(['one/A', 'one/B']);
  });
});

describe('who can read a conversation in clear', () => {
  it('is who reads a personal store and decrypts under its key', () => {
    expect(readers(SAMPLE)).toEqual(['ChatRole reads Conversations and decrypts with Key.', 'WorkerRole reads Turns, which asks for no key of its own.']);
  });

  it('leaves out who only lists, and stores that are not personal', () => {
    expect(readers({ Bucket: { Type: 'AWS::S3::Bucket' }, Lister: role(statement('s3:ListBucket', arn('Bucket'))) })).toEqual([]);
    expect(readers({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('operational') } }, Reader: role(statement('dynamodb:GetItem', arn('Table'))) })).toEqual([]);
  });

  it('says what cannot be told: a key elsewhere, a class that is a parameter, a policy outside', () => {
    const reader = role(statement('dynamodb:GetItem', arn('Table')));
    const table = (properties: Json): Json => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
    expect(readers({ Reader: reader, Table: table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/11112222-3333-4444-5555-666677778888' } }) })).toEqual(['Reader may read Table, if it decrypts with a key that is not in the templates.']);
    expect(readers({ Reader: reader, Table: table({ Tags: [{ Key: 'data-class', Value: { Ref: 'Class' } }] }) })).toEqual(['Reader may read Table, which asks for no key of its own.']);
    expect(readers({ Table: table({}), Foreign: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } })).toEqual(['Foreign may read Table, which asks for no key of its own.']);
  });

  it('says where a key per person protects besides, and who could undo it', () => {
    const both = { Key, Conversations, Through: role(statement('dynamodb:GetItem', arn('Conversations')), statement('kms:Decrypt', arn('Key'), { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } })), Alone: role(statement('dynamodb:GetItem', arn('Conversations')), statement('kms:Decrypt', arn('Key'))) };
    expect(readers(both, { keyShredded: ['Conversations'] })).toEqual([
      'Through reads Conversations and decrypts with Key. What stands in Conversations is declared to be encrypted under a key per person besides, and the role decrypts with no key of the estate but through a service.',
      'Alone reads Conversations and decrypts with Key. What stands in Conversations is declared to be encrypted under a key per person besides, and the role decrypts by itself.',
    ]);
  });

  it('tells who gets none of it in clear: what is sealed, and keys that are wrapped, are nothing by themselves', () => {
    const through = { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' };
    const decrypts = statement('kms:Decrypt', arn('Key'), { StringEquals: through });
    const keys = { Keys: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('key-material') } } };
    const told = (more: Record<string, Json>, ...stores: readonly string[]): (readonly [string, boolean])[] => matrix({ Key, Conversations, ...more, Reader: role(decrypts, ...stores.map((store) => statement('dynamodb:GetItem', arn(store)))) }, { keyShredded: ['Conversations'] }).readers.map(({ role: who, clear }) => [who, clear] as const);
    expect(told({}, 'Conversations')).toEqual([['Reader', false]]);
    expect(told(keys, 'Conversations', 'Keys')).toEqual([['Reader', false]]);
    expect(told({ Notes: { Type: 'AWS::DynamoDB::Table', Properties: {} } }, 'Conversations', 'Notes')).toEqual([['Reader', true]]);
  });

  it('is who stands in no template too, as far as policies admit him', () => {
    const table = (Principal: Json, Action: Json): Json => ({ Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] } } } });
    const { roles, cells, readers: told } = matrix({ Read: table({ AWS: '999988887777' }, 'dynamodb:Scan'), Written: table('*', 'dynamodb:PutItem'), Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '888877776666' }, Action: 'execute-api:Invoke', Resource: '*' }] } } } });
    expect(roles).toEqual([
      { id: 'account 999988887777', name: 'account 999988887777', usedBy: 'outside the templates, admitted by Read', outside: true },
      { id: 'anybody', name: 'anybody', usedBy: 'outside the templates, admitted by Written', outside: true },
    ]);
    expect(cells.map(({ role: who, store, access }) => `${who} ${store} ${access.join(', ')}`)).toEqual(['account 999988887777 Read read', 'anybody Written write']);
    expect(told).toEqual([{ role: 'account 999988887777', clear: true, how: 'reads Read, which asks for no key of its own.' }]);
  });
});
