import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallRecord } from '../../local/aws/index.ts';
import { startEstate } from '../../local/estate.ts';
import { environmentOf } from '../../local/runtime/environment.ts';
import { percentile, spreadOf, spreadText } from '../measure.ts';
import { breakerFigures } from './breaker.ts';
import { createEvent, messageEvent, subjectOf } from './events.ts';
import type { Figure } from './figure.ts';
import { FreshProcess } from './fresh-process.ts';
import type { Cost, ProcessOptions } from './fresh-process.ts';
import type { RuntimeNode } from './runtime-node.ts';

/** What the turn is measured on. */
export interface TurnBench {
  readonly root: string;
  readonly assembly: string;
  readonly bundle: string;
  readonly worker: URL;
  readonly node: RuntimeNode;
  /** Fresh processes. */
  readonly starts: number;
  /** Subjects, each with a first and a warm turn in one process; P3 promises 1,000. */
  readonly subjects: number;
}

const QUESTION = 'How many days do I have to send something back?';

interface Conversation {
  readonly conversationId: string;
  readonly subject: string;
}

/** Start-up, first reply, AWS calls and own CPU of the chat function on the loop-back endpoint. */
export async function turnFigures(bench: TurnBench): Promise<Figure[]> {
  const calls: CallRecord[] = [];
  const dataDir = await mkdtemp(join(tmpdir(), 'chatbot-bench-'));
  const estate = await startEstate({ assemblyDir: bench.assembly, environment: 'dev', port: 0, dataDir, workerScript: bench.worker, onCall: (call) => void calls.push(call) });
  try {
    await estate.warm;
    const environment = environmentOf(estate.definition('chat'), estate.awsUrl, 'bench');
    const options: ProcessOptions = { node: bench.node.path, script: join(bench.root, 'bin/bench/fresh.mjs'), bundle: bench.bundle, environment };
    return [...(await starts(options, bench)), ...(await warmTurns(options, bench, calls)), ...(await breakerFigures(options))];
  } finally {
    await estate.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function starts(options: ProcessOptions, { starts: runs, node }: TurnBench): Promise<Figure[]> {
  const maker = new FreshProcess(options);
  const load: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const conversation = await open(maker);
    const fresh = new FreshProcess(options);
    const cost = succeeded(await fresh.send(messageEvent(conversation, QUESTION)));
    load.push(cost.load);
    first.push(cost.sinceStart);
    fresh.close();
  }
  maker.close();
  const on = `Node ${node.version}${node.deployed ? '' : ', not the deployed runtime’s'}`;
  return [
    { name: `start-up of the chat function (${on})`, value: spreadText(spreadOf(load), 'ms', 1), promise: 'P2: 50 ms', held: { measured: spreadOf(load).median, limit: 50, scales: true } },
    { name: `fresh process to the first reply (${on})`, value: spreadText(spreadOf(first), 'ms', 1), promise: 'P2: 110 ms', held: { measured: spreadOf(first).median, limit: 110, scales: true } },
  ];
}

async function warmTurns(options: ProcessOptions, { subjects }: TurnBench, calls: CallRecord[]): Promise<Figure[]> {
  const process = new FreshProcess(options);
  const warm: Cost[] = [];
  const dynamo: number[] = [];
  const kms: number[] = [];
  for (let i = 0; i < subjects; i += 1) {
    const conversation = await open(process);
    succeeded(await process.send(messageEvent(conversation, QUESTION)));
    const before = calls.length;
    warm.push(succeeded(await process.send(messageEvent(conversation, QUESTION))));
    const own = calls.slice(before).filter(({ accessKeyId }) => accessKeyId === options.environment['AWS_ACCESS_KEY_ID']);
    dynamo.push(own.filter(({ service }) => service === 'dynamodb').length);
    kms.push(own.filter(({ service }) => service === 'kms').length);
  }
  process.close();
  const cpu = warm.map((cost) => cost.cpu);
  return [
    { name: 'DynamoDB calls of a warm turn, most', value: `${Math.max(...dynamo)} (${subjects} subjects)`, promise: 'P3: 3 over 1,000 subjects', held: { measured: Math.max(...dynamo), limit: 3 } },
    { name: 'KMS calls of a warm turn, most', value: `${Math.max(...kms)} (${subjects} subjects)`, promise: 'P3: 0 over 1,000 subjects', held: { measured: Math.max(...kms), limit: 0 } },
    { name: 'own CPU of a warm turn', value: `p50 ${percentile(cpu, 50).toFixed(1)} ms, p99 ${percentile(cpu, 99).toFixed(1)} ms (${subjects} turns)`, promise: 'P3: p50 3 ms over 1,000 subjects', held: { measured: percentile(cpu, 50), limit: 3, scales: true } },
    { name: 'time of a warm turn', value: `p50 ${percentile(warm.map((cost) => cost.milliseconds), 50).toFixed(1)} ms` },
  ];
}

async function open(process: FreshProcess): Promise<Conversation> {
  const { body } = succeeded(await process.send(createEvent()));
  const created = JSON.parse(body) as { conversationId: string; token: string };
  return { conversationId: created.conversationId, subject: subjectOf(created.token) };
}

function succeeded(cost: Cost): Cost {
  if (cost.status >= 300) throw new Error(`The chat function answered ${cost.status}: ${cost.body}`);
  return cost;
}
