import type { Problem } from '../../lambda/contracts/api.ts';
import { MAX_BODY_BYTES, MAX_IDEMPOTENCY_KEY_CHARACTERS } from '../../lambda/contracts/limits.ts';

/** What the gateway answers by itself, before or instead of a function. */
export interface GatewayProblem {
  readonly problem: Problem;
  /** Headers beside the content type, as text. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Seconds after which a throttled client may come back: the gateway's token bucket refills every second. */
const AFTER_THROTTLE = '1';
/** Seconds after which a failed or overloaded integration is worth another try. */
const AFTER_FAILURE = '5';

function answer(name: string, status: number, title: string, detail: string, headers?: GatewayProblem['headers']): GatewayProblem {
  return { problem: { type: `/problems/${name}`, title, status, detail }, ...(headers ? { headers } : {}) };
}

const notFound = answer('route-not-found', 404, 'No such route', 'The API description lists every route and its method.');
const notSignedIn = answer('unauthorized', 401, 'Not signed in', 'Send the conversation token as "Authorization: Bearer <token>"; open a new conversation if it has expired.', { 'WWW-Authenticate': 'Bearer' });
const forbidden = answer('forbidden', 403, 'Not allowed', 'The request gives no access to this API.');
const tooMany = answer('too-many-requests', 429, 'Too many requests', 'Slow down, and repeat the request after the time in Retry-After.', { 'Retry-After': AFTER_THROTTLE });
const unavailable = answer('unavailable', 503, 'Not available at the moment', 'Repeat the request, with the same Idempotency-Key, after the time in Retry-After.', { 'Retry-After': AFTER_FAILURE });
const broken = answer('internal-error', 500, 'Something went wrong here', 'It has been recorded. Repeating the request with the same Idempotency-Key is safe.');
const unreadable = answer('malformed-body', 400, 'The body cannot be read', 'The body must be a JSON object in UTF-8.');
/** The only parameter that the gateway demands is this header, so its absence is the only thing that can be wrong. */
const missingParameter: GatewayProblem = {
  problem: {
    ...answer('invalid-input', 400, 'The request is not valid', 'See "errors" for each field and the rule that it broke.').problem,
    errors: [{ field: 'Idempotency-Key', rule: `must be a header of 1-${MAX_IDEMPOTENCY_KEY_CHARACTERS} visible ASCII characters, a new one for each message` }],
  },
};

/**
 * Every gateway response type of API Gateway with its answer. Types, titles and texts are those that the handlers use,
 * so a client cannot tell, and need not know, who answered.
 */
export const GATEWAY_PROBLEMS = {
  // The authorizer denies only who showed a wrong token; what a known caller may do is the handlers' question (403, 404).
  ACCESS_DENIED: notSignedIn,
  API_CONFIGURATION_ERROR: broken,
  AUTHORIZER_CONFIGURATION_ERROR: broken,
  // The authorizer crashed, was throttled or timed out: nobody knows yet whether the token is good.
  AUTHORIZER_FAILURE: unavailable,
  BAD_REQUEST_BODY: unreadable,
  BAD_REQUEST_PARAMETERS: missingParameter,
  DEFAULT_4XX: answer('invalid-input', 400, 'The request is not valid', 'The gateway could not read the request.'),
  // What ends here is a function that was throttled or that failed without an answer: nothing was acknowledged.
  DEFAULT_5XX: unavailable,
  EXPIRED_TOKEN: notSignedIn,
  INTEGRATION_FAILURE: unavailable,
  INTEGRATION_TIMEOUT: unavailable,
  INVALID_API_KEY: forbidden,
  // No route takes AWS signatures: the gateway only looks for one where no route is.
  INVALID_SIGNATURE: notFound,
  // API Gateway's name for "no such path or method".
  MISSING_AUTHENTICATION_TOKEN: notFound,
  QUOTA_EXCEEDED: tooMany,
  REQUEST_TOO_LARGE: answer('body-too-large', 413, 'The body is too large', `At most ${MAX_BODY_BYTES} bytes are read.`),
  RESOURCE_NOT_FOUND: notFound,
  THROTTLED: tooMany,
  UNAUTHORIZED: notSignedIn,
  UNSUPPORTED_MEDIA_TYPE: answer('unsupported-media-type', 415, 'Not JSON', 'Send the body with "Content-Type: application/json".'),
  WAF_FILTERED: answer('blocked', 403, 'The request was refused', 'A protection rule refused it. If it was an honest request, tell the operator the value of the header x-amzn-RequestId.'),
} as const satisfies Readonly<Record<string, GatewayProblem>>;

/** Answer of the firewall to an address that is over a rate. */
export const FIREWALL_PROBLEM: Problem = tooMany.problem;
