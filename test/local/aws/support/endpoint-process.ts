import { startLoopback } from '../../../../local/aws/index.ts';
import { PLACE } from './place.ts';
import { tableNamed } from './tables.ts';

/** Runs an endpoint in a process of its own, to be killed. Arguments: data directory. Prints its URL. */
const loopback = await startLoopback({
  ...PLACE,
  dataDir: process.argv[2],
  resources: { tables: [tableNamed('one', { stream: true }), tableNamed('two')], queues: [{ queueName: 'q' }] },
});
process.stdout.write(`${loopback.url}\n`);
