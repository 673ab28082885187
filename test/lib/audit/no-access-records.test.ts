import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import { acceptNoAccessRecords } from '../../../lib/audit/index.ts';
import { g26AccessRecords } from '../../../lib/compliance/rules/gdpr/g26-access-records.ts';
import { PLACE } from '../../support/capability-app.ts';
import { gateOf } from '../../support/gate.ts';
import type { Gate } from '../../support/gate.ts';

const REASON = 'Development holds invented conversations only.';

function gate(accept: boolean): Gate {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: PLACE });
  const tables = ['One', 'Two'].map((id) => new TableV2(stack, id, { partitionKey: { name: 'pk', type: AttributeType.STRING } }));
  if (accept) acceptNoAccessRecords(tables, REASON);
  return gateOf({ stack, template: Template.fromStack(stack) }, [g26AccessRecords]);
}

describe('stores whose reads nobody records', () => {
  it('are one accepted risk with the reason', () => {
    const { open, accepted, decisions, wrong } = gate(true);
    expect([open, wrong]).toEqual([[], []]);
    expect(accepted).toEqual(['GDPR-G26 [Data events] One', 'GDPR-G26 [Data events] Two']);
    expect(decisions).toMatchObject([{ id: 'no-access-records', justification: expect.stringContaining(REASON) as string }]);
  });

  it('are open without it', () => {
    expect(gate(false).open).toHaveLength(2);
  });
});
