import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'vitest';
import type { CallRecord, Converse } from '../../../../local/aws/index.ts';
import { EstateModel } from '../../../../local/assembly/model.ts';
import { readAssembly } from '../../../../local/assembly/read.ts';
import type { Estate } from '../../../../local/estate.ts';
import { alteredAssembly } from '../../../app/support/altered-assembly.ts';
import { startSynthesized, stored } from '../../../app/support/estate.ts';
import { startAwsBeside } from './aws-beside.ts';
import type { DrivenEnvironment } from './environments.ts';
import { askEverything, runTheRest } from './everything.ts';
import { REPLY, SLOWLY, startOutside } from './outside.ts';
import type { Outside } from './outside.ts';
import type { Planted, Seen } from './planted.ts';
import { Web } from './web.ts';

/** What an environment did while everything that it can do was asked of it. */
export interface Drive {
  readonly environment: DrivenEnvironment;
  /** Its resources, with the identities that they had. */
  readonly model: EstateModel;
  /** Every call to AWS, those of the drive itself included. */
  readonly calls: readonly CallRecord[];
  readonly planted: readonly Planted[];
  /** Everything that left a function. */
  readonly seen: readonly Seen[];
}

/** Runs a function with things that have to be ended afterwards, whatever happens. */
async function withAll<T>(act: (later: (end: () => unknown) => void) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  try {
    return await act((end) => void ends.push(end));
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/**
 * Starts an environment and has every function do everything that it can do.
 * @param environmentOf the environment; it may call what is outside
 * @throws Error when something was not done as it should: a drive that does less would prove less
 */
export function drive(environmentOf: (outside: Outside, folder: string) => DrivenEnvironment | Promise<DrivenEnvironment>): Promise<Drive> {
  return withAll(async (later) => {
    const folder = mkdtempSync(join(tmpdir(), 'drive-'));
    later(() => rmSync(folder, { recursive: true, force: true }));
    const outside = await startOutside();
    later(() => outside.close());
    const environment = await environmentOf(outside, folder);
    const { name, naming } = environment.config;
    const calls: CallRecord[] = [];
    let estate: Estate | undefined;
    const started = (): Estate => estate ?? expect.fail('The estate does not run yet.');
    const beside = await startAwsBeside(() => ({ onCall: (call) => void calls.push(call), invoke: (fn, payload) => started().invoke(fn, payload), place: started().api, application: naming.prefix }));
    later(() => beside.close());
    // A conversation is idle at once, so that the sweep has something to close.
    const assemblyDir = alteredAssembly(folder, name, { from: environment.assembly, settings: { idleMinutes: 0 }, variables: beside.variables });
    const logsDir = join(folder, 'logs');
    estate = await startSynthesized(name, { assemblyDir, logsDir, converse: converse(), onCall: (call) => void calls.push(call) });
    let running = true;
    later(() => (running ? estate?.close() : undefined));
    const model = new EstateModel(readAssembly(assemblyDir, name), { aws: () => started().awsUrl, issuer: () => started().loopbackUrl });

    const web = new Web(estate.url);
    const planted: Planted[] = [];
    planted.push(...(await plantSecrets(estate, model)));
    await askEverything(estate, environment, web, outside, planted);
    await runTheRest(estate, model, logsDir);
    planted.push(...(await plantSigningKeys(estate, model)), ...web.planted);
    const items = Object.entries(await stored(estate)).flatMap(([what, found]): Seen[] => (found as readonly object[]).map((item) => ({ kind: 'item', what, text: JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)) })));
    running = false;
    await estate.close();
    const functions = model.ofType('AWS::Lambda::Function').map(({ ref }) => started().definition(ref));
    const callers = new Set(functions.map(({ accessKeyId }) => accessKeyId));
    const variables = functions.map((fn): Seen => ({ kind: 'variable', what: fn.name, text: JSON.stringify(fn.environment) }));
    const logs = readdirSync(logsDir).map((file): Seen => ({ kind: 'log', what: file.replace(/\.log$/, ''), text: readFileSync(join(logsDir, file), 'utf8') }));
    const bodies = calls.filter(({ accessKeyId }) => callers.has(accessKeyId)).map(({ service, operation, body }): Seen => ({ kind: 'call', what: `${service}.${operation}`, text: body }));
    return { environment, model, calls, planted, seen: [...logs, ...bodies, ...items, ...variables, ...web.seen, ...outside.seen] };
  });
}

/** Bedrock's model: the first who asks slowly waits until its patience ends. */
function converse(): Converse {
  let kept = false;
  return async function* ({ body, streaming, signal }) {
    if (!kept && streaming && JSON.stringify(body).includes(SLOWLY)) {
      kept = true;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return;
    }
    yield* REPLY;
  };
}

const secretsOf = (estate: Estate): SecretsManagerClient => new SecretsManagerClient({ endpoint: estate.awsUrl, region: estate.definition('chat').region, credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } });

/** Gives every vendor credential a value. */
async function plantSecrets(estate: Estate, model: EstateModel): Promise<Planted[]> {
  const client = secretsOf(estate);
  const planted: Planted[] = [];
  for (const secret of model.ofType('AWS::SecretsManager::Secret').filter((one) => one.get('GenerateSecretString') === undefined)) {
    const key = `vendor-key-${randomUUID()}`;
    await client.send(new PutSecretValueCommand({ SecretId: secret.ref, SecretString: JSON.stringify({ key }) }));
    planted.push({ name: `value of ${String(secret.get('Name'))}`, value: key, belongs: /^vendor (orders|model headers)$/ });
  }
  client.destroy();
  return planted;
}

/** The signing keys, before and after a rotation: the rotation alone may write one, and only to its secret. */
async function plantSigningKeys(estate: Estate, model: EstateModel): Promise<Planted[]> {
  const client = secretsOf(estate);
  const planted: Planted[] = [];
  for (const secret of model.ofType('AWS::SecretsManager::Secret').filter((one) => one.get('GenerateSecretString') !== undefined)) {
    for (const VersionStage of ['AWSCURRENT', 'AWSPREVIOUS']) {
      const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secret.ref, VersionStage }));
      planted.push({ name: `signing key (${VersionStage})`, value: (JSON.parse(SecretString) as { key: string }).key, belongs: /^call secretsmanager\.PutSecretValue$/ });
    }
  }
  client.destroy();
  return planted;
}
