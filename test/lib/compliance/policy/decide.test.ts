import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lib/compliance/policy/decide.ts';
import { statementsOf } from '../../../../lib/compliance/policy/statement.ts';
import { fits, fitsArn } from '../../../../lib/compliance/policy/wildcard.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/a';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const allowing = (statement: object): object => ({ Effect: 'Allow', ...statement });
const policy = (...statements: readonly object[]) => statementsOf({ Statement: statements.map(allowing) });

describe('what a policy decides', () => {
  const read = policy({ Action: ['dynamodb:GetItem', 'dynamodb:Batch*'], Resource: TABLE });

  it.each([
    ['an action that is listed', 'dynamodb:GetItem', TABLE, 'allow'],
    ['in any case', 'DynamoDB:getitem', TABLE, 'allow'],
    ['by a wildcard', 'dynamodb:BatchGetItem', TABLE, 'allow'],
    ['not one that is not', 'dynamodb:PutItem', TABLE, 'deny'],
    ['not on another table', 'dynamodb:GetItem', `${TABLE}b`, 'deny'],
    ['not on its index', 'dynamodb:GetItem', `${TABLE}/index/i`, 'deny'],
  ])('allows %s', (_, action, resource, expected) => {
    expect(decide(read, { action, resource })).toBe(expected);
  });

  it('lets a denial win, wherever it stands', () => {
    const both = policy({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' });
    expect(decide(both, { action: 'dynamodb:GetItem', resource: TABLE })).toBe('deny');
    expect(decide(both, { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:r:1:q' })).toBe('allow');
  });

  it.each([
    [{ 'kms:ViaService': ['sqs.eu-central-1.amazonaws.com'] }, 'allow'],
    [{ 'KMS:viaservice': ['sqs.eu-central-1.amazonaws.com'] }, 'allow'],
    [{ 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] }, 'deny'],
    [{ 'kms:ViaService': null }, 'deny'],
    [{}, 'unknown'],
  ] as const)('asks a condition what is known of the request: %j', (context, expected) => {
    const through = policy({ Action: 'kms:Decrypt', Resource: KEY, Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' } } });
    expect(decide(through, { action: 'kms:Decrypt', resource: KEY, context })).toBe(expected);
  });

  it.each([
    [{ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] }, Null: { 'kms:EncryptionContext:subject': 'false' } }, { 'kms:EncryptionContextKeys': ['subject'], 'kms:EncryptionContext:subject': ['s'] }, 'allow'],
    [{ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['subject'] } }, { 'kms:EncryptionContextKeys': ['subject', 'other'] }, 'deny'],
    [{ Null: { 'kms:EncryptionContext:subject': 'false' } }, { 'kms:EncryptionContext:subject': null }, 'deny'],
    [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' } }, { 'aws:TagKeys': ['b', 'ab'] }, 'allow'],
    [{ StringNotEquals: { 'aws:SourceVpce': ['a', 'b'] } }, { 'aws:SourceVpce': ['a'] }, 'deny'],
    [{ StringNotEquals: { 'aws:SourceVpce': ['a', 'b'] } }, { 'aws:SourceVpce': null }, 'allow'],
    [{ StringEqualsIfExists: { 'aws:SourceVpce': 'a' } }, { 'aws:SourceVpce': null }, 'allow'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:logs:*:111122223333:*' } }, { 'aws:SourceArn': ['arn:aws:logs:eu-central-1:111122223333:log-group:x'] }, 'allow'],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': ['true'] }, 'deny'],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, { 'aws:CurrentTime': ['2025-01-01T00:00:00Z'] }, 'unknown'],
  ] as const)('knows the operators of IAM, and says so where it does not: %j', (Condition, context, expected) => {
    expect(decide(policy({ Action: '*', Resource: '*', Condition }), { action: 'a:B', resource: '*', context })).toBe(expected);
  });

  it('does not call a request allowed while a denial may hold', () => {
    const both = policy({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { ArnEquals: { 'lambda:SourceFunctionArn': TABLE } } });
    expect(decide(both, { action: 'ec2:X', resource: '*' })).toBe('unknown');
    expect(decide(both, { action: 'ec2:X', resource: '*', context: { 'lambda:SourceFunctionArn': null } })).toBe('allow');
  });

  it('reads NotAction and NotResource as all but these', () => {
    const rest = policy({ NotAction: 'iam:*', NotResource: TABLE });
    expect(decide(rest, { action: 'dynamodb:GetItem', resource: KEY })).toBe('allow');
    expect(decide(rest, { action: 'iam:PassRole', resource: KEY })).toBe('deny');
    expect(decide(rest, { action: 'dynamodb:GetItem', resource: TABLE })).toBe('deny');
  });

  it('refuses what is no policy', () => {
    for (const document of [undefined, {}, [], { Statement: [1] }, { Statement: { Effect: 'Maybe' } }]) expect(() => statementsOf(document)).toThrow();
  });
});

describe('a pattern', () => {
  it('fits what the same regular expression fits', () => {
    const letters = (...more: readonly string[]) => fc.string({ unit: fc.constantFrom('a', 'b', ...more), maxLength: 9 });
    fc.assert(fc.property(letters('*', '?'), letters(), (pattern, text) => {
      expect(fits(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text));
    }), { numRuns: 500, seed: 1 });
  });

  it('does not reach from one part of an ARN into the next', () => {
    expect(fitsArn('arn:aws:s3:*:111122223333:x', 'arn:aws:s3:eu:1:111122223333:x')).toBe(false);
    expect(fitsArn('arn:aws:sqs:*:*:q*', 'arn:aws:sqs:eu-central-1:1:q:1')).toBe(true);
    expect(fitsArn('*', 'anything')).toBe(true);
  });
});
