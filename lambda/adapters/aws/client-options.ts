/** Part of an AWS SDK client's configuration that this project decides. Region and credentials come from the runtime. */
export interface ClientOptions {
  /** AWS region. @default - what the runtime says */
  readonly region?: string;
  /** Endpoint of an emulator. @default - what the SDK resolves, `AWS_ENDPOINT_URL` included */
  readonly endpoint?: string;
  /** Credentials. @default - what the runtime gives */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly retryMode: 'standard';
  /** Calls in all, the first one included. */
  readonly maxAttempts: number;
  readonly requestHandler: {
    /** Milliseconds until a connection stands. */
    readonly connectionTimeout: number;
    /** Milliseconds for one attempt, from its start to the answer's headers; the connection is inside it. 0: no limit. */
    readonly requestTimeout: number;
    /** Without it the SDK only logs a warning when `requestTimeout` passes. */
    readonly throwOnRequestTimeout: true;
  };
}

/**
 * How long a call may take.
 * - `interactive`: a user waits. The first call that gets no answer ends the turn, so its attempts alone must fit the
 *   two seconds of the interim reply: 2 x 800 ms + at most 100 ms between them = 1.7 s.
 * - `background`: a queue, a stream or a schedule waits: 3 x 3 s + pauses is below every such function's time-out.
 * - `invoke`: waits for another function, cold start included (10 s at most), and does not repeat it: the caller has the whole answer or none.
 * - `model`: a reply streams for as long as the turn's own signal allows; only the connection is limited here, and a
 *   failed call is not repeated, because the extractive answerer stands in at once.
 */
export type CallProfile = 'interactive' | 'background' | 'invoke' | 'model';

const PROFILES: Readonly<Record<CallProfile, { attempts: number; connection: number; request: number }>> = {
  interactive: { attempts: 2, connection: 400, request: 800 },
  background: { attempts: 3, connection: 1_000, request: 3_000 },
  invoke: { attempts: 1, connection: 1_000, request: 16_000 },
  model: { attempts: 1, connection: 400, request: 0 },
};

/**
 * Client options of a profile.
 * @param overrides region, endpoint and credentials, where the runtime's are not wanted
 */
export function clientOptions(profile: CallProfile, overrides: Pick<ClientOptions, 'region' | 'endpoint' | 'credentials'> = {}): ClientOptions {
  const { attempts, connection, request } = PROFILES[profile];
  return {
    ...overrides,
    retryMode: 'standard',
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connection, requestTimeout: request, throwOnRequestTimeout: true },
  };
}

/** Longest time that one call of a profile can take, in milliseconds, pauses between attempts included; Infinity for `model`. */
export function longestCall(profile: CallProfile): number {
  const { attempts, request } = PROFILES[profile];
  // Standard mode waits at most 50 ms x 2^n before attempt n+1 (full jitter), 20 s at the most.
  const pauses = Array.from({ length: attempts - 1 }, (_, n) => Math.min(20_000, 50 * 2 ** n));
  return request === 0 ? Infinity : attempts * request + pauses.reduce((sum, pause) => sum + pause, 0);
}
