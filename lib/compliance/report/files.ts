/** Names of the files of a report. */
export const REPORT_FILES = {
  page: 'index.html',
  table: 'findings.csv',
  evidence: 'evidence.json',
  sarif: 'results.sarif',
  oscal: 'assessment-results.oscal.json',
  summary: 'summary.md',
  manifest: 'manifest.json',
} as const;
