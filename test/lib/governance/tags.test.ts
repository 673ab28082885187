import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../../config/index.ts';
import { RESERVED_TAGS } from '../../../config/schema/estate.ts';
import { templatesOf } from '../../support/assembly.ts';
import { ENVIRONMENTS } from '../../support/paths.ts';

/** Keys of all tags in a template, as lists of pairs and as maps. */
function tagKeys(value: unknown, name = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (name.endsWith('Tags')) return Array.isArray(value) ? value.map(({ Key }: { Key: string }) => Key) : Object.keys(value);
  return Object.entries(value).flatMap(([key, inner]) => tagKeys(inner, key));
}

describe.each(ENVIRONMENTS)('tags of %s', (environment) => {
  it('are those of the organisation, and the ones that config keeps free for the estate', async () => {
    const asked = Object.keys(loadEnvironment(environment).naming.tags);
    const used = new Set(tagKeys(await templatesOf(environment)));
    expect([...used].filter((key) => !asked.includes(key)).toSorted()).toEqual([...RESERVED_TAGS].toSorted());
  });
});

describe('what reads the tags', () => {
  it('finds lists and maps', () => {
    expect(tagKeys({ Resources: { A: { Tags: [{ Key: 'a', Value: 'x' }] }, B: { UserPoolTags: { b: 'y' } }, C: { Name: 'none' } } })).toEqual(['a', 'b']);
  });
});
