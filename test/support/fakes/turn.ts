// A turn loads it when it first asks a model; made-up time does not wait for files.
import '../../../lambda/domain/answer/model-reply.ts';
import type { TurnSettings } from '../../../lambda/contracts/settings.ts';
import type { Model } from '../../../lambda/domain/answer/ports.ts';
import type { Head } from '../../../lambda/domain/conversation/types.ts';
import { newHead } from '../../../lambda/domain/conversation/head.ts';
import type { Article } from '../../../lambda/domain/knowledge/article.ts';
import { compileKnowledge } from '../../../lambda/domain/knowledge/compile.ts';
import { openKnowledge } from '../../../lambda/domain/knowledge/retriever.ts';
import { sendMessage } from '../../../lambda/domain/turn/send-message.ts';
import type { IncomingMessage, TurnDependencies, TurnOutput } from '../../../lambda/domain/turn/types.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';
import { fakeCipher, fakeKeys, fakeQueue } from './ports.ts';
import { type FakeTime, fakeIds, fakeTime } from './time.ts';

/** Settings that a test overrides in part. */
export const SETTINGS: TurnSettings = {
  maxMessageCharacters: 400,
  maxTurns: 20,
  historyExchanges: 4,
  retentionDays: 30,
  syntheticRetentionHours: 24,
  idleMinutes: 30,
  tokenMinutes: 60,
  interimAfterMilliseconds: 2_000,
  leaseSeconds: 60,
  workerLeaseSeconds: 92,
  disclosure: { en: 'You are talking to a program.', de: 'Sie sprechen mit einem Programm.' },
  defaultLocale: 'en',
  humanContact: 'Call our team on weekdays.',
  useCases: ['returns', 'delivery'],
  scopeThreshold: 0.12,
  model: { provider: 'extractive' },
  quotas: { subject: { turnsPerDay: 1_000, tokensPerDay: 10_000_000, usdPerDay: 100 }, conversation: { tokens: 1_000_000, usd: 10 } },
};

/** Model settings for tests with a scripted model. */
export const BEDROCK = { provider: 'bedrock', modelId: 'model-x', maxTokens: 200, temperature: 0, timeoutMilliseconds: 10_000, workerTimeoutMilliseconds: 40_000, inputUsdPer1000: 0.002, outputUsdPer1000: 0.008 } as const;

const article = (id: string, useCase: string, questions: string[], body: string): Article => ({ id, title: questions[0] ?? id, useCase, locale: 'en', source: 'Invented policy', date: '2026-01-02', ownerRole: 'editor', questions, keywords: [], body });

/** Three invented articles; `hamster-care` belongs to a use case that {@link SETTINGS} does not offer. */
export const ARTICLES: readonly Article[] = [
  article('return-period', 'returns', ['How long may I return something?'], '## Return period\n\nYou may return an item within 30 days.\n\n## Sale items\n\nSale items may be returned within 14 days.'),
  article('delivery-time', 'delivery', ['When does my parcel arrive?'], '## Delivery time\n\nA parcel arrives within 3 working days.'),
  article('hamster-care', 'pets', ['How do I feed a hamster?'], '## Hamster food\n\nA hamster eats seeds in the evening.'),
];
/** The knowledge base of {@link ARTICLES}. */
export const RETRIEVER = openKnowledge(compileKnowledge(ARTICLES));

/** Everything around one conversation. */
export interface World {
  readonly time: FakeTime;
  readonly store: MemoryStore;
  readonly queue: ReturnType<typeof fakeQueue>;
  readonly deps: TurnDependencies;
  readonly head: Head;
}

/** A world with one open conversation `c1` of subject `s1`. */
export async function world(options: { readonly settings?: Partial<TurnSettings>; readonly model?: (time: FakeTime) => Model; readonly over?: Partial<TurnDependencies>; readonly synthetic?: boolean } = {}): Promise<World> {
  const time = fakeTime();
  const store = memoryStore(time.now);
  const queue = fakeQueue();
  const settings = { ...SETTINGS, ...(options.model !== undefined && { model: BEDROCK }), ...options.settings };
  const model = options.model?.(time);
  const deps: TurnDependencies = {
    store,
    keys: fakeKeys,
    cipher: fakeCipher,
    queue,
    retriever: async () => RETRIEVER,
    ...(model !== undefined && { model: async () => model }),
    settings,
    release: 'r1',
    now: time.now,
    newId: fakeIds(),
    wait: time.wait,
    ...options.over,
  };
  const head = newHead({ conversationId: 'c1', subject: 's1', request: { synthetic: options.synthetic ?? false }, settings, release: 'r1', now: time.now() });
  await store.create(head, (await fakeKeys.create('s1', head.expiresAt)).wrapped, []);
  return { time, store, queue, deps, head };
}

/** A message to `c1`. */
export function messageTo({ time }: World, text: string, over: Partial<IncomingMessage> = {}): IncomingMessage {
  return { conversationId: 'c1', subject: 's1', text, idempotencyKey: `key-${text.replace(/[^!-~]/g, '-').slice(0, 40)}`, mode: 'json', receivedAt: time.now(), deadline: time.now() + 29_000, ...over };
}

/** Sends a message and lets time pass until its turn is through. */
export async function send(around: World, text: string, over: Partial<IncomingMessage> = {}, deps: TurnDependencies = around.deps): Promise<TurnOutput[]> {
  const { outputs, finished } = sendMessage(deps, messageTo(around, text, over));
  const all: TurnOutput[] = [];
  const read = (async () => {
    for await (const output of outputs) all.push(output);
  })();
  await around.time.run(Promise.all([read, finished]));
  return all;
}

/** The last output: `done` or `refused`. */
export async function sendForEnd(around: World, text: string, over: Partial<IncomingMessage> = {}): Promise<TurnOutput> {
  const last = (await send(around, text, over)).at(-1);
  if (last === undefined) throw new Error('nothing was said');
  return last;
}
