import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../../lib/compliance/index.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Json, JsonObject } from '../../../../lib/compliance/template/types.ts';

const claims = (metadata: unknown, template: JsonObject = {}): string[] =>
  claimsOf(estateOf('app', [{ name: 'stack', file: 'x', sha256: '', template: { ...template, Resources: { A: { Type: 'AWS::S3::Bucket', Metadata: metadata as Json } } } }])).map(({ tool, rule, reason, place }) => `${tool} ${rule} "${reason}" ${place.type} ${place.path}`);

describe('suppressions of other tools', () => {
  it('are claims of their tools, with rule and reason', () => {
    const metadata = {
      checkov: { skip: [{ id: 'CKV_AWS_18', comment: 'no log' }, { id: 'CKV_AWS_21' }] },
      cfn_nag: { rules_to_suppress: [{ id: 'W35', reason: 'log bucket' }] },
      cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-S1', reason: 'log bucket' }, { id: 'AwsSolutions-IAM5', reason: Buffer.from('für alle').toString('base64'), is_reason_encoded: true, applies_to: ['Action::s3:*', { regex: '/x/' }] }] },
      guard: { SuppressedRules: ['S3_BUCKET_LOGGING_ENABLED'] },
    };
    expect(claims(metadata)).toEqual([
      'cdk_nag AwsSolutions-IAM5[Action::s3:*] "für alle" AWS::S3::Bucket A',
      'cdk_nag AwsSolutions-IAM5[{"regex":"/x/"}] "für alle" AWS::S3::Bucket A',
      'cdk_nag AwsSolutions-S1 "log bucket" AWS::S3::Bucket A',
      'cfn_nag W35 "log bucket" AWS::S3::Bucket A',
      'checkov CKV_AWS_18 "no log" AWS::S3::Bucket A',
      'checkov CKV_AWS_21 "" AWS::S3::Bucket A',
      'guard S3_BUCKET_LOGGING_ENABLED "" AWS::S3::Bucket A',
    ]);
  });

  it('may stand on the template, and guard may give reasons', () => {
    expect(claims({ guard: { SuppressedRules: { RULE: 'why' } } }, { Metadata: { cdk_nag: { rules_to_suppress: [{ id: 'X', reason: 'all' }] } } })).toEqual(['cdk_nag X "all" Template stack', 'guard RULE "why" AWS::S3::Bucket A']);
  });

  it.each([null, 'text', [], { cdk_nag: 'x' }, { cdk_nag: { rules_to_suppress: 'x' } }, { cdk_nag: { rules_to_suppress: [7, null, []] } }, { checkov: { skip: {} } }, { guard: { SuppressedRules: 'x' } }, { guard: null }])('of no known form are none: %j', (metadata) => {
    expect(claims(metadata)).toEqual([]);
  });

  it('that are half there are shown as far as they are', () => {
    expect(claims({ cfn_nag: { rules_to_suppress: ['W1', { reason: { a: 1 } }] } })).toEqual(['cfn_nag  "{"a":1}" AWS::S3::Bucket A', 'cfn_nag W1 "" AWS::S3::Bucket A']);
  });
});
