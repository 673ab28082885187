import { describe, expect, it } from 'vitest';
import { DataPolicy } from '../../../config/schema/operations.ts';
import { b04GlobalTableDeletionProtection } from '../../../lib/compliance/rules/blind-spots/b04-global-table-deletion-protection.ts';
import { g28RecoverableTables } from '../../../lib/compliance/rules/gdpr/g28-recoverable-tables.ts';
import type { ConversationStoreProps } from '../../../lib/conversation/index.ts';
import { capability } from '../../support/capability-app.ts';
import { gateOf } from '../../support/gate.ts';
import { sampleStore } from '../../support/sample-store.ts';

const REASON = 'Developers make and destroy this environment at will.';
const gate = (removal: ConversationStoreProps['removal']) =>
  gateOf(
    capability((surroundings) => sampleStore(surroundings, { subjectKey: surroundings.key, removal })),
    [b04GlobalTableDeletionProtection, g28RecoverableTables],
  );

describe('tables that go with their stack', () => {
  it('are one accepted risk, which covers what rules find and nothing else', () => {
    const { open, accepted, decisions, wrong } = gate({ kind: 'destroy', reason: REASON });
    expect([open, wrong]).toEqual([[], []]);
    expect(accepted).toHaveLength(8);
    expect(decisions).toMatchObject([{ id: 'environment-is-destroyable', state: 'proposed', justification: expect.stringContaining(REASON) as string }]);
  });

  it('are none where they are retained', () => {
    expect(gate({ kind: 'retain' })).toEqual({ open: [], accepted: [], decisions: [], wrong: [] });
  });

  it.each([
    ['the shortest', 'x'.repeat(20)],
    ['the longest', 'x'.repeat(500)],
    ['lines', 'One line that is long enough.\n[another-id] And another.'],
    ['markup', '<script>alert(1)</script> &amp; "quoted" ${AWS::NoValue}'],
    ['a formula', '=HYPERLINK("https://a.example") and so on'],
  ])('take %s as a reason, as it is written', (_, reason) => {
    const allowed = DataPolicy.shape.removal.parse({ kind: 'destroy', reason });
    const { open, decisions, wrong } = gate(allowed);
    expect([open, wrong]).toEqual([[], []]);
    expect(decisions[0]?.justification).toContain(reason);
  });
});
