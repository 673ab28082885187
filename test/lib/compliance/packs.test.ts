import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { acceptRisk, gateSynth } from '../../../lib/compliance/index.ts';
import type { PackName } from '../../../lib/compliance/index.ts';
import { quietSynths } from '../../support/quiet-synth.ts';

interface Report {
  readonly pluginReports: readonly { readonly pluginName: string; readonly conclusion: string; readonly violations: readonly { readonly ruleName: string }[]; readonly suppressedViolations?: readonly { readonly reason: string }[] }[];
}

/** Synthesizes a bucket without access logs under some packs, with the template validation off, and reads the report. */
async function report(packs: Iterable<PackName>, decided = false): Promise<Report['pluginReports']> {
  const app = new App({ analyticsReporting: false });
  const bucket = new Bucket(new Stack(app, 'Stack'), 'Bucket', { enforceSSL: true });
  await gateSynth(app, packs);
  if (decided) {
    acceptRisk({ id: 'no-access-log', findings: ['AwsSolutions::AwsSolutions-S1'], justification: 'This bucket is part of a test and holds nothing that anybody reads.', compensatingControl: 'It is never deployed.', since: '2026-01-01', expires: '2026-06-30' }, bucket);
  }
  try {
    app.synth();
  } catch {
    // Where no toolkit reads the exit code, a failed validation is thrown; the report is written all the same.
  }
  return (JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report).pluginReports;
}

describe('packs that gate a synth', () => {
  quietSynths(undefined);

  it('find what a template lacks', async () => {
    const pack = (await report(['AwsSolutions'])).find(({ pluginName }) => pluginName === 'AwsSolutions');
    expect(pack).toMatchObject({ conclusion: 'failure' });
    expect(pack?.violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-S1');
  });

  it('take an accepted risk, and list it with its reason', async () => {
    const pack = (await report(['AwsSolutions'], true)).find(({ pluginName }) => pluginName === 'AwsSolutions');
    expect(pack?.violations.map(({ ruleName }) => ruleName)).not.toContain('AwsSolutions-S1');
    expect(pack?.suppressedViolations?.map(({ reason }) => reason)).toEqual([expect.stringContaining('[no-access-log]')]);
  });

  it('run once each, however many environments ask for them', async () => {
    const names = (await report(['NIST.800.53.R5', 'AwsSolutions', 'HIPAA.Security', 'AwsSolutions', 'NIST.800.53.R5'])).map(({ pluginName }) => pluginName);
    expect(names.filter((name) => /AwsSolutions|HIPAA|NIST/.test(name))).toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5']);
  });
});
