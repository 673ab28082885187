import type { ClaimWrite, CommitWrite } from '../../domain/conversation/ports.ts';
import { quotaExpiry, type SubjectQuota } from '../../domain/conversation/quota.ts';
import { SCHEMA_VERSION, type Claim, type Head, type OutboxEvent, type WrappedKey } from '../../domain/conversation/types.ts';
import { toAttribute, type Item } from './attributes.ts';
import { HEAD, itemKey, quotaItemKey, shardOf, subjectKey, turnKey } from './keys.ts';
import type { TransactWriteItem } from './operations.ts';
import { claimMap, explanationMap, headItem, idempotencyItem, outboxItem, toSeconds, turnItem, wrappedKeyItem } from './records.ts';

/** Names of the attributes that expressions speak of: several are reserved words of DynamoDB. */
const NAMES = {
  '#attempt': 'attempt',
  '#claim': 'claim',
  '#expiresAt': 'expiresAt',
  '#idleAt': 'idleAt',
  '#idleShard': 'idleShard',
  '#spentTokens': 'spentTokens',
  '#spentMicroUsd': 'spentMicroUsd',
  '#state': 'state',
  '#turn': 'turn',
  '#window': 'window',
  '#status': 'status',
  '#reply': 'reply',
  '#explanation': 'explanation',
  '#wrapped': 'wrapped',
  '#version': 'schemaVersion',
  '#turns': 'turns',
  '#tokens': 'tokens',
  '#microUsd': 'microUsd',
} as const;

/** Parts of an expression, with the names and values that it uses and no others (DynamoDB refuses unused ones). */
interface Expression {
  readonly update?: string;
  readonly condition: string;
  readonly values?: Item;
}

