import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { secretArn, type LoopbackResources } from '../../../../local/aws/index.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

/** A test file's Secrets Manager, with the secret `empty` that has no value, and a clock that stands at 1,000,000 before each test. */
export class Vault {
  /** The clock, in milliseconds. A test moves it. */
  time = 1_000_000;
  #started: TestEndpoint | undefined;
  #secrets = 0;

  /** Call it while a test file is collected: it starts the endpoint before its tests and closes it after them. */
  constructor() {
    beforeAll(async () => {
      this.#started = await startEndpoint({ resources: { secrets: [{ name: 'empty' }] } });
    });
    afterAll(() => this.#endpoint.endpoint.close());
    beforeEach(() => {
      this.time = 1_000_000;
      this.calls.length = 0;
    });
  }

  get #endpoint(): TestEndpoint {
    if (this.#started === undefined) throw new Error('the vault is not open before the first test');
    return this.#started;
  }

  get calls(): TestEndpoint['calls'] {
    return this.#endpoint.calls;
  }

  readonly now = (): number => this.time;
  readonly options: TestEndpoint['options'] = (profile) => this.#endpoint.options(profile);

  /** Declares one more secret; returns its ARN. */
  declare(secret: Omit<NonNullable<LoopbackResources['secrets']>[number], 'name'>): string {
    const name = `secret-${(this.#secrets += 1)}`;
    this.#endpoint.endpoint.declare({ secrets: [{ name, ...secret }] });
    return secretArn(PLACE, name);
  }

  /** Puts a new current value in. */
  async put(arn: string, value: string): Promise<void> {
    await new SecretsManagerClient(this.options()).send(new PutSecretValueCommand({ SecretId: arn, SecretString: value }));
  }
}
