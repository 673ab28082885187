import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoConversationStore } from '../../../../lambda/adapters/dynamodb/store.ts';
import type { ConversationStore } from '../../../../lambda/domain/conversation/ports.ts';
import type { SubjectQuota } from '../../../../lambda/domain/conversation/quota.ts';
import type { Explanation, Head } from '../../../../lambda/domain/conversation/types.ts';
import { memoryStore } from '../../../support/fakes/memory-store.ts';
import { startEndpoint, TABLES, type TestEndpoint } from '../loopback.ts';
import { bytes, claim, event, EXPIRY, head, idempotency, quota, START, turn, wrappedKey } from '../records.ts';

let endpoint: TestEndpoint;
let time = START;
const now = (): number => time;

beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { tables: TABLES }, now });
});
afterAll(() => endpoint.endpoint.close());

const dynamo = (): ConversationStore => dynamoConversationStore({ client: endpoint.options(), table: 'conversations', keyTable: 'keys', now, wait: async () => undefined });

let last = 0;
/** Ids of their own for each test, so that tests share the tables without meeting. */
const ids = () => {
  last += 1;
  return { conversationId: `c-${last}`, subject: `s-${last}` };
};

const EXPLANATION: Explanation = {
  useCase: 'returns',
  score: 0.815,
  rule: 'cited-passage',
  model: 'extractive',
  modelFailed: false,
  promptVersion: '',
  knowledgeVersion: 'k-1',
  release: 'r1',
  inputTokens: 0,
  outputTokens: 0,
  costMicroUsd: 0,
  milliseconds: 12,
};

