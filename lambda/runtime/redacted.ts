import { redact } from '../domain/redaction/redact.ts';

/** What stands in the place of a text that could not be redacted. */
export const DROPPED = '[not shown: redaction failed]';

/** Deepest nesting that a log line has; what lies deeper is dropped. */
const MAX_DEPTH = 6;

/**
 * A value for the log with every string in it redacted. Never throws: a text that redaction fails on is dropped.
 * @param redactText replaced in tests alone
 */
export function redacted<T>(value: T, redactText?: (text: string) => string): T;
export function redacted(value: unknown, redactText: (text: string) => string = redact): unknown {
  return inside(value, redactText, 0);
}

function inside(value: unknown, redactText: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return attempt(value, redactText);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return DROPPED;
  if (Array.isArray(value)) return value.map((entry: unknown) => inside(entry, redactText, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, inside(entry, redactText, depth + 1)]));
}

function attempt(text: string, redactText: (text: string) => string): string {
  try {
    return redactText(text);
  } catch {
    return DROPPED;
  }
}
