import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { BREAKERS, longestCall } from '../../lambda/contracts/budgets.ts';
import { percentile } from '../measure.ts';
import { messageEvent } from './events.ts';
import type { Figure } from './figure.ts';
import { FreshProcess } from './fresh-process.ts';
import type { Cost, ProcessOptions } from './fresh-process.ts';

/** Messages that are timed while the breaker is open: few enough to end before it lets a probe through. */
const REFUSED = 300;

/** How long a message waits while nothing answers, and how long once the store's breaker is open: against a server that accepts and never answers. */
export async function breakerFigures(options: ProcessOptions): Promise<Figure[]> {
  const held = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    held.add(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const process = new FreshProcess({ ...options, environment: { ...options.environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` } });
  const ask = async (): Promise<Cost> => {
    const cost = await process.send(messageEvent({ conversationId: 'bench', subject: 'bench' }, 'Is anybody there?'));
    if (cost.status !== 503) throw new Error(`The chat function answered ${cost.status} while no store did: ${cost.body}`);
    return cost;
  };
  try {
    const closed: number[] = [];
    while (closed.length < BREAKERS.service.minimumCalls) closed.push((await ask()).milliseconds);
    // The signing keys are asked for beside the store: their last attempts end, and they have a breaker too.
    await delay(longestCall('interactive'));
    const before = connections;
    const open: number[] = [];
    while (open.length < REFUSED) open.push((await ask()).milliseconds);
    return [
      { name: 'a message while the store never answers, longest', value: `${Math.max(...closed).toFixed(0)} ms (${closed.length} messages)`, promise: 'R2: 2,000 ms', held: { measured: Math.max(...closed), limit: 2_000 } },
      { name: 'the same with its breaker open', value: `p50 ${percentile(open, 50).toFixed(1)} ms, p99 ${percentile(open, 99).toFixed(1)} ms (${REFUSED} messages, ${connections - before} connections)`, promise: 'R4: p99 50 ms, no call', held: { measured: percentile(open, 99), limit: 50 } },
    ];
  } finally {
    process.close();
    for (const socket of held) socket.destroy();
    server.close();
  }
}
