import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { buildLocal } from '../../bin/build/local.ts';
import { MessageResponse } from '../../lambda/contracts/api.ts';
import { startEstate } from '../../local/estate.ts';
import { temporaryFolder } from '../local/support/folder.ts';
import { workerScript } from '../local/support/worker-script.ts';
import { ROOT } from '../support/paths.ts';
import { alteredAssembly } from './support/altered-assembly.ts';
import { Chat, problemOf } from './support/chat.ts';
import { stored } from './support/estate.ts';
import { startProcess } from './support/process.ts';
import type { EstateProcess } from './support/process.ts';

/** Visitors who write at the same time. */
const VISITORS = 4;
/** Pause between two looks, ms, and most looks: what does not come in that time does not come. */
const LOOK_MS = 20;
const LOOKS = 1_000;
/** Short, so that nobody waits long for the turns of a dead process. */
const LEASE_SECONDS = 1;
const QUESTIONS = ['How many days do I have to send something back?', 'How long does standard delivery take?', 'Where is my order? I would like to track it.', 'My card payment was declined, what can I do?'];

/** A repeatable random number from 0 to below `below` (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Looks until something is there. */
async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(LOOK_MS);
  }
  throw new Error(`${what} did not come within ${LOOKS} looks.`);
}

/** What a visitor was told about a message. */
interface Told {
  readonly key: string;
  readonly text: string;
  /** Body of the 200, as it came. */
  readonly reply: string;
  /** Whether there was a 202 before. */
  readonly waited: boolean;
}

/** An estate that is killed after so many requests and answers, a few times, and started again at once. */
class Mortal {
  private readonly start: () => Promise<EstateProcess>;
  private readonly next: (below: number) => number;
  private readonly most: number;
  private current: Promise<EstateProcess>;
  private left = 0;
  over = false;
  kills = 0;

  constructor(start: () => Promise<EstateProcess>, seed: number, most: number) {
    this.start = start;
    this.most = most;
    this.next = random(seed);
    this.left = 10 + this.next(20);
    this.current = start();
  }

  get url(): Promise<string> {
    return this.current.then(({ url }) => url);
  }

  /** Whether it will be killed again. */
  get mortal(): boolean {
    return !this.over && this.kills < this.most;
  }

  /** Something happened. */
  tick(): void {
    this.left -= 1;
    if (this.left !== 0 || !this.mortal) return;
    this.kills += 1;
    this.left = 10 + this.next(20);
    this.current = this.current.then(async (running) => {
      await running.end('SIGKILL');
      return this.over ? running : this.start();
    });
  }

  /** Ends it for good. */
  async kill(): Promise<void> {
    this.over = true;
    await (await this.current).end('SIGKILL');
  }
}

/** Writes until the estate was killed often enough, repeating each message with its key until it is answered. */
async function visit(estate: Mortal, visitor: number): Promise<{ readonly chat: Chat; readonly told: readonly Told[] }> {
  const told: Told[] = [];
  const attempt = async <T>(act: (base: string) => Promise<T>): Promise<T | undefined> => {
    if (estate.over) throw new Error('The test is over: another visitor met a fault.');
    const base = await estate.url;
    estate.tick();
    try {
      return await act(base);
    } catch (error) {
      // The connection broke: the estate is gone. Anything else is a fault.
      if (error instanceof TypeError && /fetch failed|terminated/.test(error.message)) return undefined;
      throw error;
    } finally {
      estate.tick();
    }
  };
  const chat = await until('a conversation', () => attempt(async (base) => {
    const response = await Chat.ask(base);
    // A machine under load may be too slow for a cold start: then nothing was acknowledged.
    if (response.status !== 503) return Chat.of(base, response);
    await problemOf(response, 503);
    return undefined;
  }));
  for (let number = 1; estate.mortal || number % 3 !== 1; number += 1) {
    const message = { key: `${visitor}-${number}`, text: QUESTIONS[(visitor + number) % QUESTIONS.length] ?? '' };
    let waited = false;
    const reply = await until('a reply', () => attempt(async (base) => {
      chat.base = base;
      const response = await chat.send(message.text, { key: message.key });
      if (response.status === 200) return response.text();
      if (response.status === 202) waited = true;
      else await problemOf(response, response.status === 503 ? 503 : 409);
      await response.text().catch(() => undefined);
      return undefined;
    }));
    told.push({ ...message, reply, waited });
  }
  return { chat, told };
}

/** Code that stands in for the interaction recorder: what it returned from is in the file. */
const recorder = (file: string): string => `
  import { appendFileSync } from 'node:fs';
  export const handler = async (event) => appendFileSync(${JSON.stringify(file)}, JSON.stringify(event) + '\\n');`;

