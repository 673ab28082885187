import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_FILES, renderReport } from '../../../../lib/compliance/report/index.ts';
import { readCsv } from './csv-read.ts';
import { hostileEvidence, hostileViews } from './hostile.ts';
import { readPage } from './html-check.ts';
import { checkMarkdown } from './markdown-check.ts';
import { checkOscal } from './oscal-check.ts';
import { checkSarif } from './sarif-check.ts';

const RUNS = { numRuns: 25 };
/** What hides or reorders text; joiners of scripts and line breaks apart. */
const HIDDEN = /(?![\n\r\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const holds = (file: string, check: (text: string) => void): void => {
  fc.assert(fc.property(hostileEvidence, hostileViews, (evidence, views) => check(renderReport(evidence, views).get(file) as string)), RUNS);
};

describe('hostile text', () => {
  it('never becomes markup of the page', () => {
    holds(REPORT_FILES.page, (text) => {
      const page = readPage(text);
      const ids = page.elements.flatMap(({ attributes }) => attributes['id'] ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(page.elements.flatMap(({ attributes }) => attributes['href'] ?? []).filter((link) => !/^#[\w.-]+$/.test(link))).toEqual([]);
      expect(text).not.toMatch(HIDDEN);
    });
  });

  it('never becomes a formula', () => {
    holds(REPORT_FILES.table, (text) => {
      const records = readCsv(text);
      expect(new Set(records.map(({ length }) => length)).size).toBe(1);
      for (const cell of records.flat()) {
        expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r]/u);
        expect(cell.length).toBeLessThan(32_767);
      }
      expect(text).not.toMatch(HIDDEN);
    });
  });

  it('never breaks JSON, and is all in the evidence', () => {
    fc.assert(
      fc.property(hostileEvidence, (evidence) => {
        const text = renderReport(evidence).get(REPORT_FILES.evidence) as string;
        const read = JSON.parse(text) as typeof evidence;
        const actuals = ({ outcomes }: typeof evidence): string[] => outcomes.map(({ actual }) => actual ?? '(none)').toSorted((a, b) => (a < b ? -1 : 1));
        expect(actuals(read)).toEqual(actuals(evidence));
        expect(text).not.toMatch(HIDDEN);
      }),
      RUNS,
    );
  });

  it('never breaks SARIF', () => holds(REPORT_FILES.sarif, (text) => void checkSarif(text)));

  it('never breaks OSCAL', () => holds(REPORT_FILES.oscal, (text) => void checkOscal(text)));

  it('never becomes Markdown', () => holds(REPORT_FILES.summary, checkMarkdown));
});
