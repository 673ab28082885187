import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEstate } from '../../local/estate.ts';
import { percentile } from '../measure.ts';
import { ChatClient } from '../scenarios/client.ts';
import type { Figure } from './figure.ts';

/** What the load is put on. */
export interface LoadBench {
  readonly assembly: string;
  readonly worker: URL;
  /** Conversations at once. */
  readonly conversations: number;
  /** Messages in each, one after another. */
  readonly messages: number;
}

/** Requests per second of the local estate: gateway, authorizer, chat function and store on this machine. */
export async function loadFigures(bench: LoadBench): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'chatbot-bench-'));
  const estate = await startEstate({ assemblyDir: bench.assembly, environment: 'dev', port: 0, dataDir, workerScript: bench.worker });
  try {
    await estate.warm;
    const clients: ChatClient[] = [];
    for (let i = 0; i < bench.conversations; i += 1) clients.push(await ChatClient.open(estate.url));
    const times: number[] = [];
    const started = performance.now();
    await Promise.all(
      clients.map(async (client) => {
        for (let i = 0; i < bench.messages; i += 1) {
          const sent = performance.now();
          await client.say('How much does standard delivery cost?');
          times.push(performance.now() - sent);
        }
      }),
    );
    const seconds = (performance.now() - started) / 1_000;
    const value = `${(times.length / seconds).toFixed(0)} a second; p50 ${percentile(times, 50).toFixed(0)} ms, p99 ${percentile(times, 99).toFixed(0)} ms (${bench.conversations} at once, ${times.length} in all)`;
    return [{ name: 'messages on the local estate', value }];
  } finally {
    await estate.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
