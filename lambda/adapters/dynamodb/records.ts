import { CONVERSATION_STATES, TURN_STATUSES } from '../../contracts/states.ts';
import type { StoredOutboxEvent } from '../../domain/conversation/ports.ts';
import {
  SCHEMA_VERSION,
  type Claim,
  type Explanation,
  type Head,
  type IdempotencyRecord,
  type OutboxEvent,
  type Sealed,
  type Turn,
  type WrappedKey,
} from '../../domain/conversation/types.ts';
import { Reader, toItem, type Item, type Plain } from './attributes.ts';
import { HEAD, idempotencyKey, itemKey, outboxKey, shardOf, subjectKey, turnKey } from './keys.ts';

/** Milliseconds that an outbox item is left to the relay before the sweep looks at it. */
export const RELAY_MILLISECONDS = 60_000;

/** Epoch milliseconds as the whole seconds that DynamoDB's time to live wants; never later than asked for. */
export const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** A claim as a map. */
export const claimMap = (claim: Claim): { readonly [name: string]: Plain } => ({ ...claim });
/** An explanation as a map. */
export const explanationMap = (explanation: Explanation): { readonly [name: string]: Plain } => ({ ...explanation });

/** Item of a head. */
export function headItem(head: Head): Item {
  const { conversationId, claim, purposes, window, idleAt, ...rest } = head;
  return {
    ...itemKey(conversationId, HEAD),
    ...toItem({
      ...rest,
      expiresAt: toSeconds(head.expiresAt),
      purposes: { ...purposes },
      claim: claim && claimMap(claim),
      window: window?.ciphertext,
      ...(idleAt === undefined ? {} : { idleAt, idleShard: shardOf(conversationId) }),
    }),
  };
}

/** Item of a turn. */
export function turnItem(turn: Turn): Item {
  const { conversationId, text, reply, explanation, ...rest } = turn;
  return {
    ...itemKey(conversationId, turnKey(turn.turn)),
    ...toItem({
      ...rest,
      schemaVersion: SCHEMA_VERSION,
      expiresAt: toSeconds(turn.expiresAt),
      text: text.ciphertext,
      reply: reply?.ciphertext,
      explanation: explanation && explanationMap(explanation),
    }),
  };
}

/** Item of an idempotency record. */
export function idempotencyItem(conversationId: string, record: IdempotencyRecord): Item {
  return { ...itemKey(conversationId, idempotencyKey(record.keyHash)), ...toItem({ ...record, schemaVersion: SCHEMA_VERSION, expiresAt: toSeconds(record.expiresAt) }) };
}

/** Item of an event that waits for the relay. It is in the sweep's index from `now` + {@link RELAY_MILLISECONDS} on. */
export function outboxItem(conversationId: string, event: OutboxEvent, now: number, expiresAt: number): Item {
  return {
    ...itemKey(conversationId, outboxKey(event.detail.eventId)),
    ...toItem({
      schemaVersion: SCHEMA_VERSION,
      event: JSON.stringify(event),
      idleShard: shardOf(conversationId),
      idleAt: now + RELAY_MILLISECONDS,
      expiresAt: toSeconds(expiresAt),
    }),
  };
}

/** Reads an item's format. @throws TypeError for a format that only a later release reads */
function reader(item: Item): Reader {
  const found = new Reader(item, `Record ${item['sk']?.S ?? 'of a key'}`);
  const version = found.number('schemaVersion');
  if (version > SCHEMA_VERSION) throw new TypeError(`Record ${item['sk']?.S ?? 'of a key'} has format ${version}; this release reads up to ${SCHEMA_VERSION}.`);
  return found;
}

const oneOf = <T extends string>(allowed: readonly T[], value: string): T => {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new TypeError(`'${value}' is none of ${allowed.join(', ')}.`);
  return found;
};

const sealed = (from: Reader, name: string): Sealed => ({ ciphertext: from.bytes(name) });
const milliseconds = (from: Reader): number => from.number('expiresAt') * 1000;

function readClaim(from: Reader, name: string): Claim {
  const claim = from.map(name);
  return {
    turn: claim.number('turn'),
    attempt: claim.string('attempt'),
    leaseUntil: claim.number('leaseUntil'),
    reservedTokens: claim.number('reservedTokens'),
    reservedMicroUsd: claim.number('reservedMicroUsd'),
    ...(claim.has('quotaDay') ? { quotaDay: claim.string('quotaDay') } : {}),
    ...(claim.has('usedTokens') ? { usedTokens: claim.number('usedTokens'), usedMicroUsd: claim.number('usedMicroUsd') } : {}),
  };
}

