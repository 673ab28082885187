import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/compliance/template/types.ts';
import { readSvg } from './svg-check.ts';
import { SAMPLE, view } from './view.ts';

const ATTACKS = ['<script>alert(1)</script>', '"><svg onload=alert(1)>', "' onload='x", ']]>', '</style><style>*{display:none}', '<!--', '&lt;', '&', '\u0000', '\u001B[31m', '\u202Ex', '\uD800', '\uFFFE\uFFFF', '__proto__', 'constructor', 'x'.repeat(5_000), '数'.repeat(60), '👩‍💻'.repeat(20), '', ' ', '$&', 'a/b/c/Role', 'url(#out)'];
const name = fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 20 }));
const shape: fc.Arbitrary<Json> = fc.oneof(fc.constantFrom<Json>(null, 3, 'text', [], ['x', null, [1]], {}, { Ref: 'Nobody' }, { 'Fn::If': ['Some', 1, 2] }, { Statement: [[]] }), name);

describe('views of hostile templates', () => {
  it('make no markup of any name', () => {
    fc.assert(fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), name, (ids, text) => {
      const resources = Object.fromEntries(ids.map((id, index): [string, Json] => [id, { ...(Object.values(SAMPLE)[index] as object), Metadata: { 'aws:cdk:path': text } }]));
      const out = { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'https', Endpoint: `https://${text}`, TopicArn: text } };
      const table = { Type: 'AWS::DynamoDB::Table', Properties: { Tags: ['data-class', 'purpose', 'legal-basis', 'retention-days', 'data-owner'].map((Key) => ({ Key, Value: text })) } };
      const views = view({ ...resources, out, table });
      const elements = readSvg(views.dataFlowSvg);
      expect(elements.filter(({ name: element }) => element === 'style')).toHaveLength(1);
      expect(views.dataFlowSvg).not.toMatch(/<(script|image|foreignObject|a|use)\b|\son\w+="|href/);
      const stores = views.encryption.map(({ store }) => store);
      expect(new Set(stores).size).toBe(stores.length);
    }), { numRuns: 60 });
  });

  it('never throw, whatever the shape', () => {
    const paths = ['Properties', 'Type', 'Metadata'];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('Role', 'Tags', 'Environment', 'EventSourceArn', 'FunctionName', 'Targets', 'RestApiId', 'Integration', 'Policies', 'SSESpecification', 'BucketEncryption', 'KmsMasterKeyId', 'Replicas', 'Endpoint', 'TopicArn', 'Protocol', 'DBClusterIdentifier', 'SqsManagedSseEnabled', 'RedrivePolicy'), shape), fc.constantFrom(...paths), shape, (properties, path, odd) => {
      const resources = Object.fromEntries(Object.entries(SAMPLE).map(([id, resource], index): [string, Json] => [id, index % 2 === 0 ? { ...(resource as object), Properties: properties } : { ...(resource as object), [path]: odd }]));
      expect(() => readSvg(view(resources).dataFlowSvg)).not.toThrow();
    }), { numRuns: 60 });
  });

  it('name nothing outside', () => {
    const { dataFlowSvg } = view(SAMPLE);
    expect(dataFlowSvg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\((?!#)|@import/);
  });
});
