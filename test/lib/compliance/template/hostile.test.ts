import { describe, expect, it } from 'vitest';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import { valueAt } from '../../../../lib/compliance/template/resolve.ts';
import type { Estate, Json, JsonObject, Resource } from '../../../../lib/compliance/template/types.ts';
import { shown } from '../../../../lib/compliance/template/value.ts';

const estate = (template: JsonObject): Estate => estateOf('app', [{ name: 'stack', file: 'x', sha256: '', template }]);
const read = (properties: Json, others: JsonObject = {}, path?: string): string => {
  const found = estate({ ...others, Resources: { A: { Type: 'T', Properties: properties } } });
  return shown(valueAt(found, found.resources[0] as Resource, path));
};

describe('what a hostile template says', () => {
  it('ends where outputs import each other, however often', () => {
    const many = (name: string): Json => ({ 'Fn::Join': ['', Array.from({ length: 20 }, () => ({ 'Fn::ImportValue': name }))] });
    const outputs = { One: { Value: many('two'), Export: { Name: 'one' } }, Two: { Value: many('one'), Export: { Name: 'two' } } };
    expect(read({ P: many('one') }, { Outputs: outputs }, 'P')).toContain('refers to itself');
  });

  it('ends where mappings find themselves, and where texts multiply', () => {
    const self = { 'Fn::FindInMap': ['M', 'a', 'b'] };
    expect(read({ P: self }, { Mappings: { M: { a: { b: [self, self, self] } } } }, 'P')).toContain('not known');
    const grown = (name: string): Json => ({ 'Fn::Join': ['', Array.from({ length: 30 }, () => ({ 'Fn::ImportValue': name }))] });
    const outputs = Object.fromEntries(Array.from({ length: 6 }, (_, level) => [`L${level}`, { Value: level === 0 ? 'x'.repeat(10_000) : grown(`l${level - 1}`), Export: { Name: `l${level}` } }]));
    expect(read({ P: grown('l5') }, { Outputs: outputs }, 'P')).toMatch(/too long a text|refers to itself/);
  });

  it.each([{ Ref: 'A' }, { Ref: '__proto__' }, { Ref: {} }, { 'Fn::GetAtt': 'constructor.x' }, { 'Fn::FindInMap': ['__proto__', 'a', 'b'] }, { 'Fn::FindInMap': ['constructor', 'name', 'x'] }, { 'Fn::If': [] }, { 'Fn::Select': ['x', {}] }, { 'Fn::Sub': ['${a}', null] }, { 'Fn::Join': [',', 'x'] }, { 'Fn::GetStackOutput': { OutputName: {} } }])('never breaks: %j', (value) => {
    expect(typeof read({ P: value as unknown as Json }, { Mappings: {}, Outputs: [] })).toBe('string');
  });

  it('a member that a macro may add is not known, and one that stands there is', () => {
    const properties = { 'Fn::Transform': { Name: 'AWS::Include' }, BucketName: 'x' };
    expect(read(properties, {}, 'BucketName')).toBe('x');
    expect(read(properties, {}, 'VersioningConfiguration.Status')).toBe('not known (Fn::Transform may add it)');
    expect(read({ Tags: { 'Fn::ForEach::T': [] } }, {}, 'Tags')).toContain('not known');
  });
});
