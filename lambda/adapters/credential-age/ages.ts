import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';

/** Age of one credential. */
export interface CredentialAge {
  /** Name of the secret. */
  readonly secret: string;
  /** Days since its current version was made, with fractions; absent for a secret that has no value yet. */
  readonly days?: number;
}

/** Reads how old credentials are. */
export interface CredentialAges {
  /** Age of one secret by its ARN. @throws ServiceError, or Node's error, when Secrets Manager refuses or does not answer */
  read(secretArn: string): Promise<CredentialAge>;
}

/** Options of {@link secretsManagerAges}. */
export interface CredentialAgesOptions {
  readonly client: ClientOptions;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const DAY = 86_400_000;

/** Answer of ListSecretVersionIds, as far as it is read. */
interface VersionsOutput {
  readonly Name?: string;
  readonly NextToken?: string;
  /** Dates in epoch seconds. */
  readonly Versions?: readonly { readonly VersionStages?: readonly string[]; readonly CreatedDate?: number }[];
}

/**
 * Ages by the versions' own dates; no value is ever read. The secret's `LastChangedDate` would not do: a changed tag
 * or description moves it.
 */
export function secretsManagerAges(options: CredentialAgesOptions): CredentialAges {
  const client = jsonClient(JSON_SERVICES.secrets, options.client);
  return {
    async read(secretArn) {
      let name = secretArn;
      let next: string | undefined;
      do {
        const page = await client.call<VersionsOutput>('ListSecretVersionIds', { SecretId: secretArn, ...(next === undefined ? {} : { NextToken: next }) });
        name = page.Name ?? name;
        const current = page.Versions?.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'));
        if (current?.CreatedDate !== undefined) return { secret: name, days: (options.now() - current.CreatedDate * 1000) / DAY };
        next = page.NextToken;
      } while (next !== undefined);
      return { secret: name };
    },
  };
}