/** Expression members of an update or check. */
function expression({ update, condition, values }: Expression) {
  const used = new Set(`${update ?? ''} ${condition}`.match(/#\w+/g));
  const names = Object.fromEntries(Object.entries(NAMES).filter(([name]) => used.has(name)));
  return {
    ...(update === undefined ? {} : { UpdateExpression: update }),
    ConditionExpression: condition,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(values === undefined || Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

const updateOf = (table: string, key: Item, parts: Expression & { readonly update: string }) => ({ TableName: table, Key: key, ...expression(parts), UpdateExpression: parts.update });
const absent = 'attribute_not_exists(pk)';

/** Outbox items of events. */
export const outboxPuts = (table: string, conversationId: string, events: readonly OutboxEvent[], now: number, expiresAt: number): TransactWriteItem[] =>
  events.map((event) => ({ Put: { TableName: table, Item: outboxItem(conversationId, event, now, expiresAt), ConditionExpression: absent } }));

/** Put of a new head. */
export const headPut = (table: string, head: Head): TransactWriteItem => ({ Put: { TableName: table, Item: headItem(head), ConditionExpression: absent } });

/**
 * Ways to see to a subject's wrapped key, in the order in which they are tried: write it, for a subject without a living one;
 * let the one that is there live longer; leave the one that lives longer already.
 */
export function keyWrites(table: string, key: WrappedKey, now: number): readonly TransactWriteItem[] {
  const item = wrappedKeyItem(key);
  const values = { ':now': toAttribute(toSeconds(now)), ':expiry': toAttribute(toSeconds(key.expiresAt)) };
  return [
    {
      Update: updateOf(table, subjectKey(key.subject), {
        update: 'SET #wrapped = :wrapped, #version = :version, #expiresAt = :expiry',
        condition: 'attribute_not_exists(#wrapped) OR #expiresAt <= :now',
        values: { ...values, ':wrapped': item['wrapped'] ?? { NULL: true }, ':version': item['schemaVersion'] ?? { NULL: true } },
      }),
    },
    { Update: updateOf(table, subjectKey(key.subject), { update: 'SET #expiresAt = :expiry', condition: '#expiresAt > :now AND #expiresAt < :expiry', values }) },
    {
      ConditionCheck: {
        TableName: table,
        Key: subjectKey(key.subject),
        ...expression({ condition: '#expiresAt >= :expiry', values: { ':expiry': values[':expiry'] } }),
        ConditionExpression: '#expiresAt >= :expiry',
      },
    },
  ];
}

/** Place of the quota among {@link claimWrites}. */
export const QUOTA_PLACE = 3;

/** Items of a claim: head, pending turn, idempotency record, and the subject's day. */
export function claimWrites(table: string, { head, claim, turn, idempotency, idleAt, quota }: ClaimWrite, now: number): TransactWriteItem[] {
  const id = head.conversationId;
  return [
    {
      Update: updateOf(table, itemKey(id, HEAD), {
        update:
          'SET #turn = :next, #claim = :claim, #idleAt = :idleAt, #idleShard = :shard, #spentTokens = #spentTokens + :tokens, #spentMicroUsd = #spentMicroUsd + :microUsd',
        condition: '#turn = :turn AND attribute_not_exists(#claim) AND #state <> :closed',
        values: {
          ':turn': toAttribute(head.turn),
          ':next': toAttribute(claim.turn),
          ':claim': toAttribute(claimMap(claim)),
          ':idleAt': toAttribute(idleAt),
          ':shard': toAttribute(shardOf(id)),
          ':tokens': toAttribute(claim.reservedTokens),
          ':microUsd': toAttribute(claim.reservedMicroUsd),
          ':closed': toAttribute('closed'),
        },
      }),
    },
    { Put: { TableName: table, Item: turnItem(turn), ConditionExpression: absent } },
    {
      Put: {
        TableName: table,
        Item: idempotencyItem(id, idempotency),
        // A record past its expiry may still be there, because DynamoDB deletes late.
        ...expression({ condition: `${absent} OR #expiresAt <= :now`, values: { ':now': toAttribute(toSeconds(now)) } }),
      },
    },
    quotaReservation(table, head.subject, claim, quota),
  ];
}

/** Counts a turn and its worst case on the subject's day, while the day is under its limits. */
function quotaReservation(table: string, subject: string, claim: Claim, { day, turns, tokens, microUsd, expiresAt }: SubjectQuota): TransactWriteItem {
  return {
    Update: updateOf(table, quotaItemKey(subject, day), {
      update: 'SET #expiresAt = :expiry, #version = :version ADD #turns :one, #tokens :tokens, #microUsd :microUsd',
      condition: `${absent} OR (#turns < :maxTurns AND #tokens < :maxTokens AND #microUsd < :maxMicroUsd)`,
      values: {
        ':expiry': toAttribute(toSeconds(expiresAt)),
        ':version': toAttribute(SCHEMA_VERSION),
        ':one': toAttribute(1),
        ':tokens': toAttribute(claim.reservedTokens),
        ':microUsd': toAttribute(claim.reservedMicroUsd),
        ':maxTurns': toAttribute(turns),
        ':maxTokens': toAttribute(tokens),
        ':maxMicroUsd': toAttribute(microUsd),
      },
    }),
  };
}

/** Brings the subject's day from what the claim reserved to what the turn used; nothing when neither was anything, or the claim counted on no day. */
function quotaSettlement(table: string, { subject, claim, spentTokens, spentMicroUsd }: CommitWrite): TransactWriteItem[] {
  const tokens = spentTokens - claim.reservedTokens;
  const microUsd = spentMicroUsd - claim.reservedMicroUsd;
  if (claim.quotaDay === undefined || (tokens === 0 && microUsd === 0 && spentTokens === 0 && spentMicroUsd === 0)) return [];
  const { TableName, Key } = { TableName: table, Key: quotaItemKey(subject, claim.quotaDay) };
  const values = { ':tokens': toAttribute(tokens), ':microUsd': toAttribute(microUsd), ':expiry': toAttribute(toSeconds(quotaExpiry(claim.quotaDay))), ':usedTokens': toAttribute(spentTokens), ':usedMicroUsd': toAttribute(spentMicroUsd) };
  const names = { '#tokens': 'tokens', '#microUsd': 'microUsd', '#settledTokens': 'settledTokens', '#settledMicroUsd': 'settledMicroUsd', '#expiresAt': 'expiresAt' };
  return [{ Update: { TableName, Key, UpdateExpression: 'SET #expiresAt = :expiry ADD #tokens :tokens, #microUsd :microUsd, #settledTokens :usedTokens, #settledMicroUsd :usedMicroUsd', ExpressionAttributeNames: names, ExpressionAttributeValues: values } }];
}

/** Update of a head that passes a claim on. */
export function reclaimUpdate(table: string, conversationId: string, from: Claim, to: Claim) {
  return updateOf(table, itemKey(conversationId, HEAD), {
    update: 'SET #claim = :claim, #idleAt = :idleAt, #idleShard = :shard',
    // The second half makes a repeat after a lost answer succeed: attempts are random, so only this write can have set it.
    condition: '#claim.#attempt = :attempt OR #claim.#attempt = :mine',
    values: {
      ':mine': toAttribute(to.attempt),
      ':claim': toAttribute(claimMap(to)),
      ':idleAt': toAttribute(to.leaseUntil),
      ':shard': toAttribute(shardOf(conversationId)),
      ':attempt': toAttribute(from.attempt),
    },
  });
}

/** Items of a commit: head settled and released, turn finished, events in the outbox. */
export function commitWrites(table: string, write: CommitWrite, now: number): TransactWriteItem[] {
  const { conversationId, claim, idleAt, window, reply, explanation } = write;
  const expiry = toAttribute(toSeconds(write.expiresAt));
  return [
    {
      Update: updateOf(table, itemKey(conversationId, HEAD), {
        update: [
          'SET #state = :state, #expiresAt = :expiry, #spentTokens = #spentTokens + :tokens, #spentMicroUsd = #spentMicroUsd + :microUsd',
          window === undefined ? '' : ', #window = :window',
          idleAt === undefined ? ' REMOVE #claim, #idleAt, #idleShard' : ', #idleAt = :idleAt, #idleShard = :shard REMOVE #claim',
        ].join(''),
        condition: '#claim.#attempt = :attempt',
        values: {
          ':state': toAttribute(write.state),
          ':expiry': expiry,
          ':tokens': toAttribute(write.spentTokens - claim.reservedTokens),
          ':microUsd': toAttribute(write.spentMicroUsd - claim.reservedMicroUsd),
          ':attempt': toAttribute(claim.attempt),
          ...(window === undefined ? {} : { ':window': toAttribute(window.ciphertext) }),
          ...(idleAt === undefined ? {} : { ':idleAt': toAttribute(idleAt), ':shard': toAttribute(shardOf(conversationId)) }),
        },
      }),
    },
    {
      Update: updateOf(table, itemKey(conversationId, turnKey(claim.turn)), {
        update: [
          'SET #status = :status, #state = :state, #expiresAt = :expiry',
          reply === undefined ? '' : ', #reply = :reply',
          explanation === undefined ? '' : ', #explanation = :explanation',
        ].join(''),
        condition: '#status = :pending',
        values: {
          ':status': toAttribute(write.status),
          ':state': toAttribute(write.state),
          ':expiry': expiry,
          ':pending': toAttribute('pending'),
          ...(reply === undefined ? {} : { ':reply': toAttribute(reply.ciphertext) }),
          ...(explanation === undefined ? {} : { ':explanation': toAttribute(explanationMap(explanation)) }),
        },
      }),
    },
    ...quotaSettlement(table, write),
    ...outboxPuts(table, conversationId, write.events, now, write.expiresAt),
  ];
}

/** Items of a close: the head as it was read, and events. */
export function closeWrites(table: string, head: Head, events: readonly OutboxEvent[], now: number): TransactWriteItem[] {
  const same = head.idleAt === undefined ? 'attribute_not_exists(#idleAt)' : '#idleAt = :idleAt';
  return [
    {
      Update: updateOf(table, itemKey(head.conversationId, HEAD), {
        update: 'SET #state = :closed REMOVE #idleAt, #idleShard',
        condition: `attribute_exists(pk) AND ${same} AND attribute_not_exists(#claim) AND #state <> :closed`,
        values: { ':closed': toAttribute('closed'), ...(head.idleAt === undefined ? {} : { ':idleAt': toAttribute(head.idleAt) }) },
      }),
    },
    ...outboxPuts(table, head.conversationId, events, now, head.expiresAt),
  ];
}

