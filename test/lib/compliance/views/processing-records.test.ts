import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { arn, RICH, role, SAMPLE, statement, tags, view } from './view.ts';

describe('the record of processing activities', () => {
  it('comes from tags: alike is one entry, personal data first, recipients by who reads', () => {
    const records = view(SAMPLE).processingRecords;
    expect(records.map(({ activity, stores }) => `${activity}: ${stores.join(' ')}`)).toEqual(['Support: Conversations Turns', 'Stores that nobody declared: Logs Topic', 'Statistics: Metrics']);
    expect(records[0]).toEqual({ activity: 'Support', purpose: 'support', legalBasis: 'contract', data: 'conversation', stores: ['Conversations', 'Turns'], retention: '30 days', owner: 'privacy', subjects: 'not declared', residual: 'none', recipients: ['Far (far.example)', 'nobody.example', 'AWS (Bedrock amazon.nova-lite-v1:0)'], transfers: ['far.example (us-east-1)', 'nobody.example (whether it stays is not told)'] });
    expect(records[1]).toMatchObject({ purpose: 'not declared', legalBasis: 'not declared', retention: 'not declared', data: 'not declared: taken as personal', recipients: ['Mailer (in.mailer.example)'], transfers: [] });
    expect(records[2]).toMatchObject({ data: 'no personal data, as declared: operational', recipients: [], transfers: [] });
  });

  it('says what a parameter decides', () => {
    const [record] = view({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'purpose', Value: { Ref: 'Purpose' } }, { Key: 'retention-days', Value: '1' }] } } }).processingRecords;
    expect(record).toMatchObject({ purpose: 'not told by the template', retention: '1 day', owner: 'not declared' });
  });

  it('takes a model that a setting names for a recipient only where a right lets its role call one', () => {
    const recipients = (...more: readonly Json[]): readonly string[] | undefined => view({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('conversation') } }, Role: role(statement('dynamodb:GetItem', arn('Table')), ...more), Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), Environment: { Variables: { MODEL_ID: 'amazon.nova-lite-v1:0' } } } } }).processingRecords[0]?.recipients;
    expect(recipients()).toEqual([]);
    expect(recipients(statement('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0'))).toEqual(['AWS (Bedrock amazon.nova-lite-v1:0)']);
  });

  it('names for each store who gets what it holds, and nobody who only gets what is read beside it', () => {
    const recipients = Object.fromEntries(view(RICH).processingRecords.flatMap((record) => record.stores.map((store) => [store, record.recipients])));
    const sent = ['api.vendor.example', 'AWS (Bedrock us.amazon.nova-lite-v1:0)'];
    const bus = new Set(['account 999999999999: event-bus/default', 'AWS (own account in us-east-1: event-bus/far)', 'not known: Ref "Target"']);
    const read = 'account 999999999999: may read it';
    expect(Object.keys(recipients).toSorted()).toEqual(['Files', 'Global', 'Items', 'Logs', 'Signing', 'Topic', 'Wrapped']);
    expect(recipients['Signing']).toEqual([]);
    expect(recipients['Wrapped']).toEqual([]);
    expect(recipients['Logs']).toEqual(['account 999999999999: destination:siem']);
    expect(recipients['Topic']).toEqual(['account 999999999999: function:y']);
    expect(recipients['Files']?.toSorted()).toEqual(['account 999999999999: copies', read].toSorted());
    expect(recipients['Items']?.toSorted()).toEqual(['account 999999999999: q', 'account 999999999999: stream/changes', read, ...sent].toSorted());
    // Nobody puts events on the bus.
    expect(Object.values(recipients).flat().filter((one) => bus.has(one))).toEqual([]);
  });

  it('gives an account that may take a role all that the role reads, secrets too', () => {
    const [record] = view({ Signing: { Type: 'AWS::SecretsManager::Secret', Properties: { Tags: tags('signing') } }, Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'sts:AssumeRole' }] }, Policies: [{ PolicyDocument: { Statement: [statement('secretsmanager:GetSecretValue', { Ref: 'Signing' })] } }] } } }).processingRecords;
    expect(record?.recipients).toEqual(['account 999999999999: may read it']);
  });

  it('says who decides, whose data it is, and how long erased data can be restored', () => {
    const table = (PointInTimeRecoverySpecification: Json): Json => ({ Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags('conversation'), PointInTimeRecoverySpecification } });
    const estate = { Table: table({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 }), Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{ RuleName: 'daily', Lifecycle: { DeleteAfterDays: 30 } }] } } } };
    expect(view(estate).controller).toBe('not declared');
    expect(view(estate).processingRecords[0]).toMatchObject({ subjects: 'not declared', residual: '7 days by point-in-time recovery; 30 days in backups of Plan, if it selects it' });
    const told = view(estate, { controller: { name: 'Shop', contact: 'privacy@shop.example' }, dataSubjects: { support: 'customers', '*': 'others' } });
    expect(told.controller).toBe('Shop, privacy@shop.example');
    expect(told.processingRecords[0]?.subjects).toBe('customers');
    expect(view({ Table: table({ PointInTimeRecoveryEnabled: { Ref: 'On' } }) }).processingRecords[0]?.residual).toBe('not told by the template');
    expect(view({ Table: { Type: 'AWS::DynamoDB::Table' } }, { dataSubjects: { support: 'customers', '*': 'others' } }).processingRecords[0]).toMatchObject({ subjects: 'others', residual: 'none' });
  });
});
