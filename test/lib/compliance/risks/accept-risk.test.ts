import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { acceptRisk, decisionsOf, RISK_METADATA } from '../../../../lib/compliance/index.ts';
import type { RiskDecision } from '../../../../lib/compliance/index.ts';

const DECISION: RiskDecision = {
  id: 'last-log',
  findings: ['AwsSolutions::AwsSolutions-S1', 'GDPR::G14'],
  justification: 'This bucket holds logs; access logs of it would need another bucket without end.',
  compensatingControl: 'The account trail records management events on it.',
  since: '2026-01-01',
  expires: '2026-06-30',
};
const app = (): App => new App({ analyticsReporting: false });
const bucket = (): Bucket => new Bucket(new Stack(app(), 'Stack'), 'Logs');
const metadata = (one: IConstruct, type: string): unknown[] => one.node.metadata.filter((entry) => entry.type === type).map(({ data }) => data as unknown);
const acknowledged = (one: IConstruct): string => JSON.stringify(metadata(one, Validations.ACKNOWLEDGED_RULES_METADATA_KEY));

describe('a risk that is accepted', () => {
  it('stands on its construct in full, and is acknowledged on the resource with the decision as reason', () => {
    const one = bucket();
    acceptRisk(DECISION, one);
    expect(metadata(one, RISK_METADATA)).toEqual([DECISION]);
    const resource = one.node.defaultChild as IConstruct;
    expect(acknowledged(resource)).toContain('[last-log] This bucket holds logs');
    expect(acknowledged(resource)).toContain('Instead: The account trail records');
    expect(Object.keys(Object.assign({}, ...(metadata(resource, Validations.ACKNOWLEDGED_RULES_METADATA_KEY) as object[])))).toEqual(['AwsSolutions::AwsSolutions-S1', 'GDPR::G14']);
  });

  it('is not acknowledged for what stands below its construct', () => {
    const one = bucket();
    acceptRisk(DECISION, one);
    expect(acknowledged(one)).toBe('[]');
  });

  it('can be one decision for several constructs, each found again with its path and the line of the call', () => {
    const stack = new Stack(app(), 'Stack');
    const [one, other] = [new Bucket(stack, 'One'), new Bucket(stack, 'Other')];
    acceptRisk(DECISION, one, other.node.defaultChild as IConstruct);
    const found = decisionsOf(stack);
    expect(found.map(({ path, whole }) => [path, whole])).toEqual([
      ['Stack/One', false],
      ['Stack/Other', false],
    ]);
    expect(found[0]?.line).toMatch(/^test\/lib\/compliance\/risks\/accept-risk\.test\.ts:\d+$/);
    expect(found[1]?.line).toBe(found[0]?.line);
  });

  it('is refused without a construct, where it would vanish', () => {
    expect(() => acceptRisk(DECISION)).toThrow('Accepted risk "last-log": it names no construct; pass each one');
  });

  it('leaves no path of this machine in the assembly', () => {
    const one = bucket();
    acceptRisk(DECISION, one);
    const entries = [one, one.node.defaultChild as IConstruct].flatMap(({ node }) => node.metadata).filter(({ type }) => type === RISK_METADATA || type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(entries.length).toBe(3);
    expect(JSON.stringify(entries)).not.toContain(process.cwd());
  });

  it('on a stage is for the estate as a whole: no resource of it is acknowledged', () => {
    const stage = new Stage(app(), 'prod');
    new Bucket(new Stack(stage, 'Data'), 'Bucket');
    acceptRisk(DECISION, stage);
    expect(decisionsOf(stage)).toMatchObject([{ id: 'last-log', path: 'prod', whole: true }]);
    expect(stage.node.findAll().map(acknowledged).join('')).toBe('[]'.repeat(stage.node.findAll().length));
  });

  it('on the app holds in its stages, and one of another stage does not', () => {
    const root = app();
    const [prod, dev] = [new Stage(root, 'prod'), new Stage(root, 'dev')];
    acceptRisk(DECISION, root);
    acceptRisk({ ...DECISION, id: 'other' }, dev);
    expect(decisionsOf(prod).map(({ id, path }) => [id, path])).toEqual([['last-log', '']]);
  });
});

describe('a risk that cannot be accepted', () => {
  const accept = (change: object) => () => acceptRisk({ ...DECISION, ...change }, bucket());

  it.each(['AwsSolutions-S1', '::AwsSolutions-S1', 'AwsSolutions::', 'AwsSolutions: :S1', 'AwsSolutions::S1 and more', ''])('names a finding without its pack: %j', (finding) => {
    expect(accept({ findings: ['AwsSolutions::AwsSolutions-S2', finding] })).toThrow(`Accepted risk "last-log": finding "${finding}" is not prefixed with its pack; write it as "AwsSolutions::AwsSolutions-S1".`);
  });

  it.each(['*', 'AwsSolutions::*', 'AwsSolutions::AwsSolutions-S*', '*::*', 'GDPR::G1*'])('is too wide by a wildcard: %j', (finding) => {
    expect(accept({ findings: [finding] })).toThrow(`finding "${finding}" is a wildcard`);
  });

  it('is not too wide by a star in what was found', () => {
    expect(accept({ findings: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'] })).not.toThrow();
  });

  it.each([
    ['justification', 'not needed'],
    ['justification', ' '.repeat(60)],
    ['compensatingControl', 'none'],
    ['compensatingControl', ''],
  ])('has a %s that says nothing: %j', (field, text) => {
    expect(accept({ [field]: text })).toThrow('Accepted risk "last-log": justification and compensatingControl must be sentences that a reviewer can judge');
  });

  it.each([
    [{ id: 'Last Log' }, 'kebab-case'],
    [{ findings: [] }, 'it lists no finding'],
    [{ findings: ['A::A-1', 'A::A-1'] }, 'it lists "A::A-1" twice'],
    [{ expires: '2026-02-30' }, 'expires "2026-02-30" is no day'],
    [{ expires: '30.06.2026' }, 'expires "30.06.2026" is no day'],
    [{ since: '' }, 'since "" is no day'],
    [{ expires: '2025-12-31' }, 'it expires on 2025-12-31, before it began on 2026-01-01'],
    [{ expires: '2026-07-01' }, 'it holds for 181 days, until 2026-07-01; a decision holds for at most 180, here until 2026-06-30.'],
  ])('is malformed: %j', (change, message) => {
    expect(accept(change)).toThrow(message);
  });

  it('stands on a stack, or on a group of resources', () => {
    const stack = new Stack(app(), 'Stack');
    const group = new Construct(stack, 'Group');
    new Bucket(group, 'Bucket');
    expect(() => acceptRisk(DECISION, stack)).toThrow('Accepted risk "last-log": it is too wide: Stack is no single resource; name each resource that it is for.');
    expect(() => acceptRisk(DECISION, group)).toThrow('it is too wide: Stack/Group is no single resource');
  });

  it('leaves no trace', () => {
    const one = bucket();
    expect(() => acceptRisk({ ...DECISION, compensatingControl: 'none' }, one)).toThrow('Accepted risk');
    expect(() => acceptRisk(DECISION, one, one.stack)).toThrow('too wide');
    expect(metadata(one, RISK_METADATA)).toEqual([]);
  });
});
