import type { Evidence } from '../evidence/types.ts';
import { csv } from './csv.ts';
import { REPORT_FILES } from './files.ts';
import { page } from './html/page.ts';
import { manifest } from './manifest.ts';
import { markdown } from './markdown.ts';
import { modelOf } from './model.ts';
import { oscal } from './oscal/document.ts';
import { sarif } from './sarif.ts';
import type { ReportViews } from './views.ts';

/**
 * Renders a report: file name to text, to be written as UTF-8. The same evidence and views give the same bytes, in whatever order the
 * evidence lists its parts; no clock and no chance is asked.
 * @throws Error when the evidence's time is not a time
 */
export function renderReport(evidence: Evidence, views: ReportViews = {}): Map<string, string> {
  const model = modelOf(evidence);
  const files = new Map<string, string>([
    [REPORT_FILES.page, page(model, views)],
    [REPORT_FILES.table, csv(model)],
    [REPORT_FILES.evidence, model.text],
    [REPORT_FILES.sarif, sarif(model)],
    [REPORT_FILES.oscal, oscal(model)],
    [REPORT_FILES.summary, markdown(model)],
  ]);
  return files.set(REPORT_FILES.manifest, manifest(model, files));
}
