import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../config/index.ts';
import { WORDS_BYTES, wordsBytes } from '../../config/rules/conversation.ts';
import { resourcesOf } from '../support/assembly.ts';
import type { Json } from '../support/assembly.ts';
import { ENVIRONMENTS } from '../support/paths.ts';

/** Bytes that Lambda allows for all environment variables of a function, names included (AWS Lambda quota). */
const LAMBDA_BYTES = 4_096;
/** Longer than any name, ARN or URL of ours that is known at deployment only: a secret's ARN takes about 100. */
const REFERENCE_BYTES = 128;
/** What values that config bounds otherwise may add: longer numbers and model ids than those of the samples. */
const MARGIN_BYTES = 100;

async function functionsOf(environment: string): Promise<{ name: string; bytes: number }[]> {
  const functions = await resourcesOf(environment, 'AWS::Lambda::Function');
  return functions.map(({ properties }) => ({ name: properties.FunctionName, bytes: bytesOf(properties.Environment?.Variables ?? {}) }));
}

function bytesOf(variables: Readonly<Record<string, Json>>): number {
  return Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

/** A text as it is; of a joined text its parts; any other reference at its longest. */
function valueBytes(value: Json): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  const parts: Json[] | undefined = value['Fn::Join']?.[1];
  return parts ? parts.reduce<number>((sum, part) => sum + valueBytes(part), 0) : REFERENCE_BYTES;
}

describe.each(ENVIRONMENTS)('environment variables of %s', (environment) => {
  it('fit into what Lambda allows', async () => {
    const functions = await functionsOf(environment);
    expect(functions.length).toBeGreaterThan(5);
    expect(functions.filter(({ bytes }) => bytes > LAMBDA_BYTES)).toEqual([]);
  });

  it('would still fit with words as long as the rule `words-too-long` allows', async () => {
    const words = wordsBytes(loadEnvironment(environment));
    const functions = (await functionsOf(environment)).filter(({ name }) => /-(chat|turn-worker|sweep)$/.test(name));
    expect(functions).toHaveLength(3);
    for (const { name, bytes } of functions) expect(bytes - words + WORDS_BYTES + MARGIN_BYTES, name).toBeLessThanOrEqual(LAMBDA_BYTES);
  });
});

describe('what counts the bytes', () => {
  it('counts names, texts in UTF-8, and references at their longest', () => {
    expect(bytesOf({ A: 'é', BC: { Ref: 'X' }, D: { 'Fn::Join': ['', ['arn:', { Ref: 'Y' }]] } })).toBe(1 + 2 + 2 + REFERENCE_BYTES + 1 + 4 + REFERENCE_BYTES);
  });
});
