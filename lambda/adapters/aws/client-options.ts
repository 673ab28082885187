import { CALLS, longestCall, type CallProfile } from '../../contracts/budgets.ts';
import { boundedRetries, type RetryStrategy } from './retry-strategy.ts';

export { longestCall, type CallProfile };

/** Who calls. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials, such as every function has. @default - the credentials are lasting ones */
  readonly sessionToken?: string;
}

/** Part of an AWS SDK client's configuration that this project decides. Region and credentials come from the runtime. */
export interface ClientOptions {
  /** AWS region. @default - what the runtime says */
  readonly region?: string;
  /** Endpoint of an emulator. @default - what the SDK resolves, `AWS_ENDPOINT_URL` included */
  readonly endpoint?: string;
  /** Credentials. @default - what the runtime gives */
  readonly credentials?: Credentials;
  /** Named, so that the SDK does not look for another one in files. */
  readonly retryMode: 'standard';
  /** Calls in all, the first one included. */
  readonly maxAttempts: number;
  /** A budget of retries for the one client that gets these options. */
  readonly retryStrategy: RetryStrategy;
  readonly requestHandler: {
    /** Milliseconds until a connection stands. */
    readonly connectionTimeout: number;
    /** Milliseconds for one attempt, from its start to the answer's headers; the connection is inside it. 0: no limit. */
    readonly requestTimeout: number;
    /** Milliseconds of silence on the connection, so that an answer whose body never comes ends too. 0: no limit. */
    readonly socketTimeout: number;
    /** Without it the SDK only logs a warning when `requestTimeout` passes. */
    readonly throwOnRequestTimeout: true;
  };
}

/** What may be told to {@link clientOptions}. */
export interface ClientOverrides extends Pick<ClientOptions, 'region' | 'endpoint' | 'credentials'> {
  /** Calls in all, the first one included. @default - the profile's */
  readonly attempts?: number;
  /** In [0, 1), for the pauses between attempts. @default Math.random */
  readonly random?: () => number;
}

/**
 * Client options of a profile (see `CALLS` for what each is for). Call it once for each client: the budget of retries is part of them.
 * @param overrides region, endpoint and credentials, where the runtime's are not wanted
 */
export function clientOptions(profile: CallProfile, { attempts = CALLS[profile].attempts, random = Math.random, ...overrides }: ClientOverrides = {}): ClientOptions {
  const { connectMilliseconds, attemptMilliseconds } = CALLS[profile];
  return {
    ...overrides,
    retryMode: 'standard',
    maxAttempts: attempts,
    retryStrategy: boundedRetries({ attempts, random }),
    requestHandler: { connectionTimeout: connectMilliseconds, requestTimeout: attemptMilliseconds, socketTimeout: attemptMilliseconds, throwOnRequestTimeout: true },
  };
}
