import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Loopback, LoopbackOptions } from '../../../../local/aws/index.ts';
import { startLoopback } from '../../../../local/aws/index.ts';
import type { Clients } from './clients.ts';
import { PLACE, clientsFor } from './clients.ts';

export { tableNamed } from './tables.ts';

/** A running endpoint with clients. */
export interface Running {
  readonly loopback: Loopback;
  readonly clients: Clients;
}

/** Runs a test against an endpoint of its own, and ends it whatever happens. */
export async function withLoopback<T>(options: Partial<LoopbackOptions>, run: (running: Running) => Promise<T>): Promise<T> {
  const loopback = await startLoopback({ ...PLACE, resources: {}, ...options });
  const clients = clientsFor(loopback.url);
  try {
    return await run({ loopback, clients });
  } finally {
    clients.destroy();
    await loopback.close();
  }
}

/** Runs a test with a folder of its own, and removes it. */
export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'loopback-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A promise with its ends outside. */
export function signal<T = void>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve(value) };
}