/** What must hold afterwards, looked at in a process that is not killed. */
async function inspect(options: { assemblyDir: string; environment: string; dataDir: string; events: string }, visits: Awaited<ReturnType<typeof visit>>[]): Promise<void> {
  const { events, ...rest } = options;
  const estate = await startEstate({ ...rest, port: 0, workerScript: await workerScript(), converse: async () => ({ text: 'That is what the article says [1].' }) });
  try {
    // A message after the last kill is with the worker at most until its lease has run out; then the sweep finds it.
    await until('the end of all work', async () => {
      await estate.invoke('sweep', {});
      const { conversations } = await stored(estate);
      return conversations.some(({ claim, event }) => claim !== undefined || event !== undefined) ? undefined : true;
    });
    for (const { chat, told } of visits) {
      chat.base = estate.url;
      const { turns } = await chat.transcript();
      const answers = told.map(({ reply }) => MessageResponse.parse(JSON.parse(reply)));
      expect(turns.map(({ turn, messageId, text, status, reply }) => ({ turn, messageId, text, status, reply }))).toEqual(
        told.map(({ text }, index) => ({ turn: index + 1, messageId: answers[index]?.messageId, text, status: 'answered', reply: answers[index]?.reply })),
      );
      for (const { key, text, reply } of told) {
        const again = await chat.send(text, { key });
        expect([again.status, await again.text()]).toEqual([200, reply]);
      }
    }
    const wanted = visits.flatMap(({ chat, told }) => [`conversation.started ${chat.id}`, ...told.map((_, index) => `turn.answered ${chat.id} ${index + 1}`)]);
    await until('every event', () => {
      const seen = new Set(recorded(events));
      return wanted.every((event) => seen.has(event)) ? true : undefined;
    });
    // A conversation whose opening nobody was told of may be there as well; in the others nothing happened but what was told.
    const known = new Set(visits.map(({ chat }) => chat.id));
    expect(recorded(events).filter((event) => known.has(event.split(' ')[1] ?? '') && !wanted.includes(event))).toEqual([]);
  } finally {
    await estate.close();
  }
}

/** Events that the stand-in recorded, each as a word. */
function recorded(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter((line) => line.endsWith('}')).map((line) => {
    const { 'detail-type': type, detail } = JSON.parse(line) as { 'detail-type': string; detail: { conversationId: string; turn?: number } };
    return [type, detail.conversationId, ...(detail.turn === undefined ? [] : [detail.turn])].join(' ');
  });
}

describe('an estate that is killed at any moment', () => {
  const folder = temporaryFolder();
  const script = (): Promise<string> => buildLocal(ROOT);

  it('keeps every acknowledged turn, once', async () => {
    const events = join(folder, 'events.ndjson');
    const assemblyDir = alteredAssembly(folder, 'dev', { settings: { leaseSeconds: LEASE_SECONDS, workerLeaseSeconds: LEASE_SECONDS }, code: { interactions: recorder(events) } });
    const data = join(folder, 'state');
    const main = await script();
    const estate = new Mortal(() => startProcess([main, '--assembly', assemblyDir, '--environment', 'dev', '--port', '0', '--data', data]), 20_261, 2);
    try {
      const visits = await Promise.all(Array.from({ length: VISITORS }, (_, visitor) => visit(estate, visitor)));
      await estate.kill();
      expect(estate.kills).toBe(2);
      await inspect({ assemblyDir, environment: 'dev', dataDir: join(data, 'dev'), events }, visits);
    } finally {
      await estate.kill();
    }
  }, 120_000);

  it('gives every turn that was pending its reply', async () => {
    const events = join(folder, 'slow-events.ndjson');
    const assemblyDir = alteredAssembly(folder, 'staging', { settings: { leaseSeconds: LEASE_SECONDS, workerLeaseSeconds: LEASE_SECONDS, interimAfterMilliseconds: 400 }, code: { interactions: recorder(events) } });
    const dataDir = join(folder, 'slow');
    const outfile = join(ROOT, '.build/test/slow-estate.mjs');
    await build({ entryPoints: [join(import.meta.dirname, 'support/slow-estate.ts')], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', logLevel: 'silent' });
    const worker = (await workerScript()).href;
    const estate = new Mortal(() => startProcess([outfile, assemblyDir, 'staging', dataDir, worker]), 20_262, 1);
    try {
      const visits = await Promise.all(Array.from({ length: VISITORS }, (_, visitor) => visit(estate, visitor)));
      await estate.kill();
      expect(visits.flatMap(({ told }) => told).filter(({ waited }) => waited).length).toBeGreaterThan(VISITORS);
      await inspect({ assemblyDir, environment: 'staging', dataDir, events }, visits);
    } finally {
      await estate.kill();
    }
  }, 120_000);
});
