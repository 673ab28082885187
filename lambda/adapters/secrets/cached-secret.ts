import { DependencyUnavailable } from '../../domain/errors.ts';
import { unguarded, type Guard } from '../../domain/resilience/guard.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import type { SecretValueOutput } from './operations.ts';

/** A secret whose current value is kept for a while. */
export interface CachedSecret {
  /** The value, at most `ttlMilliseconds` old while Secrets Manager answers. @throws DependencyUnavailable when there is none, or it was never read */
  get(): Promise<string>;
  /** The value, read anew: for a caller whose key was refused. Read at most every ten seconds, however often it is asked. @throws DependencyUnavailable */
  refresh(): Promise<string>;
}

/** Options of {@link cachedSecret}. */
export interface CachedSecretOptions {
  readonly client: ClientOptions;
  readonly secretArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds that a value is kept. @default 300,000 */
  readonly ttlMilliseconds?: number;
  /** Behind it Secrets Manager is called; a value that is known needs no leave. @default - none */
  readonly guard?: Guard;
}

/** Milliseconds between two reads at the least, so that refused keys, or a Secrets Manager that is away, cost few calls. */
const COOLDOWN_MILLISECONDS = 10_000;
/** What an HTTP header can carry; the first error of any other value would show it. */
const HEADER_SAFE = /^[\x21-\x7e]{1,4096}$/;

/**
 * The current version of a secret that is put in by hand: JSON `{"key": "…"}`, or the bare text. A known value stays in use
 * while Secrets Manager does not answer. No error shows the value.
 */
export function cachedSecret({ client: options, secretArn, now, ttlMilliseconds = 300_000, guard = unguarded }: CachedSecretOptions): CachedSecret {
  const client = jsonClient(JSON_SERVICES.secrets, options);
  let known: { readonly value: string; readonly at: number } | undefined;
  let lastRead = -Infinity;
  let running: Promise<string> | undefined;

  const read = async (): Promise<string> => {
    lastRead = now();
    const { SecretString } = await guard(() => client.call<SecretValueOutput>('GetSecretValue', { SecretId: secretArn }));
    const value = keyOf(SecretString ?? '');
    known = { value, at: now() };
    return value;
  };
  /** Reads once for all who ask at the same time, and not again within the cooldown. */
  const refresh = async (): Promise<string> => {
    if (running === undefined && now() - lastRead < COOLDOWN_MILLISECONDS) {
      if (known !== undefined) return known.value;
      throw new DependencyUnavailable('The secret could not be read a moment ago.');
    }
    running ??= read().finally(() => (running = undefined));
    try {
      return await running;
    } catch (error) {
      if (known !== undefined) return known.value;
      throw new DependencyUnavailable(`The secret could not be read: ${error instanceof Error ? error.message : 'unknown error'}`, { cause: error });
    }
  };
  return { get: async () => (known !== undefined && now() - known.at < ttlMilliseconds ? known.value : refresh()), refresh };
}

/** @throws Error that does not show the value */
function keyOf(stored: string): string {
  const key = (fromJson(stored) ?? stored).trim();
  if (HEADER_SAFE.test(key)) return key;
  throw new Error('its value is no key: store {"key": "…"} or the bare key, 1-4,096 visible ASCII characters without spaces');
}

function fromJson(stored: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(stored);
    return typeof parsed === 'object' && parsed !== null && 'key' in parsed && typeof parsed.key === 'string' ? parsed.key : undefined;
  } catch {
    return undefined;
  }
}
