import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from './fields.ts';

/** Path that tells which endpoint listens. */
export const IDENTITY_PATH = '/.well-known/loopback';
/** How long a running endpoint may take to say who it is, ms. */
const ANSWER_MS = 1000;

/** The mark of a running endpoint in its data directory. */
export interface Lock {
  readonly instance: string;
  /** Writes the mark. */
  hold(url: string): void;
  /** Takes it away. */
  release(): void;
}

/**
 * Two endpoints on one directory would overwrite each other. A process id could have been given away since a crash, so
 * the mark is an address: whoever answers there with the same identity is still running.
 * @throws Error when another endpoint uses the directory
 */
export async function lockFor(dataDir: string | undefined): Promise<Lock> {
  const instance = randomUUID();
  if (dataDir === undefined) return { instance, hold: () => undefined, release: () => undefined };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'endpoint.json');
  const holder = await runningHolder(path);
  if (holder !== undefined) throw new Error(`The data directory ${dataDir} is in use by the endpoint at ${holder}. Stop that one, or choose another directory.`);
  return {
    instance,
    hold: (url) => writeFileSync(path, JSON.stringify({ url, instance }), { mode: 0o600 }),
    release: () => rmSync(path, { force: true }),
  };
}

async function runningHolder(path: string): Promise<string | undefined> {
  try {
    const mark: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isObject(mark) || typeof mark['url'] !== 'string') return undefined;
    const { url } = mark;
    const response = await fetch(`${url}${IDENTITY_PATH}`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const answer: unknown = await response.json();
    return isObject(answer) && answer['instance'] === mark['instance'] ? url : undefined;
  } catch {
    // No file, a torn one, or nobody there.
    return undefined;
  }
}
