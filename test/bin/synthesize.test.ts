import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findingsOf } from '../../bin/synthesize.ts';
import { gateSynth } from '../../lib/compliance/index.ts';

/** An app with a bucket that the rules want more of, or an empty one. */
async function app(withBucket: boolean): Promise<App> {
  const made = new App({ analyticsReporting: false });
  const stack = new Stack(made, 'Stack');
  if (withBucket) new Bucket(stack, 'Bucket');
  await gateSynth(made, ['AwsSolutions']);
  return made;
}

describe('a synth', () => {
  const before = process.exitCode;
  beforeEach(() => {
    vi.stubEnv('CDK_VALIDATION', 'false');
    vi.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = before;
  });

  it('in which rules found something tells it, and does not throw', async () => {
    expect(findingsOf(await app(true))).toMatch(/Validation failed|AwsSolutions-S1/);
  });

  it('in which they found nothing is silent', async () => {
    expect(findingsOf(await app(false))).toBeUndefined();
  });

  it('that cannot be done throws', async () => {
    const broken = await app(false);
    broken.node.addValidation({ validate: () => ['a part is missing'] });
    expect(() => findingsOf(broken)).toThrow('a part is missing');
  });
});
