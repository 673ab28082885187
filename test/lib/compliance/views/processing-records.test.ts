import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { arn, role, SAMPLE, statement, tags, view } from './view.ts';

describe('the record of processing activities', () => {
  it('comes from tags: alike is one entry, personal data first, recipients by who reads', () => {
    const records = view(SAMPLE).processingRecords;
    expect(records.map(({ activity, stores }) => `${activity}: ${stores.join(' ')}`)).toEqual(['Support: Conversations Turns', 'Stores that nobody declared: Logs Topic', 'Statistics: Metrics']);
    expect(records[0]).toEqual({ activity: 'Support', purpose: 'support', legalBasis: 'contract', data: 'conversation', stores: ['Conversations', 'Turns'], retention: '30 days', owner: 'privacy', recipients: ['Far (far.example)', 'nobody.example', 'Bedrock amazon.nova-lite-v1:0'], transfers: ['far.example (us-east-1)', 'nobody.example (whether it stays is not told)'] });
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
    expect(recipients(statement('bedrock:InvokeModel', 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0'))).toEqual(['Bedrock amazon.nova-lite-v1:0']);
  });
});
