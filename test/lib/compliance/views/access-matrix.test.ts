import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../../../lib/compliance/rules/parameters.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { accessMatrix, type AccessCell, type AccessMatrix } from '../../../../lib/compliance/views/access-matrix.ts';

const matrix = (resources: Readonly<Record<string, Json>>): AccessMatrix => accessMatrix(estateOf('test', [{ name: 'one', region: 'eu-central-1', account: '111122223333', template: { Resources: resources }, file: 'one.json', sha256: '0' }]), DEFAULT_PARAMETERS);
const shown = ({ role, store, kind, access, wildcard, actions }: AccessCell): string => `${role.logicalId} ${store.logicalId} ${kind}: ${access}${wildcard ? ' *' : ''} ${actions.map(({ action, when }) => `${action.split(':')[1]}${when === undefined ? '' : ` when ${when}`}`).join(', ')}`;
const statement = (Action: Json, Resource: Json, Condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(Condition !== undefined && { Condition }) });
const role = (...statements: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } });
const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const via = (service: string): Json => ({ StringEquals: { 'kms:ViaService': `${service}.eu-central-1.amazonaws.com` } });

const KEY: Json = { Type: 'AWS::KMS::Key' };
const TABLE: Json = { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') }, Tags: [{ Key: 'data-class', Value: 'conversation' }] } };

describe('who may do what to which store', () => {
  it('names each kind of action, the key with its conditions, and nothing that is denied', () => {
    const { cells, roles, stores } = matrix({
      Key: KEY, Table: TABLE,
      Chat: role(statement(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], arn('Table')), statement('kms:Decrypt', arn('Key'), via('dynamodb')), statement('kms:Decrypt', arn('Key'), via('sqs'))),
      Sweep: role(statement('dynamodb:DeleteItem', arn('Table')), statement('kms:Decrypt', arn('Key'), via('dynamodb'))),
      Idle: role(),
    });
    expect(roles.map(({ logicalId }) => logicalId)).toEqual(['Chat', 'Sweep', 'Idle']);
    expect(stores.map(({ logicalId, personal }) => [logicalId, personal])).toEqual([['Key', undefined], ['Table', true]]);
    expect(cells.map(shown)).toEqual([
      'Chat Key decrypt: allow Decrypt when StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com, Decrypt when StringEquals kms:ViaService = sqs.eu-central-1.amazonaws.com',
      'Chat Table read one: allow GetItem',
      'Chat Table read many: allow Query',
      'Chat Table write: allow PutItem',
      'Chat Table decrypt: allow Decrypt when StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com',
      'Sweep Key decrypt: allow Decrypt when StringEquals kms:ViaService = dynamodb.eu-central-1.amazonaws.com',
      'Sweep Table delete: allow DeleteItem',
    ]);
    expect(cells[1]?.actions[0]?.by).toBe('Chat Policies[0].PolicyDocument.Statement[0]');
  });

  it('marks wildcards, but not the star that stands for what is in the store', () => {
    const bucket: Json = { Type: 'AWS::S3::Bucket' };
    const of = (...statements: readonly Json[]): string[] => matrix({ Bucket: bucket, Role: role(...statements) }).cells.map(shown);
    expect(of(statement('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' }))).toEqual(['Role Bucket read one: allow GetObject']);
    expect(of(statement('s3:Get*', { 'Fn::Sub': '${Bucket.Arn}/*' }))).toEqual(['Role Bucket read one: allow * GetObject, GetObjectVersion']);
    expect(of(statement('s3:DeleteBucket', '*'))).toEqual(['Role Bucket administer: allow * DeleteBucket']);
    expect(of(statement('s3:GetObject', 'arn:aws:s3:::*'))).toEqual(['Role Bucket read one: allow * GetObject']);
    expect(of({ Effect: 'Allow', NotAction: ['s3:Get*', 's3:Put*', 's3:List*'], Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } })).toEqual(['Role Bucket delete: allow * DeleteObject, DeleteObjectVersion']);
  });

  it('says what is not known, and why', () => {
    const { cells } = matrix({ Secret: { Type: 'AWS::SecretsManager::Secret' }, Role: role(statement('secretsmanager:GetSecretValue', { Ref: 'Param' })), Foreign: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } });
    expect(cells.map(({ role: { logicalId }, kind, access }) => `${logicalId} ${kind} ${access}`)).toEqual(['Role read one unknown', 'Foreign read one unknown', 'Foreign write unknown', 'Foreign delete unknown', 'Foreign administer unknown']);
    expect(cells.map(({ actions }) => actions[0]?.why)).toEqual([expect.stringContaining('<Param>'), ...Array.from({ length: 4 }, () => expect.stringContaining('SomethingElse'))]);
    expect(cells.some(({ wildcard }) => wildcard)).toBe(false);
  });

  it('has nothing to say of an estate without roles, and breaks on no shape', () => {
    expect(matrix({ Table: TABLE, Key: KEY }).cells).toEqual([]);
    for (const Policies of [null, 3, 'x', [null], [{ PolicyDocument: 'x' }], { Ref: 'P' }, [{ PolicyDocument: { Statement: [[]] } }]] as Json[]) expect(() => matrix({ Table: TABLE, Role: { Type: 'AWS::IAM::Role', Properties: { Policies, ManagedPolicyArns: Policies, PermissionsBoundary: Policies, AssumeRolePolicyDocument: Policies, Path: Policies, RoleName: Policies } } })).not.toThrow();
  });

  it('gives every cell of a large estate', () => {
    const resources = Object.fromEntries(Array.from({ length: 40 }, (_, index): [string, Json][] => [[`Table${index}`, { Type: 'AWS::DynamoDB::Table' }], [`Role${index}`, role(...Array.from({ length: 8 }, (_, more) => statement(['dynamodb:GetItem', 'dynamodb:Query'], arn(`Table${(index + more) % 40}`))))]]).flat());
    expect(matrix(resources).cells).toHaveLength(40 * 8 * 2);
  });
});
