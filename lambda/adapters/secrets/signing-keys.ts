import { DependencyUnavailable } from '../../domain/errors.ts';
import { unguarded, type Guard } from '../../domain/resilience/guard.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { signingKeyBytes } from './key-material.ts';
import type { SecretValueOutput } from './operations.ts';

/** A key that signs tokens. */
export interface SigningKey {
  /** Version of the secret. */
  readonly kid: string;
  readonly key: Uint8Array;
}

/** Keys that conversation tokens are signed and checked with. */
export interface SigningKeys {
  /** The key to sign with. @throws DependencyUnavailable */
  current(): Promise<SigningKey>;
  /** Key of a token that was signed earlier; undefined when neither the current nor the previous one. @throws DependencyUnavailable */
  find(kid: string): Promise<SigningKey | undefined>;
}

/** Options of {@link secretSigningKeys}. */
export interface SigningKeysOptions {
  readonly client: ClientOptions;
  readonly secretArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Behind it Secrets Manager is called; keys that are known need no leave. @default - none */
  readonly guard?: Guard;
}

/** Milliseconds that keys are kept. A rotation is noticed earlier when a token names an unknown key. */
const CACHED_MILLISECONDS = 5 * 60_000;
/** Milliseconds between two reads at the least, so that made-up key ids cost no calls. */
const COOLDOWN_MILLISECONDS = 10_000;

type Keys = readonly [current: SigningKey, previous?: SigningKey];

/**
 * Signing keys from the current and the previous version of a secret. Both are accepted, so that tokens outlive a rotation.
 * Keys that are known stay in use while Secrets Manager does not answer.
 */
export function secretSigningKeys(options: SigningKeysOptions): SigningKeys {
  const client = jsonClient(JSON_SERVICES.secrets, options.client);
  const { guard = unguarded } = options;
  let known: { readonly keys: Keys; readonly at: number } | undefined;
  let lastRead = -Infinity;
  let running: Promise<Keys> | undefined;
  /** Whether the last read failed: what is known may then lack the newest key. */
  let outdated = false;

  const version = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SigningKey | undefined> => {
    try {
      const answer = await client.call<SecretValueOutput>('GetSecretValue', { SecretId: options.secretArn, VersionStage: stage });
      if (answer.VersionId === undefined || answer.SecretString === undefined) return undefined;
      return { kid: answer.VersionId, key: signingKeyBytes(answer.SecretString) };
    } catch (error) {
      if (error instanceof ServiceError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
  const read = async (): Promise<Keys> => {
    lastRead = options.now();
    const [current, previous] = await guard(() => Promise.all([version('AWSCURRENT'), version('AWSPREVIOUS')]));
    if (current === undefined) throw new Error('The signing secret has no current value.');
    const keys: Keys = previous === undefined ? [current] : [current, previous];
    known = { keys, at: options.now() };
    outdated = false;
    return keys;
  };
  /** Reads once for all who ask at the same time. */
  const refresh = async (): Promise<Keys> => {
    running ??= read().finally(() => (running = undefined));
    try {
      return await running;
    } catch (error) {
      outdated = true;
      if (known !== undefined) return known.keys;
      throw new DependencyUnavailable(`The signing keys could not be read: ${error instanceof Error ? error.message : 'unknown error'}`, { cause: error });
    }
  };
  const rested = (): boolean => options.now() - lastRead >= COOLDOWN_MILLISECONDS;
  const keys = async (): Promise<Keys> => {
    if (known === undefined) return refresh();
    return options.now() - known.at >= CACHED_MILLISECONDS && rested() ? refresh() : known.keys;
  };
  const pick = (all: Keys, kid: string): SigningKey | undefined => all.find((key) => key?.kid === kid);

  return {
    current: async () => (await keys())[0],
    async find(kid) {
      const found = pick(await keys(), kid) ?? (rested() ? pick(await refresh(), kid) : undefined);
      // «Not ours» would be remembered by the gateway, and may be wrong: the key may be newer than what could be read.
      if (found === undefined && outdated) throw new DependencyUnavailable('The signing keys could not be read, so an unknown key id cannot be judged.');
      return found;
    },
  };
}
