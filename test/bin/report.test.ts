import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../bin/report.ts';
import { commitOf } from '../../bin/commit.ts';
import { parametersOf, registerOf } from '../../bin/report/parameters.ts';
import { writeReport } from '../../bin/report/write.ts';
import { loadEnvironment } from '../../config/index.ts';
import { Model } from '../../config/schema/conversation.ts';
import { ENDPOINT } from '../config/sample.ts';
import { ENVIRONMENTS, ROOT } from '../support/paths.ts';
import { printedBy } from '../support/printed.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatbot-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('npm run report', () => {
  it('judges any template, twice with the same bytes', async () => {
    const template = join(folder, 'shop.yaml');
    await writeFile(template, 'Parameters:\n  Days:\n    Type: Number\nResources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: !Sub "${AWS::StackName}-<b>orders</b>"\n  Logs:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      RetentionInDays: !Ref Days\n');
    const reports = [];
    for (const out of ['one', 'two']) {
      const { code, out: printed } = await printedBy(() => main(['--template', template, '--out', join(folder, out)], ROOT));
      expect([code, printed]).toEqual([0, expect.stringContaining('shop: Of ')]);
      const files = (await readdir(join(folder, out, 'shop'))).toSorted();
      expect(files).toEqual(['assessment-results.oscal.json', 'evidence.json', 'findings.csv', 'index.html', 'manifest.json', 'results.sarif', 'summary.md']);
      reports.push(await Promise.all(files.map((file) => readFile(join(folder, out, 'shop', file), 'utf8'))));
    }
    expect(reports[1]).toEqual(reports[0]);
    const [evidence = '{}', page = ''] = [reports[0]?.[1], reports[0]?.[3]];
    const verdicts = (JSON.parse(evidence) as { outcomes: { control: string; verdict: string; place?: { logicalId: string } }[] }).outcomes.filter(({ place }) => place?.logicalId === 'Logs');
    // A parameter decides the retention: that is not known, and no pass.
    expect(verdicts.find(({ control }) => control === 'GDPR-G02')?.verdict).toBe('UNKNOWN');
    expect(page).not.toContain('<b>orders</b>');
  });

  it.each([
    [['--template', 'nowhere.json'], 1, 'nowhere.json'],
    [['--template', 'a.json', 'prod'], 2, 'leave the environments out'],
    [['--expiring', 'soon'], 2, '--expiring takes a number of days'],
    [['--template', 'a.json', '--expiring', '30'], 2, 'a template file has none'],
    [['--help'], 0, ''],
  ])('%j exits with %i', async (args, code, message) => {
    const printed = await printedBy(() => main(args, ROOT));
    expect([printed.code, printed.errors]).toEqual([code, expect.stringContaining(message)]);
  });
});

describe('a file that is no template', () => {
  it.each([
    ['nowhere.json', undefined, 'there is no such file'],
    ['broken.json', '{"Resources": {', 'is broken'],
    ['empty.yaml', '', 'is not a template'],
    ['twice.yaml', 'Resources:\n  A: {Type: AWS::S3::Bucket}\n  A: {Type: AWS::SQS::Queue}\n', 'twice.yaml:3'],
    ['large.json', `{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "${'x'.repeat(5_000_000)}"}}}}`, 'at most 5000000'],
    ['list.json', '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": [1]}}}', 'Resources.A.Properties is a list'],
  ])('%s is refused in a sentence, without a stack', async (name, text, message) => {
    const file = join(folder, name);
    if (text !== undefined) await writeFile(file, text);
    const { code, errors } = await printedBy(() => main(['--template', file, '--out', join(folder, 'out')], ROOT));
    expect([code, errors]).toEqual([1, expect.stringContaining(message)]);
    expect(errors).not.toContain('    at ');
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});

describe('what an environment is judged with', () => {
  it.each(ENVIRONMENTS)('%s: its own retention, regions, public routes and words', (name) => {
    const config = loadEnvironment(name);
    const { dataPolicy, responsible } = config;
    expect(parametersOf(config)).toMatchObject({ maxRetentionDays: dataPolicy.maxRetentionDays, allowedRegions: dataPolicy.allowedRegions, publicRoutes: ['/v1/health', '/', '/pages/{file}'], disclosure: { locales: ['en', 'de'] }, childDirected: false });
    expect(registerOf(config)).toEqual({ ...responsible, approvals: {} });
  });

  it('who decides about the processing and whose data it is, where config declares it', () => {
    const config = loadEnvironment('prod');
    const declared = { controller: { name: 'Shop', contact: 'privacy@shop.example' }, dataSubjects: { '*': 'customers' } };
    expect(parametersOf({ ...config, compliance: { ...config.compliance, ...declared } })).toMatchObject(declared);
    expect(Object.keys(parametersOf({ ...config, compliance: { ...config.compliance, controller: undefined, dataSubjects: undefined } }))).not.toEqual(expect.arrayContaining(['controller']));
  });

  it('why a model elsewhere has no guardrail', () => {
    expect(parametersOf(loadEnvironment('prod')).modelWithoutGuardrail).toBeUndefined();
    expect(parametersOf({ ...loadEnvironment('prod'), model: Model.parse(ENDPOINT) }).modelWithoutGuardrail).toBe(ENDPOINT.withoutGuardrail);
  });

  it('a trail outside, which config names in one place or the other', () => {
    const config = loadEnvironment('prod');
    const outside = (changes: object): string | undefined => parametersOf({ ...config, ...changes }).outsideTrail;
    const organisationTrailArn = 'arn:aws:cloudtrail:eu-west-1:999988887777:trail/organisation';
    expect(outside({})).toBeUndefined();
    expect(outside({ trail: { enabled: true, managementEvents: { recordedBy: 'organisation' } } })).toBe('organisation');
    expect(outside({ trail: { enabled: false, reason: 'The organisation trail records the events.' }, existing: { ...config.existing, organisationTrailArn } })).toBe(organisationTrailArn);
  });
});

describe('a report on disk', () => {
  it('takes the place of the one before, whole', async () => {
    const out = join(folder, 'reports/prod');
    await writeReport(out, new Map([['old.txt', 'old']]));
    await writeReport(out, new Map([['new.txt', 'new']]));
    expect(await readdir(out)).toEqual(['new.txt']);
  });

  it('stays as it was when the new one cannot be written', async () => {
    const out = join(folder, 'reports/prod');
    await writeReport(out, new Map([['old.txt', 'old']]));
    await expect(writeReport(out, new Map([['a', '1'], ['a/b', '2']]))).rejects.toThrow();
    expect(await readdir(join(folder, 'reports'))).toEqual(['prod']);
    expect(await readdir(out)).toEqual(['old.txt']);
  });
});

describe('the commit', () => {
  it('is that of the checkout, and none outside of one', async () => {
    expect(commitOf(ROOT)).toEqual({ id: expect.stringMatching(/^[0-9a-f]{40}$/), at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
    expect(existsSync(join(folder, '.git'))).toBe(false);
    expect(commitOf(folder)).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });
});
