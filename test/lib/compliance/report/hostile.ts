import * as fc from 'fast-check';
import type { Decision, Evidence, Place } from '../../../../lib/compliance/evidence/types.ts';
import type { ReportViews } from '../../../../lib/compliance/report/index.ts';
import { VERDICTS } from '../../../../lib/compliance/verdict.ts';

/** What must never be more than text in any file. */
const ATTACKS: readonly string[] = [
  '<script>alert(1)</script>', '</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "' onmouseover='alert(1)", '</title><h1>x', '</style><style>*{display:none}', '<!-- ', ']]>', '&lt;b&gt;&#60;',
  '=HYPERLINK("http://evil.example","x")', '+1+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', 'a","=1', '\u200B=1', '"', '""', 'a\r\nb', ';=1',
  '[x](javascript:alert(1))', '![x](http://evil.example/p.png)', '| a | b |', '`code`', '# heading', '@everyone #1', 'http://evil.example www.evil.example', '{0} {{1}}', '\n\n- list\n\n> quote', '***', '<https://evil.example>', '&#91;x&#93;',
  '\u0000', '\u001B[31m', '\u202Eevil\u202C', '\u2066x\u2069', '\u2028', '\uFEFF', '\uD800', '\uDFFF', 'é́́́', '👩‍💻', '\\u003cscript\\u003e', '__proto__', 'constructor', '', ' ', '$&', '$1', '../../../etc/passwd', 'C:\\x', '%00', 'javascript:alert(1)', 'x'.repeat(40_000), '<'.repeat(5_000),
];

const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ATTACKS) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }, { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ATTACKS), fc.constantFrom(...ATTACKS)).map((two) => two.join('').slice(0, 60_000)) });
const texts = fc.array(text, { maxLength: 3 });
const day = fc.oneof(text, fc.constantFrom('2027-01-31', '2027-02-30', '0001-01-01', '9999-12-31'));

const place: fc.Arbitrary<Place> = fc.record({ stack: text, logicalId: text, type: text, path: text });
const state = fc.constantFrom<Decision['state']>('approved', 'proposed', 'expired', 'invalid', 'unused');

/** Evidence of the right types, every text of which is hostile. */
export const hostileEvidence: fc.Arbitrary<Evidence> = fc
  .record({ ids: fc.array(text, { minLength: 1, maxLength: 4 }), decisionIds: fc.array(text, { minLength: 1, maxLength: 3 }), stacks: fc.array(text, { minLength: 1, maxLength: 3 }) })
  .chain(({ ids, decisionIds, stacks }) =>
    fc.record(
      {
        name: text,
        release: text,
        commit: text,
        at: fc.constantFrom('2026-11-20T09:30:00+01:00', '2028-02-29T00:00:00Z'),
        templates: fc.array(fc.record({ stack: fc.constantFrom(...stacks), file: text, sha256: text }), { maxLength: 3 }),
        controls: fc.array(fc.record({ id: fc.constantFrom(...ids), framework: text, title: text, references: texts, info: text, explanation: text, version: text }), { maxLength: 4 }),
        outcomes: fc.array(
          fc.record(
            { control: fc.constantFrom(...ids), verdict: fc.constantFrom(...VERDICTS), place: fc.record({ stack: fc.constantFrom(...stacks), logicalId: text, type: text, path: text }), part: text, property: text, actual: text, expected: text, note: text, decision: fc.constantFrom(...decisionIds), slot: fc.record({ evidence: text, owner: text, due: day }, { requiredKeys: ['owner', 'due'] }) },
            { requiredKeys: ['control', 'verdict'] },
          ),
          { maxLength: 8 },
        ),
        decisions: fc.array(fc.record({ id: fc.constantFrom(...decisionIds), covers: texts, justification: text, compensatingControl: text, owner: text, approver: text, ticket: text, expires: day, state, problem: text }, { requiredKeys: ['id', 'covers', 'justification', 'compensatingControl', 'owner', 'approver', 'expires', 'state'] }), { maxLength: 3 }),
        unexamined: fc.array(fc.record({ type: text, resources: texts }), { maxLength: 3 }),
        claims: fc.array(fc.record({ tool: text, rule: text, reason: text, place }), { maxLength: 3 }),
      },
      { requiredKeys: ['name', 'release', 'at', 'templates', 'controls', 'outcomes', 'decisions', 'unexamined', 'claims'] },
    ),
  );

/** Views of the right types, every text of which is hostile. */
export const hostileViews: fc.Arbitrary<ReportViews> = fc.record(
  {
    accessMatrix: fc.record({
      roles: fc.array(fc.record({ id: text, name: text, usedBy: text }), { maxLength: 2 }),
      stores: fc.array(fc.record({ id: text, name: text, type: text, holds: text }), { maxLength: 2 }),
      cells: fc.array(fc.record({ role: text, store: text, access: fc.constant(['read'] as const), actions: texts, wildcard: fc.boolean(), condition: text, unknown: text }), { maxLength: 2 }),
      readers: fc.array(fc.record({ role: text, clear: fc.boolean(), how: text }), { maxLength: 2 }),
    }),
    egress: fc.array(fc.record({ from: text, to: text, region: text, leaves: fc.constantFrom('yes', 'no', 'unknown'), data: text, processor: text, protection: text }), { maxLength: 2 }),
    encryption: fc.array(fc.record({ store: text, type: text, key: text, keyKind: fc.constantFrom('customer', 'none', 'unknown'), rotated: fc.boolean(), inTransit: text }), { maxLength: 2 }),
    dataFlowSvg: text,
    controller: text,
    processingRecords: fc.array(fc.record({ activity: text, purpose: text, legalBasis: text, data: text, stores: texts, retention: text, recipients: texts, transfers: texts, owner: text, subjects: text, residual: text }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
