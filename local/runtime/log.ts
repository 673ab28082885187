import { mkdirSync } from 'node:fs';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isObject, textOf } from '../json.ts';

/** Where the functions' output goes. */
export interface LogSink {
  /** One line of a function's output, without its line feed. */
  line(functionName: string, text: string): void;
  /** A function failed: one sentence for the person at the terminal. */
  problem(functionName: string, text: string): void;
  /** Waits until all is on disk. */
  close(): Promise<void>;
}

/** Options of {@link fileLog}. */
export interface FileLogOptions {
  /** Folder with one file a function, made if missing. @default - output is kept nowhere */
  readonly directory?: string | undefined;
  /** Told of each problem, in one line. */
  readonly report: (line: string) => void;
}

/** Longest line that is shown at the terminal, in characters; the whole of it stands in the file. */
const LONGEST_REPORT = 300;

/** Writes each function's output to `<directory>/<function>.log`, and reports errors in one line. */
export function fileLog({ directory, report }: FileLogOptions): LogSink {
  const files = new Map<string, WriteStream>();
  let unwritable = false;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const fileOf = (directory: string, functionName: string): WriteStream => {
    const open = files.get(functionName);
    if (open !== undefined) return open;
    const file = createWriteStream(join(directory, `${functionName}.log`), { flags: 'a' });
    file.on('error', (error) => {
      if (!unwritable) report(`The functions' logs cannot be written: ${error.message}.`);
      unwritable = true;
    });
    files.set(functionName, file);
    return file;
  };
  const problem = (functionName: string, text: string): void => {
    const oneLine = text.replaceAll(/\s+/g, ' ').trim();
    report(`${functionName}: ${oneLine.length > LONGEST_REPORT ? `${oneLine.slice(0, LONGEST_REPORT)}…` : oneLine}`);
  };
  return {
    line(functionName, text) {
      if (directory !== undefined && !unwritable) fileOf(directory, functionName).write(`${text}\n`);
      const error = errorIn(text);
      if (error !== undefined) problem(functionName, error);
    },
    problem,
    async close() {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => {
        file.once('close', resolve);
        file.end();
        if (file.destroyed) resolve();
      })));
    },
  };
}

/** Calls `onLine` for each whole line of a stream, and for what is left at its end. */
export function eachLine(stream: Readable, onLine: (text: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** The message of a structured log line at level ERROR or above. */
function errorIn(text: string): string | undefined {
  if (!text.startsWith('{') || !/"(?:ERROR|CRITICAL|FATAL)"/.test(text)) return undefined;
  try {
    const line: unknown = JSON.parse(text);
    if (!isObject(line) || !['ERROR', 'CRITICAL', 'FATAL'].includes(String(line['level']))) return undefined;
    const cause = isObject(line['error']) ? textOf(line['error']['message']) : undefined;
    return `${textOf(line['message']) ?? 'error'}${cause === undefined ? '' : ` (${cause})`}`;
  } catch {
    return undefined;
  }
}
