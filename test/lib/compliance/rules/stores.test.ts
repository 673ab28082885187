import { describe, expect, it } from 'vitest';
import { STORE_ACTIONS } from '../../../../lib/compliance/policy/store-actions.ts';
import { g14CustomerKeys } from '../../../../lib/compliance/rules/gdpr/g14-customer-keys.ts';
import { g25DeclaredStores } from '../../../../lib/compliance/rules/gdpr/g25-declared-stores.ts';
import { g29CompleteErasureAndExport } from '../../../../lib/compliance/rules/gdpr/g29-complete-erasure-and-export.ts';
import { WITHOUT_KEY } from '../../../../lib/compliance/rules/keys/places.ts';
import { STORE_TYPES, UNTAGGED } from '../../../../lib/compliance/rules/stores.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { view } from '../views/view.ts';
import { judge } from './judge.ts';

/** Actions that erase and that read, of types that have some; and the form of what they are done to, for a store named `kept`. */
const RIGHTS: readonly (readonly [type: string, name: Record<string, string>, erase: string, read: string, arn: string])[] = [
  ['AWS::S3Express::DirectoryBucket', { BucketName: 'kept' }, 's3express:CreateSession', 's3express:CreateSession', 'arn:aws:s3express:eu-central-1:*:bucket/kept'],
  ['AWS::S3Tables::TableBucket', { TableBucketName: 'kept' }, 's3tables:PutTableData', 's3tables:GetTableData', 'arn:aws:s3tables:eu-central-1:*:bucket/kept/table/*'],
  ['AWS::S3Vectors::VectorBucket', { VectorBucketName: 'kept' }, 's3vectors:DeleteVectors', 's3vectors:GetVectors', 'arn:aws:s3vectors:eu-central-1:*:bucket/kept/index/*'],
  ['AWS::Elasticsearch::Domain', { DomainName: 'kept' }, 'es:ESHttpDelete', 'es:ESHttpGet', 'arn:aws:es:eu-central-1:*:domain/kept'],
  ['AWS::Cassandra::Table', {}, 'cassandra:Modify', 'cassandra:Select', '*'],
  ['AWS::Kendra::Index', {}, 'kendra:BatchDeleteDocument', 'kendra:Query', '*'],
  ['AWS::BedrockAgentCore::Memory', {}, 'bedrock-agentcore:DeleteEvent', 'bedrock-agentcore:ListEvents', '*'],
];
const role = (name: string, Action: string, Resource: string): Json => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name, Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } }] } });
const ROLES = { dataSubjectRoles: { erase: ['Eraser'], export: ['Exporter'], support: [] } };

describe.each(STORE_TYPES)('%s', (type) => {
  it('is judged by G14, G25 and G29, and passes none of them bare', () => {
    for (const rule of [g14CustomerKeys, g25DeclaredStores, g29CompleteErasureAndExport]) {
      const found = judge(rule, { Store: { Type: type } }).filter(({ resource }) => resource !== undefined);
      expect([rule.id, rule.looksAt.includes(type), found.length > 0, found.filter(({ verdict }) => verdict === 'PASS')]).toEqual([rule.id, true, true, []]);
    }
  });

  it('stands in the matrix, the encryption and the record of processing', () => {
    const { accessMatrix, encryption, processingRecords } = view({ Store: { Type: type } });
    expect([accessMatrix.stores.map(({ id }) => id), encryption.map(({ store }) => store), processingRecords.flatMap(({ stores }) => stores)]).toEqual([['Store'], ['Store'], ['Store']]);
  });

  it('is declared by tags, where CloudFormation has some', () => {
    const [found] = judge(g25DeclaredStores, { Store: { Type: type } });
    expect(found?.verdict).toBe(UNTAGGED.includes(type) ? 'MANUAL' : 'FAIL');
  });
});

describe('rights of one person’s records', () => {
  it.each(RIGHTS)('%s: told from what a role may', (Type, name, erase, read, arn) => {
    const asked = (deleting: string, reading: string): string[] => judge(g29CompleteErasureAndExport, { Store: { Type, Properties: name }, Eraser: role('eraser', deleting, arn), Exporter: role('exporter', reading, arn) }, ROLES).filter(({ resource }) => resource?.logicalId === 'Store').map(({ part, verdict }) => `${part} ${verdict}`);
    expect(asked(erase, read)).toEqual(['erase PASS', 'export PASS']);
    expect(asked('sqs:SendMessage', 'sqs:SendMessage')).toEqual(['erase FAIL', 'export FAIL']);
  });

  it('are not known for a type without a table of actions', () => {
    const unlisted = STORE_TYPES.find((type) => STORE_ACTIONS[type] === undefined);
    const found = judge(g29CompleteErasureAndExport, { Store: { Type: unlisted ?? '' } }).filter(({ resource }) => resource !== undefined);
    expect(found.map(({ part, verdict }) => [part, verdict])).toEqual([['erase', 'UNKNOWN'], ['export', 'UNKNOWN']]);
  });
});

it('every type that takes no key is a store', () => {
  expect(WITHOUT_KEY.filter((type) => !(STORE_TYPES as readonly string[]).includes(type))).toEqual([]);
});
