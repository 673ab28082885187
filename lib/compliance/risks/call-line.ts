import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Calls by what they left. Kept out of the metadata, which goes into the assembly: paths belong to this machine. */
const CALLS = new WeakMap<object, { readonly stack?: string }>();

/** Remembers where a function was called from. The trace is taken now, and written out only when {@link lineOf} asks for it. */
export function rememberCall(data: object, callee: (...given: never[]) => unknown): void {
  const limit = Error.stackTraceLimit;
  const trace = {};
  try {
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(trace, callee);
  } finally {
    Error.stackTraceLimit = limit;
  }
  CALLS.set(data, trace);
}

/** `file:line` of the call, from the working folder; undefined when it is not known, or the file is not there (a bundle without source map). */
export function lineOf(data: object): string | undefined {
  const [, at, line] = /\n\s+at (?:.*\()?((?:file:\/\/)?[^()\n]+):(\d+):\d+\)?$/m.exec(CALLS.get(data)?.stack ?? '') ?? [];
  if (at === undefined || line === undefined) return undefined;
  const file = at.startsWith('file://') ? fileURLToPath(at) : at;
  return existsSync(file) ? `${relative('', file).replaceAll('\\', '/')}:${line}` : undefined;
}
