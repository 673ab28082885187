import { createTwoFilesPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { templatesOf } from '../support/assembly.ts';
import { nameless, stableText } from '../support/stable.ts';

const STACKS = ['Data', 'Edge', 'Operations', 'Service'];

describe('production, whole', () => {
  it.each(STACKS)('%s', async (stack) => {
    const templates = await templatesOf('prod');
    await expect(stableText(templates[stack])).toMatchFileSnapshot(`snapshots/prod-${stack}.json`);
  });

  it('has no stack without a snapshot', async () => {
    expect(Object.keys(await templatesOf('prod'))).toEqual(STACKS);
  });
});

describe.each(['dev', 'staging'])('%s, as its difference from production', (environment) => {
  it.each(STACKS)('%s', async (stack) => {
    const [prod, other] = [await templatesOf('prod'), await templatesOf(environment)];
    const patch = createTwoFilesPatch('prod', environment, nameless(stableText(prod[stack]), 'prod'), nameless(stableText(other[stack]), environment), '', '', { context: 2 });
    await expect(patch).toMatchFileSnapshot(`snapshots/${environment}-${stack}.diff`);
  });
});
