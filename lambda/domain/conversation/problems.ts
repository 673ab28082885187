import type { Problem } from '../../contracts/api.ts';
import { IDEMPOTENCY_HOURS, MAX_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../contracts/limits.ts';

/** A field of the request and the rule that it broke. */
export interface FieldError {
  readonly field: string;
  readonly rule: string;
}

function problem(name: string, status: number, title: string, detail: string): Problem {
  return { type: `/problems/${name}`, title, status, detail };
}

/** 400: body, query or header broke rules; each is named. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  return { ...problem('invalid-input', 400, 'The request is not valid', 'See "errors" for each field and the rule that it broke.'), errors: [...errors] };
}

/** 400: the body is no JSON that is read here (broken, or nested too deeply). */
export function malformedBody(reason: string): Problem {
  return { ...problem('malformed-body', 400, 'The body cannot be read', `The body must be a JSON object in UTF-8: ${reason}.`), errors: [{ field: 'body', rule: reason }] };
}

/** 400: no Idempotency-Key, or one that breaks its rule. */
export function invalidIdempotencyKey(): Problem {
  return invalidInput([{ field: 'Idempotency-Key', rule: `must be a header of 1-${MAX_IDEMPOTENCY_KEY_CHARACTERS} visible ASCII characters, a new one for each message` }]);
}

/** 401: no token where one is needed, or one that is wrong or has expired. */
export function unauthorized(): Problem {
  return problem('unauthorized', 401, 'Not signed in', 'Send the conversation token as "Authorization: Bearer <token>"; open a new conversation if it has expired.');
}

/** 404: no such route. */
export function routeNotFound(): Problem {
  return problem('route-not-found', 404, 'No such route', 'The API description lists every route and its method.');
}

/** 404: unknown, expired, erased or somebody else's: deliberately the same. */
export function conversationNotFound(): Problem {
  return problem('conversation-not-found', 404, 'No such conversation', 'It does not exist, has expired, or belongs to somebody else.');
}

/** 409: this very request is being answered. Sent with Retry-After. */
export function requestInFlight(): Problem {
  return problem('request-in-flight', 409, 'This message is being answered', 'Repeat the request with the same Idempotency-Key after the time in Retry-After.');
}

/** 409: another message of the conversation is being answered. Sent with Retry-After. */
export function turnInFlight(): Problem {
  return problem('turn-in-flight', 409, 'Another message is being answered', 'Wait for its reply, then send the next message.');
}

/** 409: the conversation takes no more messages. */
export function conversationClosed(): Problem {
  return problem('conversation-closed', 409, 'The conversation is closed', 'It can still be read. Open a new conversation to go on.');
}

/** 413: the body is larger than what is read. */
export function bodyTooLarge(): Problem {
  return problem('body-too-large', 413, 'The body is too large', `At most ${MAX_BODY_BYTES} bytes are read.`);
}

/** 413: the message is longer than the environment allows. */
export function messageTooLong(characters: number, allowed: number): Problem {
  return {
    ...problem('message-too-long', 413, 'The message is too long', `It has ${characters} characters; ${allowed} are allowed.`),
    errors: [{ field: 'text', rule: `must have at most ${allowed} characters` }],
  };
}

/** 415: the body is not declared as JSON. */
export function unsupportedMediaType(): Problem {
  return problem('unsupported-media-type', 415, 'Not JSON', 'Send the body with "Content-Type: application/json".');
}

/** 422: the key was used for another body. */
export function idempotencyKeyReused(): Problem {
  return problem('idempotency-key-reused', 422, 'The Idempotency-Key belongs to another message', `A key stands for one body for ${IDEMPOTENCY_HOURS} hours; use a new key for a new message.`);
}

/** 429: too many requests in a short time. The gateway answers it by itself (`lib/api/gateway-problems.ts`). Sent with Retry-After. */
export function tooManyRequests(): Problem {
  return problem('too-many-requests', 429, 'Too many requests', 'Slow down, and repeat the request after the time in Retry-After.');
}

/** 429: the subject has used what a day allows. Sent with Retry-After: when the next day begins. */
export function quotaUsedUp(): Problem {
  return problem('quota-used-up', 429, 'The limit for today is reached', 'Nothing of this message was stored. Repeat it, with the same Idempotency-Key, after the time in Retry-After.');
}

/** 500: nobody foresaw it. Says nothing about the inside. */
export function internalError(): Problem {
  return problem('internal-error', 500, 'Something went wrong here', 'It has been recorded. Repeating the request with the same Idempotency-Key is safe.');
}

/** 503: overloaded, or a store does not answer; nothing was acknowledged. Sent with Retry-After. */
export function unavailable(): Problem {
  return problem('unavailable', 503, 'Not available at the moment', 'Repeat the request, with the same Idempotency-Key, after the time in Retry-After.');
}
