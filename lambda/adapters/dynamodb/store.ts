import { CONVERSATION_TABLE } from '../../contracts/store.ts';
import type { ConversationStore, Due, DueItem, WriteOutcome } from '../../domain/conversation/ports.ts';
import type { SubjectQuota } from '../../domain/conversation/quota.ts';
import { SCHEMA_VERSION, type Head, type WrappedKey } from '../../domain/conversation/types.ts';
import { StoreUnavailable } from '../../domain/errors.ts';
import { toAttribute, toItem, type Item } from './attributes.ts';
import { feedbackKey, HEAD, idempotencyKey, itemKey, OUTBOX, outboxKey, quotaItemKey, SHARDS, subjectKey, TURN, turnKey } from './keys.ts';
import { readHead, readIdempotency, readOutbox, readTurn, readWrappedKey, toSeconds } from './records.ts';
import { DynamoCalls, type DynamoCallsOptions, type Written } from './table.ts';
import { claimWrites, closeWrites, commitWrites, headPut, keyWrites, outboxPuts, QUOTA_PLACE, reclaimUpdate } from './writes.ts';

/** Options of {@link dynamoConversationStore}. */
export interface ConversationStoreOptions extends DynamoCallsOptions {
  /** Name of the conversation table. */
  readonly table: string;
  /** Name of the table of wrapped keys. Functions that open no text have none; asking them for a key is an error. */
  readonly keyTable?: string;
}

const { partitionKey, sortKey, idleIndex } = CONVERSATION_TABLE;
/** Sorts after every turn: `#` is followed by digits. */
const AFTER_TURNS = `${TURN}~`;
/**
 * Items read of a shard for what is due, in multiples of the limit: enough of both kinds as a rule; then, behind a backlog of one
 * kind, further. 50 x the sweep's 100 items of about 1 KB are some five pages.
 */
const DUE_READS = [2, 50] as const;

/** Conversations in DynamoDB. */
export function dynamoConversationStore(options: ConversationStoreOptions): ConversationStore {
  const { table, now } = options;
  const calls = new DynamoCalls(options);
  const keyTable = (): string => {
    if (options.keyTable === undefined) throw new StoreUnavailable('This function was given no table of wrapped keys.');
    return options.keyTable;
  };

  /** Reads an item that has not expired. */
  const living = <T>(item: Item | undefined, read: (item: Item) => T): T | undefined => {
    if (item === undefined || !isLiving(item, now())) return undefined;
    return asRecord(() => read(item));
  };
  const turnsAfter = async (conversationId: string, after: number) => {
    const items = await calls.query({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: `${partitionKey} = :pk AND ${sortKey} BETWEEN :from AND :to`,
      ExpressionAttributeValues: { ':pk': { S: conversationId }, ':from': { S: turnKey(after + 1) }, ':to': { S: AFTER_TURNS } },
    });
    return items.flatMap((item) => living(item, readTurn) ?? []);
  };
  const headAndKey = async (conversationId: string, subject: string | undefined): Promise<{ head?: Head; wrappedKey?: WrappedKey }> => {
    if (subject !== undefined) {
      const found = await calls.batchGet({ [table]: [itemKey(conversationId, HEAD)], [keyTable()]: [subjectKey(subject)] });
      return loaded(living(found.get(table)?.[0], readHead), living(found.get(keyTable())?.[0], readWrappedKey));
    }
    const head = living(await calls.get(table, itemKey(conversationId, HEAD)), readHead);
    return head === undefined ? {} : loaded(head, living(await calls.get(keyTable(), subjectKey(head.subject)), readWrappedKey));
  };

  /** Due items of a shard, oldest first: until there are `limit` of both kinds, no more at all, or too many to read. */
  const dueOfShard = async (shard: string, time: number, limit: number): Promise<Item[]> => {
    let items: Item[] = [];
    for (const most of DUE_READS.map((times) => times * limit)) {
      items = await calls.query({
        TableName: table,
        IndexName: idleIndex.name,
        Limit: most,
        KeyConditionExpression: `${idleIndex.partitionKey} = :shard AND ${idleIndex.sortKey} <= :time`,
        ExpressionAttributeValues: { ':shard': { S: shard }, ':time': toAttribute(time) },
      });
      const living = items.filter((item) => isLiving(item, time));
      const events = living.filter(isEvent).length;
      if (items.length < most || Math.min(events, living.length - events) >= limit) break;
    }
    return items;
  };

  return {
    async load(conversationId, subject, keyHash) {
      const found = await calls.batchGet({
        [table]: [itemKey(conversationId, HEAD), itemKey(conversationId, idempotencyKey(keyHash))],
        [keyTable()]: [subjectKey(subject)],
      });
      const of = (sort: string): Item | undefined => found.get(table)?.find((item) => item[sortKey]?.S === sort);
      const idempotency = living(of(idempotencyKey(keyHash)), readIdempotency);
      return { ...loaded(living(of(HEAD), readHead), living(found.get(keyTable())?.[0], readWrappedKey)), ...(idempotency === undefined ? {} : { idempotency }) };
    },

    async create(head, wrappedKey, events) {
      const time = now();
      const items = [headPut(table, head), ...outboxPuts(table, head.conversationId, events, time, head.expiresAt)];
      for (const keyWrite of keyWrites(keyTable(), wrappedKey, time)) {
        const written = await calls.transact([keyWrite, ...items]);
        if (written.done) return 'done';
        // Only the key's condition failed: the subject has one already.
        if (written.failed.length !== 1 || written.failed[0] !== 0) return 'stale';
      }
      return 'stale';
    },

    async claim(write) {
      const written = await calls.transact(claimWrites(table, write, now()));
      if (written.done || written.failed.length !== 1 || written.failed[0] !== QUOTA_PLACE) return outcome(written);
      // Only who is refused pays for a second look.
      return isUsedUp(await calls.get(table, quotaItemKey(write.head.subject, write.quota.day)), write.quota) ? 'over-quota' : 'quota-reserved';
    },
    reclaim: async (conversationId, from, to) => outcome(await calls.update(reclaimUpdate(table, conversationId, from, to))),
    commit: async (write) => outcome(await calls.transact(commitWrites(table, write, now()))),
    close: async (head, _reason, events) => outcome(await calls.transact(closeWrites(table, head, events, now()))),

    readTurn: async (conversationId, turn) => living(await calls.get(table, itemKey(conversationId, turnKey(turn))), readTurn),
    head: async (conversationId) => living(await calls.get(table, itemKey(conversationId, HEAD)), readHead),

    async transcript(conversationId, subject, after) {
      const [found, turns] = await Promise.all([headAndKey(conversationId, subject), turnsAfter(conversationId, after)]);
      return { ...found, turns };
    },

    async saveFeedback(head, { id, comment, ...rest }, events) {
      const item = {
        ...itemKey(head.conversationId, feedbackKey(id)),
        ...toItem({ ...rest, comment: comment?.ciphertext, schemaVersion: SCHEMA_VERSION, expiresAt: toSeconds(head.expiresAt) }),
      };
      // A failed condition can only mean that this very feedback is there already.
      await calls.transact([
        { Put: { TableName: table, Item: item, ConditionExpression: `attribute_not_exists(${partitionKey})` } },
        ...outboxPuts(table, head.conversationId, events, now(), head.expiresAt),
      ]);
    },

    async saveEvents(head, events) {
      // Under fresh ids, a failed condition can only mean that these very events are there already.
      await calls.transact(outboxPuts(table, head.conversationId, events, now(), head.expiresAt));
    },

    async due(time, limit) {
      if (limit < 1) return { items: [], unreadable: [] };
      const shards = await Promise.all(SHARDS.map((shard) => dueOfShard(shard, time, limit)));
      return readDue(shards.flat().filter((item) => isLiving(item, time)), limit);
    },

    published: (conversationId, eventId) => calls.delete(table, itemKey(conversationId, outboxKey(eventId))),
  };
}

