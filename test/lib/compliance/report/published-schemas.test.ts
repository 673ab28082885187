import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { EVIDENCE, VIEWS } from './fixture.ts';
import { hostileEvidence, hostileViews } from './hostile.ts';

const RUNS = { numRuns: 25 };
const SARIF_SCHEMA = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
/** File of OSCAL's schema, `oscal_assessment-results_schema.json` of a release: no package holds it, so it is run where it is named. */
const OSCAL_SCHEMA = process.env['OSCAL_SCHEMA'];

/** A schema as a validator of all its keywords and formats. */
function validatorOf(file: string): ValidateFunction {
  const text = readFileSync(file, 'utf8');
  // A schema of draft 4 names itself `id`; of its keywords SARIF's uses none that means another thing since.
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: text.includes(String.raw`\\p{`) });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe.each([
  { name: 'SARIF 2.1.0', schema: SARIF_SCHEMA, file: REPORT_FILES.sarif, breaks: ['version', 'runs'] },
  ...(OSCAL_SCHEMA === undefined ? [] : [{ name: 'OSCAL', schema: OSCAL_SCHEMA, file: REPORT_FILES.oscal, breaks: ['assessment-results'] }]),
])('the schema of $name', ({ schema, file, breaks }) => {
  let validate: ValidateFunction;
  beforeAll(() => {
    validate = validatorOf(schema);
  });

  const errorsOf = (text: string): unknown => (validate(JSON.parse(text)) ? [] : validate.errors);

  it('holds for a report with every verdict and every state of a decision', () => {
    expect(errorsOf(renderReport(EVIDENCE, VIEWS).get(file) as string)).toEqual([]);
    expect(errorsOf(renderReport({ ...EVIDENCE, templates: [], controls: [], outcomes: [], decisions: [], unexamined: [], claims: [] }).get(file) as string)).toEqual([]);
  });

  it('holds whatever text is in the evidence', () => {
    fc.assert(
      fc.property(hostileEvidence, hostileViews, (evidence, views) => {
        expect(errorsOf(renderReport(evidence, views).get(file) as string)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('refuses what is not of it', () => {
    const report = JSON.parse(renderReport(EVIDENCE).get(file) as string) as Record<string, unknown>;
    for (const member of breaks) {
      const { [member]: value, ...rest } = report;
      expect(validate(rest)).toBe(false);
      expect(validate({ ...report, [member]: [value] })).toBe(false);
    }
    expect(validate({ ...report, unheardOf: true })).toBe(false);
  });
});
