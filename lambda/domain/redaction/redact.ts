import { findPersonalData } from './find.ts';
import type { Finding, FindOptions } from './types.ts';

/** Options of {@link redact}. */
export interface RedactOptions extends FindOptions {
  /** What takes a value's place. @default - its kind in brackets, such as `[email]` */
  readonly placeholder?: (finding: Finding) => string;
}

/** The text with each value that is personal or secret replaced. What was redacted once stays as it is. */
export function redact(text: string, options: RedactOptions = {}): string {
  return replaceFindings(text, findPersonalData(text, options), options.placeholder ?? (({ kind }) => `[${kind}]`));
}

/** The text with findings replaced. @param findings in order, none overlapping another */
export function replaceFindings(text: string, findings: readonly Finding[], placeholder: (finding: Finding) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const finding of findings) {
    parts.push(text.slice(at, finding.start), placeholder(finding));
    at = finding.end;
  }
  return parts.join('') + text.slice(at);
}