/** Whether a day is over a limit by what was used, running turns left out. */
function isUsedUp(day: Item | undefined, { turns, tokens, microUsd }: SubjectQuota): boolean {
  const count = (name: string): number => Number(day?.[name]?.N ?? 0);
  return count('turns') >= turns || count('settledTokens') >= tokens || count('settledMicroUsd') >= microUsd;
}

const outcome = (written: Written): WriteOutcome => (written.done ? 'done' : 'stale');

/** An item without an expiry (an index that does not carry it) counts as living: the write that follows is conditional. */
function isLiving(item: Item, now: number): boolean {
  const seconds = item[CONVERSATION_TABLE.timeToLive]?.N;
  return seconds === undefined || Number(seconds) * 1000 > now;
}

const isEvent = (item: Item): boolean => item[sortKey]?.S?.startsWith(OUTBOX) ?? false;

/** Reads due items one by one, so that one that cannot be read takes no other along. At most `limit` of each kind, oldest first. */
function readDue(found: readonly Item[], limit: number): Due {
  const conversations: DueItem[] = [];
  const events: DueItem[] = [];
  const unreadable: Error[] = [];
  const idleAtOf = (item: Item): number => Number(item[idleIndex.sortKey]?.N);
  for (const item of found.toSorted((a, b) => idleAtOf(a) - idleAtOf(b))) {
    const due = { conversationId: item[partitionKey]?.S ?? '', idleAt: idleAtOf(item) };
    if (!isEvent(item)) {
      if (conversations.length < limit) conversations.push(due);
    } else if (events.length < limit) {
      try {
        events.push({ ...due, event: readOutbox(item).event });
      } catch (error) {
        // No cause: a parser's message quotes what it could not read.
        unreadable.push(new StoreUnavailable(`Outbox item ${item[sortKey]?.S} of conversation ${due.conversationId} cannot be read (${error instanceof Error ? error.name : 'unknown error'}).`));
      }
    }
  }
  return { items: [...conversations, ...events].toSorted((a, b) => a.idleAt - b.idleAt), unreadable };
}

/** A record that cannot be read is reported as the store's fault, never as the caller's. */
function asRecord<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new StoreUnavailable(error instanceof Error ? error.message : 'A record cannot be read.', { cause: error });
  }
}

/** What was found, without members for what was not. */
const loaded = (head: Head | undefined, wrappedKey: WrappedKey | undefined): { head?: Head; wrappedKey?: WrappedKey } => ({
  ...(head === undefined ? {} : { head }),
  ...(wrappedKey === undefined ? {} : { wrappedKey }),
});
