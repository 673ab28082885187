import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as records from '../../lambda/adapters/dynamodb/records.ts';
import { headItem, idempotencyItem, outboxItem, turnItem, wrappedKeyItem } from '../../lambda/adapters/dynamodb/records.ts';
import type { Item } from '../../lambda/adapters/dynamodb/attributes.ts';
import type { Claim, Explanation, Head, Turn } from '../../lambda/domain/conversation/types.ts';

/** Folder of the golden records: one folder a release, the newest one written by this checkout. */
export const GOLDEN = join(import.meta.dirname, '../golden');

/** Releases that have golden records, oldest first. */
export function goldenReleases(): string[] {
  return readdirSync(GOLDEN).toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

const AT = Date.UTC(2026, 4, 4, 8);
const EXPIRY = AT + 30 * 86_400_000;
const sealed = (text: string) => ({ ciphertext: new TextEncoder().encode(text) });

const claim: Required<Claim> = { turn: 3, attempt: 'worker-7c1f', leaseUntil: AT + 30_000, reservedTokens: 73_200, reservedMicroUsd: 5_991, quotaDay: '2026-05-04', usedTokens: 24_400, usedMicroUsd: 1_997 };
const head: Required<Head> = {
  conversationId: '4f0c9a52-6f3e-4f0e-9d58-0d3c9be3a001',
  schemaVersion: 1,
  subject: 'b9b8c7d6-1111-4222-8333-444455556666',
  identified: true,
  resumeHash: 'Zm9yIGEgdGVzdCBvbmx5LCBubyByZWFsIHJlc3VtZSB0b2tlbg',
  state: 'bot',
  turn: 3,
  claim,
  release: '0.0.0',
  cohort: 'everyone',
  variant: 'control',
  channel: 'web',
  locale: 'de',
  purposes: { analytics: true, training: false },
  legalHold: false,
  synthetic: false,
  disclosure: 'Sie chatten mit einem Programm.',
  createdAt: AT,
  idleAt: AT + 1_800_000,
  expiresAt: EXPIRY,
  spentMicroUsd: 6_000,
  spentTokens: 74_000,
  window: sealed('window'),
};
const explanation: Required<Explanation> = { useCase: 'returns-refunds', score: 0.815, rule: 'model-on-passages', model: 'model-x', modelFailed: false, promptVersion: 'answer-1', knowledgeVersion: 'k1', release: '0.0.0', inputTokens: 900, outputTokens: 80, costMicroUsd: 95, milliseconds: 640 };
const turn: Turn = { conversationId: head.conversationId, turn: 3, messageId: 'm-3', status: 'pending', at: AT, text: sealed('text'), idempotencyHash: 'a'.repeat(64), expiresAt: EXPIRY };

const answered: Required<Turn> = { ...turn, status: 'answered', state: 'closed', reply: sealed('reply'), explanation };

/** Every kind of record as this checkout writes it: the fullest and the barest of each. */
export function currentRecords(): Record<string, Item> {
  const { claim: _claim, idleAt: _idleAt, window: _window, identified: _identified, resumeHash: _resumeHash, ...bare } = head;
  const { quotaDay: _day, usedTokens: _tokens, usedMicroUsd: _money, ...bareClaim } = claim;
  return {
    'head full': headItem(head),
    'head bare': headItem({ ...bare, state: 'closed' }),
    'head claimed': headItem({ ...bare, claim: bareClaim }),
    'turn pending': turnItem(turn),
    'turn answered': turnItem(answered),
    'turn failed': turnItem({ ...turn, status: 'failed', explanation: { ...explanation, rule: 'given-up' } }),
    idempotency: idempotencyItem(head.conversationId, { keyHash: 'b'.repeat(64), bodyHash: 'c'.repeat(64), turn: 3, expiresAt: EXPIRY }),
    'wrapped key': wrappedKeyItem({ subject: head.subject, wrapped: new TextEncoder().encode('wrapped'), expiresAt: EXPIRY }),
    outbox: outboxItem(head.conversationId, { type: 'conversation.started', detail: { eventId: 'e-1', conversationId: head.conversationId, at: new Date(AT).toISOString(), locale: 'de', channel: 'web', release: '0.0.0', synthetic: false } }, AT, EXPIRY),
  };
}

/** What reads records: this checkout's, or those that a release has left. */
export type Readers = Pick<typeof records, 'readHead' | 'readTurn' | 'readIdempotency' | 'readWrappedKey' | 'readOutbox'>;

/** Readers of a release, as it left them. */
export async function readersOf(release: string): Promise<Readers> {
  return import(/* @vite-ignore */ pathToFileURL(join(GOLDEN, release, 'reader.mjs')).href) as Promise<Readers>;
}

/** Records of a release, as it wrote them. */
export const recordsOf = (release: string): Record<string, Item> => decodeRecords(readFileSync(join(GOLDEN, release, 'records.json'), 'utf8'));

/** What a release read in its own records, as plain values. */
export const readBy = (release: string): Record<string, unknown> => JSON.parse(readFileSync(join(GOLDEN, release, 'read.json'), 'utf8')) as Record<string, unknown>;

/** What readers make of records, each by its kind. */
export function read(readers: Readers, items: Record<string, Item>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [name, readOne(readers, name, item)]));
}

function readOne(readers: Readers, name: string, item: Item): unknown {
  if (name.startsWith('head')) return readers.readHead(item);
  if (name.startsWith('turn')) return readers.readTurn(item);
  if (name === 'idempotency') return readers.readIdempotency(item);
  if (name === 'wrapped key') return readers.readWrappedKey(item);
  return readers.readOutbox(item);
}

/** Records, or what was read in them, as text: bytes in base64. */
export function encodeRecords(records: Record<string, unknown>): string {
  return `${JSON.stringify(records, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value), 2)}\n`;
}

/** Reads {@link encodeRecords}'s text. */
export function decodeRecords(text: string): Record<string, Item> {
  return JSON.parse(text, (name, value: unknown) => (name === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value)) as Record<string, Item>;
}

/** The readers of this checkout, as one module: what is kept beside a release's records, for later releases to be read by. */
export async function currentReader(): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [join(import.meta.dirname, '../../lambda/adapters/dynamodb/records.ts')], bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node20', write: false, logLevel: 'error' });
  return outputFiles[0]?.text ?? '';
}