function readExplanation(from: Reader, name: string): Explanation {
  const map = from.map(name);
  return {
    useCase: map.string('useCase'),
    score: map.number('score'),
    rule: map.string('rule'),
    model: map.string('model'),
    modelFailed: map.boolean('modelFailed'),
    promptVersion: map.string('promptVersion'),
    knowledgeVersion: map.string('knowledgeVersion'),
    release: map.string('release'),
    inputTokens: map.number('inputTokens'),
    outputTokens: map.number('outputTokens'),
    costMicroUsd: map.number('costMicroUsd'),
    milliseconds: map.number('milliseconds'),
  };
}

/** Reads a head. @throws TypeError when an attribute is missing or of another type */
export function readHead(item: Item): Head {
  const from = reader(item);
  const purposes = from.map('purposes');
  return {
    conversationId: from.string('pk'),
    schemaVersion: from.number('schemaVersion'),
    subject: from.string('subject'),
    state: oneOf(CONVERSATION_STATES, from.string('state')),
    turn: from.number('turn'),
    release: from.string('release'),
    cohort: from.string('cohort'),
    variant: from.string('variant'),
    channel: from.string('channel'),
    locale: from.string('locale'),
    purposes: { analytics: purposes.boolean('analytics'), training: purposes.boolean('training') },
    legalHold: from.boolean('legalHold'),
    synthetic: from.boolean('synthetic'),
    disclosure: from.string('disclosure'),
    createdAt: from.number('createdAt'),
    expiresAt: milliseconds(from),
    spentMicroUsd: from.number('spentMicroUsd'),
    spentTokens: from.number('spentTokens'),
    ...(from.has('identified') ? { identified: from.boolean('identified') } : {}),
    ...(from.has('resumeHash') ? { resumeHash: from.string('resumeHash') } : {}),
    ...(from.has('claim') ? { claim: readClaim(from, 'claim') } : {}),
    ...(from.has('idleAt') ? { idleAt: from.number('idleAt') } : {}),
    ...(from.has('window') ? { window: sealed(from, 'window') } : {}),
  };
}

/** Reads a turn. @throws TypeError */
export function readTurn(item: Item): Turn {
  const from = reader(item);
  return {
    conversationId: from.string('pk'),
    turn: from.number('turn'),
    messageId: from.string('messageId'),
    status: oneOf(TURN_STATUSES, from.string('status')),
    at: from.number('at'),
    text: sealed(from, 'text'),
    idempotencyHash: from.string('idempotencyHash'),
    expiresAt: milliseconds(from),
    ...(from.has('reply') ? { reply: sealed(from, 'reply') } : {}),
    ...(from.has('explanation') ? { explanation: readExplanation(from, 'explanation') } : {}),
    ...(from.has('state') ? { state: oneOf(CONVERSATION_STATES, from.string('state')) } : {}),
  };
}

/** Reads an idempotency record. @throws TypeError */
export function readIdempotency(item: Item): IdempotencyRecord {
  const from = reader(item);
  return { keyHash: from.string('keyHash'), bodyHash: from.string('bodyHash'), turn: from.number('turn'), expiresAt: milliseconds(from) };
}

/** Item of a wrapped key. */
export function wrappedKeyItem(key: WrappedKey): Item {
  return { ...subjectKey(key.subject), ...toItem({ schemaVersion: SCHEMA_VERSION, wrapped: key.wrapped, expiresAt: toSeconds(key.expiresAt) }) };
}

/** Reads a wrapped key. @throws TypeError */
export function readWrappedKey(item: Item): WrappedKey {
  const from = reader(item);
  return { subject: from.string('subject'), wrapped: from.bytes('wrapped'), expiresAt: milliseconds(from) };
}

/**
 * Reads an outbox item, from the table, its index or its stream. What was stored is what this project wrote, so no more of the
 * event is checked than publishing and deleting it needs. @throws TypeError, SyntaxError when it is none
 */
export function readOutbox(item: Item): StoredOutboxEvent {
  const from = new Reader(item, 'Outbox item');
  const event: OutboxEvent | null = JSON.parse(from.string('event'));
  if (typeof event?.type !== 'string' || typeof event.detail?.eventId !== 'string') throw new TypeError('Outbox item holds no event with a type and an id.');
  return { conversationId: from.string('pk'), event };
}
