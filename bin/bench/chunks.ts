import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { percentile } from '../measure.ts';
import type { Figure } from './figure.ts';
import type { RuntimeNode } from './runtime-node.ts';

const run = promisify(execFile);

/** Replies of one process; the first ones find nothing compiled. */
const REPLIES = 20;
const SOURCES = [
  { id: 'returns#1', articleId: 'returns', title: 'Returns', section: 'How to return an item', locale: 'en', text: 'You may return an item within 30 days of delivery. Keep the box and the label. The refund goes to the card that you paid with.' },
  { id: 'delivery#1', articleId: 'delivery', title: 'Delivery', section: 'Times', locale: 'en', text: 'A parcel takes two to four working days. You get a message with a link once it has left.' },
];
const REPLY = `You may return an item within 30 days of delivery [1]. Keep the box and the label until then. The refund goes to the card that you paid with [1].

- A parcel takes two to four working days [2].
- You get a message with a link once it has left [2].

Would you like to know anything else about your order? I am happy to look it up. Please have the number at hand.`;

/** Warms the gate as a turn does, opens one for each reply, pushes it in chunks of a few characters, and prints the microseconds of CPU that each chunk took. */
const SCRIPT = `import { openGate } from ${JSON.stringify('../../lambda/domain/answer/gate.ts')};
import { warmGate } from ${JSON.stringify('../../lambda/domain/answer/warm-gate.ts')};
warmGate();
const [sources, reply] = ${JSON.stringify([SOURCES, REPLY])};
const spent = [];
for (let made = 0; made < ${REPLIES}; made += 1) {
  const gate = openGate({ sources, humanContact: '', said: ['How do I return something?'] });
  for (let at = 0; at < reply.length; at += 12) {
    const before = process.cpuUsage();
    gate.push(reply.slice(at, at + 12));
    const { user, system } = process.cpuUsage(before);
    spent.push(user + system);
  }
  gate.end();
  if (gate.closed !== undefined) throw new Error('The gate closed: ' + gate.closed);
}
console.log(JSON.stringify(spent));`;

/** CPU that the output gate takes for a chunk of a model's reply, in fresh processes. */
export async function chunkFigures(root: string, node: RuntimeNode, runs: number): Promise<Figure[]> {
  const outfile = join(root, '.build/bench/chunks.mjs');
  await build({ stdin: { contents: SCRIPT, resolveDir: join(root, 'bin/bench'), loader: 'js' }, outfile, bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' });
  const all: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const spent: number[] = JSON.parse((await run(node.path, [outfile])).stdout);
    all.push(...spent.map((microseconds) => microseconds / 1_000));
    first.push(Math.max(...spent.slice(0, spent.length / REPLIES)) / 1_000);
  }
  const text = (values: readonly number[], p: number): string => `${percentile(values, p).toFixed(1)} ms`;
  return [
    { name: 'own CPU a chunk of a reply, p99 judged', value: `p50 ${text(all, 50)}, p99 ${text(all, 99)} (${all.length} chunks)`, promise: 'P4: 5 ms, 99 of 100 chunks', held: { measured: percentile(all, 99), limit: 5, scales: true } },
    { name: 'the same, dearest chunk of a process’s first reply', value: `p50 ${text(first, 50)} (${runs} processes)`, promise: 'P4: 5 ms', held: { measured: percentile(first, 50), limit: 5, scales: true } },
  ];
}
