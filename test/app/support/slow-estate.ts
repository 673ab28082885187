import { setTimeout as wait } from 'node:timers/promises';
import { startEstate } from '../../../local/estate.ts';

/** How long this model thinks, ms: longer than the interim time of the altered settings. */
const THINKS_MS = 600;

/** An estate in a process of its own, with a model that takes its time. Arguments: assembly, environment, folder of the state, worker script. */
const [assemblyDir = '', environment = '', dataDir = '', worker = ''] = process.argv.slice(2);
const estate = await startEstate({
  assemblyDir,
  environment,
  dataDir,
  port: 0,
  workerScript: new URL(worker),
  async *converse({ signal }) {
    await wait(THINKS_MS, undefined, { signal });
    yield 'That is what the article says [1].';
  },
});
process.stdout.write(`Chat page  ${estate.url}/\n`);
