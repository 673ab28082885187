import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MAX_COMMENT_CHARACTERS, MAX_PARAGRAPH_CHARACTERS, MAX_REASON_CHARACTERS, MAX_REPLY_CHARACTERS, MAX_TITLE_CHARACTERS } from '../../../../lambda/contracts/limits.ts';
import { aesGcmCipher } from '../../../../lambda/adapters/cipher/aes-gcm.ts';
import type { Item } from '../../../../lambda/adapters/dynamodb/attributes.ts';
import { headItem, outboxItem, turnItem } from '../../../../lambda/adapters/dynamodb/records.ts';
import { commitWrites } from '../../../../lambda/adapters/dynamodb/writes.ts';
import type { Outcome } from '../../../../lambda/domain/answer/outcome.ts';
import { MAX_SIDE_CHARACTERS, MAX_WINDOW_CHARACTERS } from '../../../../lambda/domain/conversation/window.ts';
import { turnPlace } from '../../../../lambda/domain/turn/places.ts';
import { answeredCommit } from '../../../../lambda/domain/turn/settle.ts';
import type { Item as LocalItem } from '../../../../local/aws/dynamodb/attribute.ts';
import { itemBytes as bytesOf, MAX_ITEM_BYTES } from '../../../../local/aws/dynamodb/size.ts';
import { SETTINGS } from '../../../support/fakes/turn.ts';
import { bytes, claim, EXPIRY, head, START, turn } from '../records.ts';

/** Six bytes in JSON, and one character: nothing takes more. */
const WIDEST = '\u0001';
/** Three bytes of UTF-8, and one character: nothing takes more outside of JSON. */
const WIDE = '€';
/** Largest figure that a count or a sum can reach. */
const MOST = Number.MAX_SAFE_INTEGER;
/** Longest values of the environment's configuration (config/schema): message, exchanges, disclosure, names. */
const CONFIGURED = { message: 20_000, exchanges: 20, disclosure: 500, name: 256 };
/** Passages of a reply: five that were found, and what two rounds of two tools add. */
const SOURCES = 9;

const cipher = aesGcmCipher((size) => randomBytes(size));
const key = { subject: 's'.repeat(64), key: randomBytes(32) };
const name = 'n'.repeat(CONFIGURED.name);
const message = WIDE.repeat(CONFIGURED.message);
const largestClaim = claim({ turn: 1_000, attempt: name, reservedTokens: MOST, reservedMicroUsd: MOST, quotaDay: '2026-05-04', usedTokens: MOST, usedMicroUsd: MOST });
const largestHead = head({ conversationId: name, subject: key.subject, release: name, cohort: name, variant: name, channel: name, locale: name, identified: true, resumeHash: name, disclosure: WIDE.repeat(CONFIGURED.disclosure), turn: 1_000, claim: largestClaim, spentTokens: MOST, spentMicroUsd: MOST });
const title = WIDEST.repeat(MAX_TITLE_CHARACTERS);

/** Size by DynamoDB's rule. Items of the store and of the local DynamoDB differ in their types only. */
const itemBytes = (item: Item): number => bytesOf(item as unknown as LocalItem);

/** Every item of a turn at its largest: what a commit sets is in head and turn. */
function itemsOf(text: string): Readonly<Record<string, Item>> {
  const outcome: Outcome = {
    decided: { reply: { kind: 'fallback', text, sources: Array.from({ length: SOURCES }, () => ({ id: title, title, section: title, date: '2026-01-02' })) }, useCase: name, score: 0.123456789012345, rule: name, passages: [] },
    model: name, modelFailed: false, promptVersion: name, inputTokens: MOST, outputTokens: MOST, costMicroUsd: MOST,
  };
  const history = Array.from({ length: CONFIGURED.exchanges }, (_, index) => ({ turn: index, user: WIDEST.repeat(MAX_SIDE_CHARACTERS), bot: '' }));
  const settings = { ...SETTINGS, maxTurns: 1_000, historyExchanges: CONFIGURED.exchanges };
  const write = answeredCommit({ cipher, settings, release: name, now: () => START, newId: () => name }, { head: largestHead, claim: largestClaim, key, history, text: message, at: START, knowledgeVersion: name }, outcome);
  expect(write.events, 'the turn limit closes it').toHaveLength(2);
  const { reply, explanation, window, state } = write;
  const [headUpdate, turnUpdate] = commitWrites('t', write, START);
  // Each of them is one write of what is measured here.
  expect(['Update', 'Update']).toEqual([headUpdate, turnUpdate].map((one) => Object.keys(one ?? {})[0]));
  return {
    head: headItem({ ...largestHead, ...(window !== undefined && { window }) }),
    turn: turnItem({ ...turn({ conversationId: name, turn: 1_000, messageId: name, idempotencyHash: name, text: cipher.seal(key, turnPlace(name, 1_000, 'text'), message) }), state, ...(reply !== undefined && { reply }), ...(explanation !== undefined && { explanation }) }),
    answered: outboxItem(name, write.events[0] ?? expect.fail(), START, EXPIRY),
    closed: outboxItem(name, write.events[1] ?? expect.fail(), START, EXPIRY),
    revealed: outboxItem(name, { type: 'pseudonym.revealed', detail: { eventId: name, conversationId: name, at: '', locale: name, channel: name, release: name, synthetic: false, staffId: name, pseudonym: name, reason: WIDEST.repeat(MAX_REASON_CHARACTERS), found: true } }, START, EXPIRY),
    feedback: { comment: { B: Buffer.from(cipher.seal(key, 'p', WIDE.repeat(MAX_COMMENT_CHARACTERS)).ciphertext).toString('base64') }, id: { S: name } },
  };
}

describe('the largest items that limits allow', () => {
  it.each([
    ['a reply of a model', WIDEST.repeat(MAX_REPLY_CHARACTERS)],
    ['two quoted paragraphs under their headings', WIDEST.repeat(2 * (MAX_PARAGRAPH_CHARACTERS + MAX_TITLE_CHARACTERS + 10))],
  ])('are stored with room to spare: %s', (_name, text) => {
    const sizes = Object.entries(itemsOf(text)).map(([what, item]) => [what, itemBytes(item)] as const);
    for (const [what, size] of sizes) expect(size, what).toBeLessThan(MAX_ITEM_BYTES / 1.5);
    // Limits that were not reached would prove nothing.
    const largest = Object.fromEntries(sizes);
    expect(largest['turn']).toBeGreaterThan(6 * text.length + 3 * CONFIGURED.message);
    expect(largest['head']).toBeGreaterThan(5 * MAX_WINDOW_CHARACTERS);
  });

  it('would not be, were a reply as long as what an endpoint may send', () => {
    expect(itemBytes(itemsOf('keep the box. '.repeat(40_000))['turn'] ?? {})).toBeGreaterThan(MAX_ITEM_BYTES);
  });

  it('are measured as DynamoDB reckons', () => {
    // Names and texts in UTF-8; bytes as they are; two digits a byte and one more; three for a map, one for each member.
    expect(itemBytes({ pk: { S: 'é' }, n: { N: '1234' }, b: { B: Buffer.from(bytes('abc')).toString('base64') }, m: { M: { x: { BOOL: true } } } })).toBe(2 + 2 + (1 + 3) + (1 + 3) + (1 + 3 + 1 + 1 + 1));
  });
});
