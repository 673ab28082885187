import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentJsonSchema } from '../../config/json-schema.ts';
import { allOptions } from '../../config/option-tree.ts';
import { withTables } from '../../config/option-table.ts';

const RENEW = 'renew it with `npm run config -- --write`';

describe('what is exported from the schema', () => {
  it('has the committed JSON Schema', () => {
    expect(readFileSync('config/environment.schema.json', 'utf8'), RENEW).toBe(`${JSON.stringify(environmentJsonSchema(), undefined, 2)}\n`);
  });

  it('is a schema for editors: strict, with words, and none of our own keywords', () => {
    const text = JSON.stringify(environmentJsonSchema());
    expect(text).not.toMatch(/"(?:mend|allowed|unit)":/);
    expect(text).not.toMatch(/Unit: [^"]*Unit: /);
    expect(environmentJsonSchema()).toMatchObject({ additionalProperties: false, properties: { firewall: { oneOf: [{ additionalProperties: false }, { required: ['enabled', 'reason'] }] } } });
  });

  it('has the tables of the guide', () => {
    const guide = readFileSync('docs/configuration.md', 'utf8');
    expect(guide, RENEW).toBe(withTables(guide));
  });

  it('has a row in the guide for every value', () => {
    const guide = readFileSync('docs/configuration.md', 'utf8');
    for (const { path } of allOptions().filter(({ kind, path }) => kind === 'value' && !path.endsWith('[]'))) expect(guide).toContain(`| \`${path}\` |`);
  });

  it('leaves a document without markers, and unknown markers, as they are', () => {
    const text = 'a\n<!-- other:begin -->\nb\n<!-- other:end -->\n';
    expect(withTables(text)).toBe(text);
  });
});
