/** Largest request body that is read, in bytes. Longer ones get 413. A message of 4,000 characters fits, escaped and in any script. */
export const MAX_BODY_BYTES = 32_768;
/** Longest Idempotency-Key, in characters (draft-ietf-httpapi-idempotency-key-header leaves the limit to the server). */
export const MAX_IDEMPOTENCY_KEY_CHARACTERS = 128;
/** Hours for which a repeated key replays the first answer. */
export const IDEMPOTENCY_HOURS = 24;
/** Longest resume token that is looked at, in characters. Ours have 43: 32 bytes in base64url. */
export const MAX_RESUME_TOKEN_CHARACTERS = 128;
/**
 * Characters that a token of a reply stands for at the most, on average over a whole reply. Vendors of models say four for English; six leave
 * room for languages with long words. A model that writes more does not keep to the longest reply that it was asked for.
 */
export const REPLY_CHARACTERS_PER_TOKEN = 6;
/**
 * Longest reply of a model, in characters (UTF-16 code units), whatever its settings allow. Stored it takes at most 96 KB (six bytes each, as
 * escaped in JSON), far below the 400 KB of an item of DynamoDB.
 */
export const MAX_REPLY_CHARACTERS = 16_000;
/** Longest paragraph of an article, in characters: a reply quotes one or two whole, and a phone shows some 1,000 at a time. */
export const MAX_PARAGRAPH_CHARACTERS = 4_000;
/** Longest title and heading of an article, in characters: each reply stores those of its sources. */
export const MAX_TITLE_CHARACTERS = 300;
/** Longest comment in feedback, in characters. */
export const MAX_COMMENT_CHARACTERS = 2_000;
/**
 * Deliveries of a pending turn to the turn worker before it is put aside as dead: the queue's `maxReceiveCount`, and how
 * the worker knows its last try. So few that the last one comes before the sweep gives the turn up as too old: three
 * times the 540 s that a message stays hidden is 27 minutes, with the default time-out of the worker.
 */
export const TURN_DELIVERIES = 3;
/** Shortest and longest reason for revealing a pseudonym, in characters: a sentence. */
export const MIN_REASON_CHARACTERS = 10;
/** See {@link MIN_REASON_CHARACTERS}. */
export const MAX_REASON_CHARACTERS = 500;
