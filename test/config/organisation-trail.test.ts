import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../bin/assembly.ts';
import { estateOf } from '../../bin/diagram/estate.ts';
import { textOf } from '../../bin/docs/names.ts';
import { resourcesOf } from '../support/assembly.ts';
import type { Json } from '../support/assembly.ts';
import { ASSEMBLY, ROOT } from '../support/paths.ts';

/** Every text in a value, changed. */
function mapped(value: Json, change: (text: Json) => string): Json {
  if (Array.isArray(value)) return value.map((entry) => mapped(entry, change));
  if (typeof value === 'string' || Object.keys(value).some((key) => key.startsWith('Fn::'))) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]));
}

describe('the organisation trail', () => {
  it('is asked for the very events that our own trail records', async () => {
    const guide = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
    const block = /### The organisation trail[\s\S]*?```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const asked = mapped(JSON.parse(block), (text) => text.replace('arn:aws:dynamodb:<region>:<account>:table/<prefix>-', 'table '));
    const templates = await readTemplates(ASSEMBLY, 'prod');
    const surveyed = { templates, estate: estateOf(templates), prefix: 'chatbot-prod', region: 'eu-central-1' };
    const [trail] = await resourcesOf('prod', 'AWS::CloudTrail::Trail');
    expect(asked).toEqual(mapped(trail?.properties.AdvancedEventSelectors, (value) => textOf(value, 'Data', surveyed).replace('arn:aws::::table/', 'table ')));
  });
});
