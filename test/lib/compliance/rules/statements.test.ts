import { describe, expect, it } from 'vitest';
import { grants, grantsOf } from '../../../../lib/compliance/rules/statements.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Json } from '../../../../lib/compliance/template/types.ts';

const grantsIn = (Resources: Record<string, Json>): ReturnType<typeof grantsOf> => grantsOf(estateOf('test', [{ name: 'stack', file: 'f', sha256: '0', template: { Resources } }]));
const answer = (statement: Record<string, Json>): (boolean | undefined)[] => grantsIn({ P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', ...statement } } } } }).map(({ value }) => grants(value, ['s3:GetObject']));

describe('what a statement grants', () => {
  it.each([
    ['s3:GetObject', true], ['S3:getobject', true], ['s3:Get*', true], ['s3:?etObject', true], ['*', true], ['s3:GetObjectTagging', false], ['s3.GetObject', false], ['s3:Get', false],
  ])('is told by %s: %s', (Action, expected) => {
    expect(answer({ Action })).toEqual([expected]);
    expect(answer({ Action: ['sqs:SendMessage', Action] })).toEqual([expected]);
  });

  it('is not told by what is not known, nor by what is left out', () => {
    expect([answer({ Action: { Ref: 'AParameter' } }), answer({ NotAction: 'iam:*' }), answer({})]).toEqual([[undefined], [undefined], [false]]);
  });

  it('is read from policies of every kind, but for what they deny', () => {
    const allow = { Effect: 'Allow', Action: 's3:GetObject' };
    const found = grantsIn({ R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [allow] } }, { PolicyDocument: { Statement: allow } }] } }, M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ ...allow, Effect: 'Deny' }, allow] } } }, Q: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Ref: 'AParameter' } } } });
    expect(found.map(({ resource, part, value }) => `${resource.logicalId} ${part} ${value.kind}`)).toEqual(['R Statement 1 map', 'R Statement 2 map', 'M Statement 2 map', 'Q Statement 1 unknown']);
  });
});
