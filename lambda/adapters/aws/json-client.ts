import { setTimeout as delay } from 'node:timers/promises';
import type { ClientOptions } from './client-options.ts';
import { publicEndpoint } from './endpoint.ts';
import type { JsonService } from './json-service.ts';
import type { RetryStrategy, RetryToken } from './retry-strategy.ts';
import { failureOf, serviceError } from './service-error.ts';
import { requestSigner } from './sigv4.ts';
import { httpTransport, TransportError, type Answer, type Transport } from './transport.ts';

/** Calls one service. */
export interface JsonClient {
  /**
   * Makes one call, with retries as the options say.
   * @param operation as in the service's API reference
   * @param input the operation's members as JSON has them: bytes in base64, times in epoch seconds
   * @returns the answer's members, as the service says that they are
   * @throws ServiceError for what the service refused; TransportError or Node's error when nothing usable came; the signal's reason
   */
  call<Output>(operation: string, input: object, signal?: AbortSignal): Promise<Output>;
}

/** What a client is given in tests. */
export interface JsonClientParts {
  /** @default - HTTP to the endpoint */
  readonly transport?: Transport;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** Milliseconds that this clock and the service's may differ before the service's is believed. Services refuse after 300,000. */
const SKEW_MILLISECONDS = 240_000;
/** Names the caller in AWS's own logs. */
const USER_AGENT = 'chatbot';

/**
 * A client for services that speak JSON over HTTP (`application/x-amz-json`). It does what the AWS SDK's clients do for these calls and
 * no more, because loading and running theirs costs a fresh function more than all the rest of it.
 * @throws Error when region or credentials are missing, or the endpoint cannot be used
 */
export function jsonClient(service: JsonService, options: ClientOptions, { transport, now = Date.now }: JsonClientParts = {}): JsonClient {
  const { region, credentials, retryStrategy } = options;
  if (region === undefined) throw new Error(`No region is given to call ${service.name} in. Lambda sets AWS_REGION.`);
  if (credentials === undefined) throw new Error(`No credentials are given to call ${service.name} with. Lambda sets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`);
  const endpoint = originOf(options.endpoint ?? publicEndpoint(service, region));
  const send = transport ?? httpTransport(endpoint, options.requestHandler);
  const sign = requestSigner({ region, service: service.name, credentials });
  /** Milliseconds that the service's clock is ahead of ours. */
  let ahead = 0;

  const attempt = async <Output>(operation: string, body: string, signal: AbortSignal | undefined): Promise<Output> => {
    const headers = { host: endpoint.host, 'content-type': `application/x-amz-json-${service.version}`, 'x-amz-target': `${service.target}.${operation}` };
    const answer = await send({ ...sign({ headers, body, at: now() + ahead }), 'user-agent': USER_AGENT }, body, signal);
    if (answer.status < 300) return resultOf(answer);
    const theirs = Date.parse(answer.headers.date ?? '');
    // A refusal by a service with another time of day: the request may have been refused for its date, so it is worth another one.
    const skewed = answer.status < 500 && Math.abs(theirs - now() - ahead) >= SKEW_MILLISECONDS;
    if (skewed) ahead = theirs - now();
    throw serviceError(answer, skewed);
  };

  return {
    async call<Output>(operation: string, input: object, signal?: AbortSignal): Promise<Output> {
      const body = JSON.stringify(input);
      let token = await retryStrategy.acquireInitialRetryToken(service.name);
      for (;;) {
        try {
          const output = await attempt<Output>(operation, body, signal);
          retryStrategy.recordSuccess(token);
          return output;
        } catch (error) {
          const next = signal?.aborted === true ? undefined : await another(retryStrategy, token, error);
          if (next === undefined) throw error;
          token = next;
          await delay(token.getRetryDelay(), undefined, signal === undefined ? {} : { signal });
        }
      }
    },
  };
}

/** Leave for another attempt; undefined when there shall be none. */
const another = (strategy: RetryStrategy, token: RetryToken, error: unknown): Promise<RetryToken | undefined> => strategy.refreshRetryTokenForRetry(token, failureOf(error)).catch(() => undefined);

/** @throws Error for what is no origin */
function originOf(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new Error(`'${endpoint}' is no endpoint of AWS: it takes a scheme (https, or http for an emulator), a host and perhaps a port, and nothing behind them.`);
}

/** @throws TransportError when the answer is no JSON object */
function resultOf({ body }: Answer): ReturnType<typeof JSON.parse> {
  try {
    const result: unknown = body === '' ? {} : JSON.parse(body);
    if (typeof result === 'object' && result !== null && !Array.isArray(result)) return result;
  } catch {
    // Said below, without what a parser quotes.
  }
  throw new TransportError('BrokenAnswer', 'The answer is no JSON object.');
}
