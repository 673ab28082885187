import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { acceptRisk, RISK_METADATA } from '../../../lib/compliance/index.ts';
import type { RiskDecision } from '../../../lib/compliance/index.ts';

const DECISION: RiskDecision = {
  id: 'last-log',
  findings: ['AwsSolutions::AwsSolutions-S1'],
  justification: 'This bucket holds logs; access logs of it would need another bucket without end.',
  compensatingControl: 'The account trail records management events on it.',
};
const bucket = (): Bucket => new Bucket(new Stack(new App({ analyticsReporting: false }), 'Stack'), 'Logs');
const metadata = (one: Bucket, type: string): unknown[] => one.node.metadata.filter((entry) => entry.type === type).map(({ data }) => data as unknown);

describe('a risk that is accepted', () => {
  it('stands on its construct with its findings, and is acknowledged with the decision as reason', () => {
    const one = bucket();
    acceptRisk(DECISION, one);
    expect(metadata(one, RISK_METADATA)).toEqual([{ id: 'last-log', findings: ['AwsSolutions::AwsSolutions-S1'] }]);
    expect(JSON.stringify(metadata(one, Validations.ACKNOWLEDGED_RULES_METADATA_KEY))).toContain('[last-log] This bucket holds logs');
    expect(JSON.stringify(metadata(one, Validations.ACKNOWLEDGED_RULES_METADATA_KEY))).toContain('Instead: The account trail records');
  });

  it('can be one decision for several constructs', () => {
    const [one, other] = [bucket(), bucket()];
    acceptRisk(DECISION, one, other);
    expect([one, other].map((construct) => metadata(construct, RISK_METADATA).length)).toEqual([1, 1]);
  });
});

describe('a risk that cannot be accepted', () => {
  const accept = (change: object) => () => acceptRisk({ ...DECISION, ...change }, bucket());

  it.each(['AwsSolutions-S1', '::AwsSolutions-S1', 'AwsSolutions::', 'AwsSolutions: :S1', ''])('names a finding without its pack: %j', (finding) => {
    expect(accept({ findings: ['AwsSolutions::AwsSolutions-S2', finding] })).toThrow(`Accepted risk "last-log": finding "${finding}" is not prefixed with its pack; write it as "AwsSolutions::AwsSolutions-S1".`);
  });

  it.each([
    ['justification', 'not needed'],
    ['justification', ' '.repeat(60)],
    ['compensatingControl', 'none'],
    ['compensatingControl', ''],
  ])('has a %s that says nothing: %j', (field, text) => {
    expect(accept({ [field]: text })).toThrow('Accepted risk "last-log": justification and compensatingControl must be sentences that a reviewer can judge');
  });

  it('leaves no trace', () => {
    const one = bucket();
    expect(() => acceptRisk({ ...DECISION, compensatingControl: 'none' }, one)).toThrow('Accepted risk');
    expect(metadata(one, RISK_METADATA)).toEqual([]);
  });
});
