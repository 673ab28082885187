import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IAspect } from 'aws-cdk-lib';
import { Aspects } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { acceptRisk, applyDecisions, Collector, decisionsOf, ExpiredRisks, gateSynth } from '../../../../lib/compliance/index.ts';
import type { GateOptions } from '../../../../lib/compliance/packs.ts';
import type { Outcome } from '../../../../lib/compliance/evidence/types.ts';
import { quietSynths } from '../../../support/quiet-synth.ts';

const DECISION = {
  id: 'no-access-log',
  findings: ['AwsSolutions::AwsSolutions-S1'],
  justification: 'This bucket is part of a test and holds nothing that anybody reads.',
  compensatingControl: 'It is never deployed.',
  since: '2026-01-01',
  expires: '2026-06-30',
} as const;

interface Built {
  readonly app: App;
  readonly prod: Stage;
  readonly dev: Stage;
}

/** Two stages: one with what the packs find, one with a decision; and a rule that breaks on a value that is not known. */
function build(): Built {
  const app = new App({ analyticsReporting: false });
  const [prod, dev] = [new Stage(app, 'prod'), new Stage(app, 'dev')];
  const data = new Stack(prod, 'Data');
  new Bucket(data, 'Bucket', { enforceSSL: true });
  const logged = new Bucket(data, 'Logged', { enforceSSL: true });
  Aspects.of(logged).add(new (class implements IAspect {
    visit(node: unknown): void {
      if (node instanceof CfnBucket) node.loggingConfiguration = { destinationBucketName: 'logs' };
    }
  })());
  new Role(data, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  new CfnResource(data, 'Instance', { type: 'AWS::EC2::Instance', properties: {} });
  const nested = new NestedStack(data, 'Nested');
  new Bucket(nested, 'Inner', { enforceSSL: true });
  const decided = new Bucket(new Stack(dev, 'Data'), 'Bucket', { enforceSSL: true });
  acceptRisk(DECISION, decided);
  Validations.of(new Bucket(new Stack(dev, 'Other'), 'Bare', { enforceSSL: true })).acknowledge({ id: 'AwsSolutions-S1', reason: 'nobody asked' });
  // A limit that only the deployment knows makes the rule throw.
  new CfnResource(new Stack(dev, 'Broken'), 'Bucket', { type: 'AWS::S3::Bucket', properties: {} });
  new CfnBucket(new Stack(dev, 'Unknown'), 'Bucket', { publicAccessBlockConfiguration: { blockPublicAcls: Fn.importValue('x') as unknown as boolean, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true } });
  return { app, prod, dev };
}

async function synth(options: GateOptions = {}): Promise<Built & { readonly report: unknown }> {
  const built = build();
  await gateSynth(built.app, ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5'], options);
  try {
    built.app.synth();
  } catch {
    // Where no toolkit reads the exit code, a failed validation is thrown; the report is written all the same.
  }
  return { ...built, report: JSON.parse(readFileSync(join(built.app.outdir, 'validation-report.json'), 'utf8')) };
}

const rows = (outcomes: readonly Outcome[], control: string): string[] => outcomes.filter((outcome) => outcome.control === control).map(({ verdict, place, part }) => [verdict, place?.path ?? 'estate', part].filter((text) => text !== undefined).join(' '));

describe('a collector in a synth', () => {
  quietSynths('false');

  it('changes nothing of what the synth gates', async () => {
    const { report } = await synth();
    const { report: recorded } = await synth({ collector: new Collector() });
    expect(JSON.stringify(report)).toContain('AwsSolutions-IAM5[Action::s3:*]');
    expect(withoutFolders(recorded)).toEqual(withoutFolders(report));
  });

  it('keeps every outcome, after aspects, stage by stage', async () => {
    const collector = new Collector();
    const { prod, dev } = await synth({ collector });
    const outcomes = collector.outcomes(prod);
    expect(rows(outcomes, 'AwsSolutions-S1')).toEqual(['FAIL prod/Data/Bucket', 'PASS prod/Data/Logged', 'FAIL prod/Data/Nested/Inner']);
    expect(rows(outcomes, 'AwsSolutions-IAM5')).toEqual(['PASS prod/Data/Role', 'FAIL prod/Data/Role/DefaultPolicy Action::s3:*', 'FAIL prod/Data/Role/DefaultPolicy Resource::*']);
    expect(rows(outcomes, 'AwsSolutions-SQS3')).toEqual(['NOT_APPLICABLE estate']);
    expect(rows(collector.outcomes(dev), 'AwsSolutions-S1').length).toBeGreaterThan(2);
    expect(outcomes.every(({ place }) => place === undefined || place.path.startsWith('prod/'))).toBe(true);
  });

  it('names the place as an estate does, nested stacks included', async () => {
    const collector = new Collector();
    const { prod } = await synth({ collector });
    const places = collector.outcomes(prod).filter(({ control }) => control === 'AwsSolutions-S1').map(({ place }) => place);
    expect(places).toMatchObject([{ stack: 'prod-Data', logicalId: expect.stringMatching(/^Bucket/), type: 'AWS::S3::Bucket' }, {}, { stack: expect.stringMatching(/^prod-Data\/NestedNestedStack/) }]);
  });

  it('tells of each rule its text, its paragraphs and its version', async () => {
    const collector = new Collector();
    await synth({ collector });
    const controls = collector.controls();
    expect(controls.length).toBeGreaterThan(300);
    expect(controls.find(({ id }) => id === 'AwsSolutions-S1')).toMatchObject({ framework: 'AwsSolutions', title: 'Fails when: The S3 Bucket has server access logs disabled.', references: [], version: 'cdk-nag 3.0.2' });
    expect(controls.find(({ id }) => id === 'HIPAA.Security-LambdaInsideVPC')).toMatchObject({ title: 'Fails when: The Lambda function is not VPC enabled', references: expect.arrayContaining(['45 CFR 164.308(a)(3)(i)']) });
    expect(controls.filter(({ framework, references }) => framework !== 'AwsSolutions' && references.length === 0)).toEqual([]);
    expect(controls.filter(({ references }) => references.some((reference) => /control|\)\.$/i.test(reference)))).toEqual([]);
  });

  it('takes a rule that throws for an error of the rule', async () => {
    const collector = new Collector();
    const { dev } = await synth({ collector });
    const errors = collector.outcomes(dev).filter(({ verdict }) => verdict === 'ERROR');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors[0]).toMatchObject({ note: expect.stringMatching(/^The rule broke: /), place: { path: 'dev/Unknown/Bucket' } });
  });

  it('leaves acknowledged findings visible, with their reason, in either form', async () => {
    const collector = new Collector();
    const { dev } = await synth({ collector });
    const notes = collector.outcomes(dev).filter(({ control, verdict }) => control === 'AwsSolutions-S1' && verdict === 'FAIL').map(({ place, note }) => `${place?.path}: ${note ?? ''}`);
    expect(notes).toContain('dev/Other/Bare: Acknowledged: nobody asked');
    expect(notes.find((note) => note.startsWith('dev/Data/Bucket'))).toContain('Acknowledged: [no-access-log] This bucket');
  });

  it('gives what decisions are applied to', async () => {
    const collector = new Collector();
    const { dev } = await synth({ collector });
    const { outcomes, decisions } = applyDecisions({ outcomes: collector.outcomes(dev), controls: collector.controls(), decisions: decisionsOf(dev), register: { owner: 'owner', approver: 'approver', approvals: {} }, date: '2026-02-01' });
    expect(decisions).toMatchObject([{ id: 'no-access-log', state: 'proposed' }]);
    expect(rows(outcomes, 'AwsSolutions-S1').filter((row) => row.startsWith('ACCEPTED'))).toEqual(['ACCEPTED dev/Data/Bucket']);
  });

  it('gives the same again when the packs run again', async () => {
    const [one, other] = [new Collector(), new Collector()];
    const first = await synth({ collector: one });
    const second = await synth({ collector: other });
    expect(JSON.stringify(other.outcomes(second.prod))).toBe(JSON.stringify(one.outcomes(first.prod)));
  });

  it('an expired decision fails the synth by its own name, and one that holds does not', async () => {
    const found = async (date: string): Promise<string | undefined> => {
      const { report } = await synth({ plugins: [new ExpiredRisks(date)] });
      const plugin = (report as { pluginReports: { pluginName: string; conclusion: string; violations: { description: string }[] }[] }).pluginReports.find(({ pluginName }) => pluginName === 'AcceptedRisks');
      return plugin && `${plugin.conclusion} ${plugin.violations.map(({ description }) => description).join('')}`;
    };
    // The toolkit leaves out a plugin that found nothing.
    expect(await found('2026-06-30')).toBeUndefined();
    expect(await found('2026-07-01')).toMatch(/^failure test\/lib\/compliance\/evidence\/collector\.test\.ts:\d+ Accepted risk "no-access-log" on dev\/Data\/Bucket: expired on 2026-06-30/);
  });
});

/** Creation traces and temporary folders differ from run to run. */
function withoutFolders(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report, (key, value: unknown) => (/stackTrace|creation/i.test(key) ? undefined : value)).replaceAll(/cdk\.out\w+/g, 'cdk.out'));
}
