import { randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import { ServiceError } from '../aws/service-error.ts';

/** What Secrets Manager sends for each step of a rotation. */
export interface RotationEvent {
  readonly Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  readonly SecretId: string;
  /** Id of the version that is being made. */
  readonly ClientRequestToken: string;
}

/** Runs one step. */
export interface SigningKeyRotation {
  /** @throws Error in the operator's words when the step cannot be done; Secrets Manager repeats it */
  run(event: RotationEvent): Promise<void>;
}

/** Bytes of a new key. */
const KEY_BYTES = 32;

/** The four steps of Secrets Manager's rotation for the key that signs conversation tokens. Each may be repeated. */
export function signingKeyRotation(options: { readonly client: ClientOptions }): SigningKeyRotation {
  const client = jsonClient(JSON_SERVICES.secrets, options.client);

  const stagesOf = async (secretId: string): Promise<Readonly<Record<string, readonly string[]>>> =>
    (await client.call<{ readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>> }>('DescribeSecret', { SecretId: secretId })).VersionIdsToStages ?? {};
  const valueOf = async (secretId: string, version: { VersionId?: string; VersionStage: string }): Promise<string | undefined> => {
    try {
      return (await client.call<{ readonly SecretString?: string }>('GetSecretValue', { SecretId: secretId, ...version })).SecretString;
    } catch (error) {
      if (error instanceof ServiceError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
  // A version may be announced and have no value yet; an empty one counts as none.
  const pending = async ({ SecretId, ClientRequestToken }: RotationEvent) => (await valueOf(SecretId, { VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' })) || undefined;

  const create = async (event: RotationEvent): Promise<void> => {
    if ((await valueOf(event.SecretId, { VersionStage: 'AWSCURRENT' })) === undefined) {
      throw new Error('The secret has no current value: nothing is rotated while it is empty. Deploy the stack that generates its first value.');
    }
    if ((await pending(event)) !== undefined) return;
    await client.call('PutSecretValue', {
      SecretId: event.SecretId,
      ClientRequestToken: event.ClientRequestToken,
      SecretString: JSON.stringify({ key: randomBytes(KEY_BYTES).toString('base64url') }),
      VersionStages: ['AWSPENDING'],
    });
  };

  /**
   * Signs and checks with the pending key. Without one it takes the current key: when a schedule is made that does not rotate at once, Secrets
   * Manager runs this step alone, on a version that it announces for the purpose and withdraws again.
   */
  const test = async (event: RotationEvent): Promise<void> => {
    const value = (await pending(event)) ?? (await valueOf(event.SecretId, { VersionStage: 'AWSCURRENT' }));
    if (value === undefined) throw new Error('The secret has neither a pending nor a current value to test. Deploy the stack that generates its first value.');
    const key = keyIn(value);
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('rotation').sign(key);
    await jwtVerify(token, key, { algorithms: ['HS256'], subject: 'rotation' });
  };

  const finish = async (event: RotationEvent): Promise<void> => {
    const stages = await stagesOf(event.SecretId);
    const current = Object.keys(stages).find((version) => stages[version]?.includes('AWSCURRENT'));
    if (current === event.ClientRequestToken) return;
    // The test passes without a pending value, so this step looks for itself.
    if ((await pending(event)) === undefined) throw new Error(`Version ${event.ClientRequestToken} has no value: it cannot become the current one.`);
    await client.call('UpdateSecretVersionStage', {
      SecretId: event.SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: event.ClientRequestToken,
      ...(current === undefined ? {} : { RemoveFromVersionId: current }),
    });
  };

  return {
    async run(event) {
      const stages = await stagesOf(event.SecretId);
      const mine = stages[event.ClientRequestToken];
      if (mine === undefined && event.Step === 'testSecret') return test(event);
      if (mine === undefined) throw new Error(`Version ${event.ClientRequestToken} is no version of the secret: the rotation was not started by Secrets Manager.`);
      // A step that comes late, after the version is in use, has nothing left to do.
      if (mine.includes('AWSCURRENT')) return;
      if (!mine.includes('AWSPENDING')) throw new Error(`Version ${event.ClientRequestToken} is not pending (${mine.join(', ') || 'no stage'}).`);
      if (event.Step === 'createSecret') await create(event);
      if (event.Step === 'testSecret') await test(event);
      if (event.Step === 'finishSecret') await finish(event);
      // setSecret has nothing to set: nobody but our own functions holds the key, and they read the secret.
    },
  };
}

function keyIn(value: string): Uint8Array {
  const parsed: unknown = JSON.parse(value);
  const key = typeof parsed === 'object' && parsed !== null && 'key' in parsed && typeof parsed.key === 'string' ? Buffer.from(parsed.key, 'base64url') : Buffer.alloc(0);
  if (key.length < KEY_BYTES) throw new Error(`The key has ${key.length} bytes; ${KEY_BYTES} are needed.`);
  return key;
}