// The fake that the domain is tested with must keep the same conditions as the real store.
describe.each([
  ['DynamoDB', dynamo],
  ['the fake of the domain tests', () => memoryStore(now)],
])('conversation store: %s', (_name, open) => {
  const opened = async (over: Parameters<typeof head>[0] = {}) => {
    time = START;
    const store = open();
    const id = ids();
    const first = head({ ...id, ...over });
    expect(await store.create(first, wrappedKey({ subject: id.subject }), [event(`e-${id.conversationId}`, id.conversationId)])).toBe('done');
    return { store, id, first };
  };
  const claimed = async () => {
    const world = await opened();
    const { id, first } = world;
    const write = { head: first, claim: claim(), turn: turn({ conversationId: id.conversationId }), idempotency: idempotency(), idleAt: START + 31_000, quota: quota() };
    expect(await world.store.claim(write)).toBe('done');
    return { ...world, write };
  };
  const commitOf = (conversationId: string, over: object = {}) => ({
    conversationId,
    subject: conversationId.replace('c-', 's-'),
    claim: claim(),
    status: 'answered' as const,
    reply: { ciphertext: bytes('sealed reply') },
    explanation: EXPLANATION,
    window: { ciphertext: bytes('sealed window') },
    state: 'bot' as const,
    spentTokens: 120,
    spentMicroUsd: 360,
    idleAt: START + 1_900_000,
    expiresAt: EXPIRY,
    events: [event(`t-${conversationId}`, conversationId)],
    ...over,
  });

  it('reads back what create wrote, in one load', async () => {
    const { store, id, first } = await opened({ synthetic: true, legalHold: true, window: { ciphertext: bytes('w') } });
    const loaded = await store.load(id.conversationId, id.subject, 'k1');
    expect(loaded.head).toEqual(first);
    expect(loaded.wrappedKey).toEqual(wrappedKey({ subject: id.subject }));
    expect(loaded.idempotency).toBeUndefined();
    expect(await store.head(id.conversationId)).toEqual(first);
  });

  it('finds nothing of a conversation that is not there', async () => {
    expect(await open().load('nobody', 'nobody', 'k')).toEqual({});
    expect(await open().head('nobody')).toBeUndefined();
    expect(await open().readTurn('nobody', 1)).toBeUndefined();
    expect(await open().transcript('nobody', undefined, 0)).toEqual({ turns: [] });
  });

  it('does not create a conversation twice', async () => {
    const { store, id, first } = await opened();
    expect(await store.create(first, wrappedKey({ subject: id.subject }), [])).toBe('stale');
  });

  it('keeps the key that a subject has, and only lets it live longer', async () => {
    const { store, id } = await opened();
    const second = (expiresAt: number, name: string) => store.create(head({ conversationId: `${id.conversationId}-${name}`, subject: id.subject }), wrappedKey({ subject: id.subject, wrapped: bytes('other'), expiresAt }), []);
    expect(await second(EXPIRY - 5_000, 'shorter')).toBe('done');
    expect((await store.load('x', id.subject, 'k')).wrappedKey).toEqual(wrappedKey({ subject: id.subject }));
    expect(await second(EXPIRY + 5_000, 'longer')).toBe('done');
    expect((await store.load('x', id.subject, 'k')).wrappedKey).toEqual(wrappedKey({ subject: id.subject, expiresAt: EXPIRY + 5_000 }));
  });

  it('replaces a key that has expired and was not deleted yet', async () => {
    const { store, id } = await opened();
    time = EXPIRY + 1_000;
    const fresh = wrappedKey({ subject: id.subject, wrapped: bytes('fresh'), expiresAt: EXPIRY + 100_000 });
    expect(await store.create(head({ conversationId: `${id.conversationId}-b`, subject: id.subject, expiresAt: EXPIRY + 100_000 }), fresh, [])).toBe('done');
    expect((await store.load('x', id.subject, 'k')).wrappedKey).toEqual(fresh);
  });

  it('claims the next turn with its worst case reserved', async () => {
    const { store, id, first, write } = await claimed();
    const loaded = await store.load(id.conversationId, id.subject, 'k1');
    expect(loaded.head).toEqual({ ...first, turn: 1, claim: claim(), idleAt: START + 31_000, spentTokens: 1_000, spentMicroUsd: 5_000 });
    expect(loaded.idempotency).toEqual(idempotency());
    expect(await store.readTurn(id.conversationId, 1)).toEqual(write.turn);
  });

  it('gives a turn to one of two claims', async () => {
    const { store, id, first } = await opened();
    const attempt = (name: string) =>
      store.claim({ head: first, claim: claim({ attempt: name }), turn: turn({ conversationId: id.conversationId, messageId: name }), idempotency: idempotency({ keyHash: name }), idleAt: START + 31_000, quota: quota() });
    expect((await Promise.all([attempt('x'), attempt('y')])).toSorted()).toEqual(['done', 'stale']);
  });

  it('refuses a claim on a state that has passed: another turn, a closed conversation, a used key', async () => {
    const { store, id, first, write } = await claimed();
    expect(await store.claim({ ...write, claim: claim({ attempt: 'late' }) })).toBe('stale');
    await store.commit(commitOf(id.conversationId));
    const current = await store.head(id.conversationId);
    const next = { claim: claim({ turn: 2, attempt: 'a2' }), turn: turn({ conversationId: id.conversationId, turn: 2 }), idleAt: START + 31_000, quota: quota() };
    expect(await store.claim({ ...next, head: current ?? first, idempotency: idempotency({ turn: 2 }) })).toBe('stale');
    const closed = await opened();
    expect(await closed.store.close(closed.first, 'idle', [])).toBe('done');
    expect(await closed.store.claim({ head: closed.first, claim: claim(), turn: turn({ conversationId: closed.id.conversationId }), idempotency: idempotency(), idleAt: START, quota: quota() })).toBe('stale');
  });

  /** Claims and commits turn after turn of one subject until the day is used up; how many were let through. */
  const turnsUntilRefused = async (limits: Partial<SubjectQuota>, spent: { spentTokens: number; spentMicroUsd: number }): Promise<number> => {
    const { store, id, first } = await opened();
    for (let turns = 0; turns < 9; turns++) {
      const reserving = claim({ turn: turns + 1, attempt: `a${turns}`, quotaDay: '2026-05-04' });
      const made = { head: (await store.head(id.conversationId)) ?? first, turn: turn({ conversationId: id.conversationId, turn: turns + 1 }), idempotency: idempotency({ keyHash: `k${turns}`, turn: turns + 1 }), idleAt: START + 31_000 };
      const outcome = await store.claim({ claim: reserving, ...made, quota: quota(limits) });
      if (outcome === 'over-quota') return turns;
      expect(outcome).toBe('done');
      expect(await store.commit(commitOf(id.conversationId, { claim: reserving, ...spent, events: [] }))).toBe('done');
    }
    return 9;
  };

  it('refuses the turn after the one that reaches a limit of the day: turns, tokens or money', async () => {
    expect(await turnsUntilRefused({ turns: 3 }, { spentTokens: 0, spentMicroUsd: 0 })).toBe(3);
    expect(await turnsUntilRefused({ tokens: 400 }, { spentTokens: 100, spentMicroUsd: 0 })).toBe(4);
    expect(await turnsUntilRefused({ microUsd: 401 }, { spentTokens: 100, spentMicroUsd: 200 })).toBe(3);
  });

  it('counts what is reserved, over conversations of one subject, and settles it', async () => {
    const { store, id, first } = await opened();
    const other = head({ conversationId: `${id.conversationId}-b`, subject: id.subject });
    await store.create(other, wrappedKey({ subject: id.subject }), []);
    const [limits, reserving] = [quota({ tokens: 900 }), claim({ quotaDay: quota().day })];
    const claimOf = (of: Head) => store.claim({ head: of, claim: reserving, turn: turn({ conversationId: of.conversationId }), idempotency: idempotency(), idleAt: START + 31_000, quota: limits });
    expect(await claimOf(first)).toBe('done');
    expect(await claimOf(other)).toBe('quota-reserved');
    expect(await store.readTurn(other.conversationId, 1)).toBeUndefined();
    expect(await store.commit(commitOf(id.conversationId, { claim: reserving }))).toBe('done');
    expect(await claimOf(other)).toBe('done');
  });

  it('lets a key be used again once its record has expired, deleted or not', async () => {
    const { store, id } = await claimed();
    await store.commit(commitOf(id.conversationId));
    const current = (await store.head(id.conversationId)) ?? head();
    time = START + 86_400_000 + 1_000;
    expect((await store.load(id.conversationId, id.subject, 'k1')).idempotency).toBeUndefined();
    const again = idempotency({ turn: 2, bodyHash: 'b2', expiresAt: time + 86_399_000 });
    expect(await store.claim({ head: current, claim: claim({ turn: 2, attempt: 'a2' }), turn: turn({ conversationId: id.conversationId, turn: 2 }), idempotency: again, idleAt: time, quota: quota() })).toBe('done');
  });

  it('settles a turn: reply, window, what was spent in fact, no claim', async () => {
    const { store, id, first } = await claimed();
    expect(await store.commit(commitOf(id.conversationId))).toBe('done');
    expect(await store.head(id.conversationId)).toEqual({ ...first, turn: 1, idleAt: START + 1_900_000, spentTokens: 120, spentMicroUsd: 360, window: { ciphertext: bytes('sealed window') } });
    expect(await store.readTurn(id.conversationId, 1)).toEqual(turn({ conversationId: id.conversationId, status: 'answered', state: 'bot', reply: { ciphertext: bytes('sealed reply') }, explanation: EXPLANATION }));
  });

  it('commits only for the attempt that holds the claim, and once', async () => {
    const { store, id } = await claimed();
    expect(await store.commit(commitOf(id.conversationId, { claim: claim({ attempt: 'lost' }) }))).toBe('stale');
    expect(await store.commit(commitOf(id.conversationId))).toBe('done');
    expect(await store.commit(commitOf(id.conversationId, { reply: { ciphertext: bytes('second') } }))).toBe('stale');
    expect((await store.readTurn(id.conversationId, 1))?.reply).toEqual({ ciphertext: bytes('sealed reply') });
  });

  it('takes a conversation out of the sweep when a commit names no time', async () => {
    const { store, id } = await claimed();
    const { idleAt: _idleAt, ...write } = commitOf(id.conversationId, { state: 'closed' as const, events: [] });
    expect(await store.commit(write)).toBe('done');
    const stored = await store.head(id.conversationId);
    expect([stored?.state, stored?.idleAt, stored?.claim]).toEqual(['closed', undefined, undefined]);
    expect((await store.due(EXPIRY - 1_000, 1_000)).items.filter((item) => item.conversationId === id.conversationId && item.event === undefined)).toEqual([]);
  });

  it('passes a claim on, and only from the attempt that holds it', async () => {
    const { store, id } = await claimed();
    const to = claim({ attempt: 'worker', leaseUntil: START + 90_000 });
    expect(await store.reclaim(id.conversationId, claim({ attempt: 'other' }), to)).toBe('stale');
    expect(await store.reclaim(id.conversationId, claim(), to)).toBe('done');
    const stored = await store.head(id.conversationId);
    expect([stored?.claim, stored?.idleAt]).toEqual([to, START + 90_000]);
    expect(await store.commit(commitOf(id.conversationId))).toBe('stale');
  });

  it('reads a transcript in order, after a turn, with head and key', async () => {
    const { store, id, first } = await opened();
    let current = first;
    for (let number = 1; number <= 11; number += 1) {
      const attempt = claim({ turn: number, attempt: `a${number}` });
      await store.claim({ head: current, claim: attempt, turn: turn({ conversationId: id.conversationId, turn: number, messageId: `m${number}` }), idempotency: idempotency({ keyHash: `k${number}`, turn: number }), idleAt: START + 31_000, quota: quota() });
      await store.commit(commitOf(id.conversationId, { claim: attempt, events: [] }));
      current = (await store.head(id.conversationId)) ?? current;
    }
    const all = await store.transcript(id.conversationId, id.subject, 0);
    expect(all.turns.map((one) => one.turn)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect([all.head, all.wrappedKey]).toEqual([current, wrappedKey({ subject: id.subject })]);
    const staff = await store.transcript(id.conversationId, undefined, 9);
    expect(staff.turns.map((one) => one.messageId)).toEqual(['m10', 'm11']);
    expect(staff.wrappedKey).toEqual(wrappedKey({ subject: id.subject }));
  });

  it('leaves out what has expired, deleted or not', async () => {
    const { store, id } = await claimed();
    time = EXPIRY;
    expect(await store.load(id.conversationId, id.subject, 'k1')).toEqual({});
    expect(await store.head(id.conversationId)).toBeUndefined();
    expect(await store.readTurn(id.conversationId, 1)).toBeUndefined();
    expect(await store.transcript(id.conversationId, id.subject, 0)).toEqual({ turns: [] });
  });

  it('finds due conversations, and events that the relay left for a minute', async () => {
    const { store, id } = await opened();
    const mine = async (at: number) => (await store.due(at, 1_000)).items.filter((item) => item.conversationId === id.conversationId);
    expect(await mine(START + 59_000)).toEqual([]);
    expect((await mine(START + 61_000)).map((item) => item.event)).toEqual([event(`e-${id.conversationId}`, id.conversationId)]);
    expect((await mine(START + 1_800_000)).map((item) => item.event?.detail.eventId)).toEqual([`e-${id.conversationId}`, undefined]);
    await store.published(id.conversationId, `e-${id.conversationId}`);
    await store.published(id.conversationId, `e-${id.conversationId}`);
    expect(await mine(START + 1_800_000)).toEqual([{ conversationId: id.conversationId, idleAt: START + 1_800_000 }]);
    expect(await store.due(START + 1_800_000, 0)).toEqual({ items: [], unreadable: [] });
  });

  it('closes a conversation only as it was read', async () => {
    const { store, id, first } = await opened();
    expect(await store.close({ ...first, idleAt: START }, 'idle', [])).toBe('stale');
    expect(await store.close(first, 'idle', [event(`x-${id.conversationId}`, id.conversationId)])).toBe('done');
    expect((await store.head(id.conversationId))?.state).toBe('closed');
    expect(await store.close(first, 'idle', [])).toBe('stale');
    const busy = await claimed();
    expect(await busy.store.close((await busy.store.head(busy.id.conversationId)) ?? head(), 'idle', [])).toBe('stale');
  });

  it('stores feedback with its event; the same feedback again changes nothing', async () => {
    const { store, id, first } = await opened();
    const given = { id: `f-${id.conversationId}`, turn: 1, rating: 5, resolved: true, comment: { ciphertext: bytes('sealed') }, at: START };
    await store.saveFeedback(first, given, [event(`g-${id.conversationId}`, id.conversationId)]);
    await store.saveFeedback(first, given, []);
    expect((await store.due(START + 61_000, 1_000)).items.map((item) => item.event?.detail.eventId)).toContain(`g-${id.conversationId}`);
  });

  it('puts events into the outbox of a conversation; the same ones again change nothing', async () => {
    const { store, id, first } = await opened();
    for (let times = 0; times < 2; times++) await store.saveEvents(first, [event(`s-${id.conversationId}`, id.conversationId)]);
    expect((await store.due(START + 61_000, 1_000)).items.filter((item) => item.event?.detail.eventId === `s-${id.conversationId}`)).toHaveLength(1);
  });
});

describe('DynamoDB alone', () => {
  it('reads a turn in one call, claims in one, commits in one', async () => {
    time = START;
    const store = dynamo();
    const id = ids();
    const first = head(id);
    await store.create(first, wrappedKey({ subject: id.subject }), []);
    endpoint.calls.length = 0;
    await store.load(id.conversationId, id.subject, 'k1');
    await store.claim({ head: first, claim: claim(), turn: turn({ conversationId: id.conversationId }), idempotency: idempotency(), idleAt: START, quota: quota() });
    await store.commit({ ...id, claim: claim(), status: 'answered', state: 'bot', spentTokens: 0, spentMicroUsd: 0, expiresAt: EXPIRY, events: [] });
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'TransactWriteItems', 'TransactWriteItems']);
  });

  it('needs exactly the rights that its grants give', async () => {
    const needed = new Set(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`)));
    expect([...needed].toSorted()).toEqual(['dynamodb:BatchGetItem table/conversations', 'dynamodb:BatchGetItem table/keys', 'dynamodb:PutItem table/conversations', 'dynamodb:UpdateItem table/conversations']);
  });

  it('writes every item with a format and an expiry', async () => {
    const { DynamoDBClient, ScanCommand } = await import('@aws-sdk/client-dynamodb');
    const client = new DynamoDBClient(endpoint.options());
    const items = (await Promise.all(['conversations', 'keys'].map((TableName) => client.send(new ScanCommand({ TableName }))))).flatMap(({ Items = [] }) => Items);
    expect(items.length).toBeGreaterThan(20);
    for (const item of items) expect([item['schemaVersion'], Number(item['expiresAt']?.N) > START / 1000]).toEqual([{ N: '1' }, true]);
  });
});
