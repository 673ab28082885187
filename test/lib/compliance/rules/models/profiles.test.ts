import { describe, expect, it } from 'vitest';
import { profiles } from '../../../../../lib/compliance/rules/models/profiles.ts';
import { estateOf } from '../../../../../lib/compliance/template/estate.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';

const invoking = (...regions: string[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`) }] } }] } });

/** What is said of a profile that a role names, by the regions that its rights name the model in. */
function stays(id: string, rights: readonly string[], allowed: readonly string[]): boolean | undefined {
  const estate = estateOf('e', [{ name: 's', region: 'eu-central-1', file: '', sha256: '', template: { Resources: { R: invoking(...rights) } } }]);
  const [resource] = estate.resources;
  if (resource === undefined) throw new Error('no role');
  return profiles(estate, allowed)({ resource, property: 'p', id, geography: id.replace('inference-profile/', '').split('.')[0] ?? '' }).stays;
}

describe('where an inference profile sends what it is sent', () => {
  const EU = 'eu.amazon.nova-lite-v1:0';
  const TWO = ['eu-central-1', 'eu-west-1'];

  it.each([EU, `inference-profile/${EU}`])('is told by rights for %s', (id) => {
    expect(stays(id, TWO, TWO)).toBe(true);
    expect(stays(id, ['eu-central-1'], TWO)).toBe(true);
    expect(stays(id, ['eu-central-1', 'eu-north-1'], TWO)).toBe(false);
  });

  it('is not told by rights to any region, nor by those of another geography', () => {
    expect(stays(EU, ['*'], TWO)).toBeUndefined();
    expect(stays(EU, ['eu-*', 'eu-west-1'], TWO)).toBeUndefined();
    expect(stays(EU, ['us-east-1'], [...TWO, 'us-east-1'])).toBeUndefined();
    expect(stays(EU, [], TWO)).toBeUndefined();
  });

  it('is anywhere for `global.`, whatever rights say, and not known without allowed regions', () => {
    expect(stays('global.amazon.nova-lite-v1:0', TWO, TWO)).toBe(false);
    expect(stays(EU, TWO, [])).toBeUndefined();
    expect(stays('global.amazon.nova-lite-v1:0', [], [])).toBe(false);
  });

  it('is wider than one region', () => {
    expect(stays(EU, [], ['eu-central-1'])).toBe(false);
    expect(stays('us.amazon.nova-lite-v1:0', [], TWO)).toBe(false);
  });
});
