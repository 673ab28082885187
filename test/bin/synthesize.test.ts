import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { chatbotApp, findingsOf } from '../../bin/synthesize.ts';
import { loadEnvironment } from '../../config/index.ts';
import { gateSynth } from '../../lib/compliance/index.ts';
import { stubBundles } from '../support/stub-bundles.ts';
import { quietSynths } from '../support/quiet-synth.ts';

/** An app with a bucket that the rules want more of, or an empty one. */
async function app(withBucket: boolean): Promise<App> {
  const made = new App({ analyticsReporting: false });
  const stack = new Stack(made, 'Stack');
  if (withBucket) new Bucket(stack, 'Bucket');
  await gateSynth(made, ['AwsSolutions']);
  return made;
}

describe('a synth', () => {
  quietSynths('false');

  it('in which rules found something tells it, and does not throw', async () => {
    expect(findingsOf(await app(true))).toMatch(/Validation failed|AwsSolutions-S1/);
  });

  it('in which they found nothing is silent', async () => {
    expect(findingsOf(await app(false))).toBeUndefined();
  });

  it.each([
    ['2026-11-22', false],
    ['2027-06-01', true],
  ])('of a commit of %s fails for decisions that have expired: %s', async (date, expired) => {
    const made = await chatbotApp({ environments: [loadEnvironment('dev')], bundles: new Map([['dev', stubBundles()]]), outdir: await mkdtemp(join(tmpdir(), 'chatbot-expired-')), validate: 'packs', date });
    const findings = findingsOf(made);
    await rm(made.outdir, { recursive: true });
    expect(findings === undefined ? false : /functions-outside-a-vpc.* expired on 2027-05-21/s.test(findings)).toBe(expired);
  });

  it('that cannot be done throws', async () => {
    const broken = await app(false);
    broken.node.addValidation({ validate: () => ['a part is missing'] });
    expect(() => findingsOf(broken)).toThrow('a part is missing');
  });
});
