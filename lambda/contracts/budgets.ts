/**
 * Every time-out, lease, retry and breaker of the conversation path in one place. `test/promises/r2-budgets.test.ts` adds them up
 * against the templates. What an environment chooses (time-outs of functions, of the gateway and of the model, the interim reply) stands
 * in its configuration; the rule `time-out-chain` keeps those in order.
 */

/** How long one call to a service may take. */
export interface CallBudget {
  /** Calls in all, the first one included. */
  readonly attempts: number;
  /** Milliseconds until a connection stands; part of the attempt. */
  readonly connectMilliseconds: number;
  /** Milliseconds for one attempt, and for any silence of the connection in it. 0: no limit, the caller's signal ends the call. */
  readonly attemptMilliseconds: number;
}

/** Budgets of calls, by who waits. */
export const CALLS = {
  /**
   * A user waits, and the call is one of three before the first content (look up, open the key, claim). One that never answers leaves
   * time for the others; the turn itself cuts all three at its interim wait. Services answer in 5-50 ms; 500 ms hold a new TLS
   * connection on a small share of a CPU too, and a second attempt takes another connection.
   */
  interactive: { attempts: 2, connectMilliseconds: 400, attemptMilliseconds: 500 },
  /**
   * Somebody waits, but for this call alone: the turn worker, whose user was told `pending`, and the authorizer.
   */
  patient: { attempts: 2, connectMilliseconds: 400, attemptMilliseconds: 800 },
  /** A stream or a schedule waits: three attempts end before the shortest time-out of such a function (15 s). */
  background: { attempts: 3, connectMilliseconds: 1_000, attemptMilliseconds: 3_000 },
  /** Waits for another function, its cold start (10 s at most) included, and has the whole answer or none. */
  invoke: { attempts: 1, connectMilliseconds: 1_000, attemptMilliseconds: 16_000 },
  /** A reply streams for as long as the turn's own signal allows; no second attempt, because the quoted answer stands in at once. */
  model: { attempts: 1, connectMilliseconds: 400, attemptMilliseconds: 0 },
} as const satisfies Readonly<Record<string, CallBudget>>;

/** Who waits for a call. */
export type CallProfile = keyof typeof CALLS;

/** Retries of one client, with the figures of the AWS SDK's standard mode. */
export const RETRY = {
  /** Tokens of a client that has met no failure. */
  tokens: 500,
  /** Tokens that a retry costs; given back when it succeeds. In a total outage a client retries 35 times, then not at all. */
  cost: 14,
  /** Tokens that a retry costs after the service asked to slow down: a full bucket holds more of them, because they are cheap for it. */
  throttleCost: 5,
  /** Tokens that a call without any retry gives back. */
  refill: 1,
  /** Milliseconds: a random time up to this before the first retry, up to twice that before the next, and so on (full jitter). */
  baseMilliseconds: 50,
  /** Longest pause in milliseconds. */
  capMilliseconds: 20_000,
} as const;

/** Longest time that one call of a profile can take, in milliseconds, pauses between attempts included; Infinity for `model`. */
export function longestCall(profile: CallProfile): number {
  const { attempts, attemptMilliseconds } = CALLS[profile];
  if (attemptMilliseconds === 0) return Infinity;
  let total = attempts * attemptMilliseconds;
  for (let retry = 0; retry < attempts - 1; retry += 1) total += Math.min(RETRY.capMilliseconds, RETRY.baseMilliseconds * 2 ** retry);
  return total;
}

/** Milliseconds after a request's arrival by which it has content or `pending`: what users are promised. */
export const FIRST_CONTENT_MILLISECONDS = 2_000;

/** Calls of a turn until its first content, one after the other: look the conversation up, open its key, claim the turn. */
export const CALLS_BEFORE_CONTENT = 3;

/**
 * Milliseconds that a turn keeps free before its deadline. Either it is handed over, which is three calls at worst (pass the claim on,
 * put it on the queue, and commit the quoted answer when the queue is down), or it is committed, which is one.
 */
export const CLOSING_MILLISECONDS = Math.max(3 * longestCall('interactive'), longestCall('patient'));

/**
 * Milliseconds for one look into the order system, its retry included. A chat turn waits for less where less is left until its interim
 * reply; the worker waits for all of it.
 */
export const ORDER_MILLISECONDS = 1_500;

/**
 * Milliseconds for the knowledge base to be there: a file beside the bundle, which a fresh function reads and opens in well under 200 ms. A
 * turn goes on without it then, and still has time for its claim before the interim reply.
 */
export const KNOWLEDGE_MILLISECONDS = 500;

/** Calls of the turn worker beside the model's: read the turn, look the conversation up, take the claim over, open the key, commit. */
export const WORKER_CALLS = 5;

/** Milliseconds kept back from a function's time-out, for the answer to leave and the last log line to be written. */
export const EXIT_MILLISECONDS = 300;

/** Seconds by which a claim outlives the function that made it: the two clocks that compare them may differ a little. */
export const LEASE_MARGIN_SECONDS = 2;

/** Time-outs of the worker for which a message stays hidden: six, as AWS Lambda's guide for SQS event sources says. */
export const VISIBILITY_TIMEOUTS = 6;

/** How far back a request's own time of arrival is believed, in milliseconds: longer than any cold start. */
export const LONGEST_START_MILLISECONDS = 10_000;

/** When a breaker opens, and for how long. */
export interface BreakerBudget {
  /** Milliseconds that a call's outcome counts. */
  readonly windowMilliseconds: number;
  /** Calls in the window before their failures say anything. */
  readonly minimumCalls: number;
  /** Share of failures (0-1) at which it opens. */
  readonly failureShare: number;
  /** Milliseconds without any call; then one probe. */
  readonly openMilliseconds: number;
}

/** Breakers of the dependencies. Their state is that of one execution environment. */
export const BREAKERS = {
  /** Services of AWS: five failed calls take one environment 1 to 4 seconds; five seconds of rest are what a client is told to wait. */
  service: { windowMilliseconds: 30_000, minimumCalls: 5, failureShare: 0.5, openMilliseconds: 5_000 },
  /** A model: calls last many seconds, so fewer say enough, over a longer time; and quoted answers stand in meanwhile. */
  model: { windowMilliseconds: 180_000, minimumCalls: 3, failureShare: 0.5, openMilliseconds: 30_000 },
} as const satisfies Readonly<Record<string, BreakerBudget>>;

/**
 * Calls to one dependency that may be under way in one execution environment. It serves one request at a time, which makes two at once;
 * the rest are calls that were given up and have not ended.
 */
export const BULKHEAD_CALLS = 8;

/** Milliseconds of a model's silence that count as its failure when the turn stops waiting; a shorter wait says nothing about it. */
export const SILENT_MODEL_MILLISECONDS = 5_000;

/** Seconds after which a client may come back that was refused because there was no time left to answer it: the next request finds the functions started. */
export const SHED_RETRY_SECONDS = 1;
