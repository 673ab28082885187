import type { StaffRole } from '../lambda/contracts/routes.ts';
import { EstateModel } from './assembly/model.ts';
import { readAssembly } from './assembly/read.ts';
import { startLoopback } from './aws/index.ts';
import type { CallRecord, Converse, EventDelivery, Loopback } from './aws/index.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { clientConfig } from './foreign/access.ts';
import type { ForeignEndpoint } from './foreign/access.ts';
import { provision } from './foreign/provision.ts';
import { readApi } from './gateway/definition.ts';
import type { ApiDefinition } from './gateway/definition.ts';
import { Gateway } from './gateway/server.ts';
import { messageOf } from './json.ts';
import { rememberPort, rememberedPort } from './remembered-port.ts';
import { Fleet } from './runtime/fleet.ts';
import type { FunctionDefinition } from './runtime/functions.ts';
import { fileLog } from './runtime/log.ts';
import { queueSender } from './wiring/queue-sender.ts';
import { resourcesOf } from './wiring/resources.ts';
import { rotate, rotationsOf } from './wiring/rotation.ts';
import { ruleInputs } from './wiring/rule-inputs.ts';
import { wire } from './wiring/wire.ts';

/** How to start an environment on this machine. */
export interface EstateOptions {
  /** Cloud assembly: `cdk.out`, or the nested assembly of the stage. */
  readonly assemblyDir: string;
  /** Name of the environment. */
  readonly environment: string;
  /** Port of the API on 127.0.0.1; 0 takes any free one. */
  readonly port: number;
  /** Folder of the state. @default - in memory */
  readonly dataDir?: string | undefined;
  /** Folder of the functions' logs. @default - they are kept nowhere */
  readonly logsDir?: string | undefined;
  /** AWS endpoint to use instead of the loop-back. @default - the loop-back */
  readonly foreign?: ForeignEndpoint | undefined;
  /** Time of throttles, caches, time-outs, schedules and expiry. @default - the machine's */
  readonly clock?: Clock | undefined;
  /** File that `runtime/worker.ts` was bundled to. @default - `worker.mjs` beside this module's bundle */
  readonly workerScript?: URL | undefined;
  /** Most threads of one function. @default - two for each core, but at least 4 and at most 10 */
  readonly maxThreadsPerFunction?: number | undefined;
  /** Told, in one line, what the developer should know. @default - nobody is */
  readonly report?: ((line: string) => void) | undefined;
  /** Told about each call to the loop-back endpoint. @default - nobody is */
  readonly onCall?: ((call: CallRecord) => void) | undefined;
  /** The model behind Bedrock at the loop-back endpoint. @default - none: each call is refused, as without access to a model */
  readonly converse?: Converse | undefined;
}

/** A running environment. */
export interface Estate {
  /** Base URL of the API and the chat page. */
  readonly url: string;
  /** Base URL of the AWS endpoint that the functions call. */
  readonly awsUrl: string;
  /** Base URL of the loop-back endpoint, which issues staff tokens also when another endpoint does the rest. */
  readonly loopbackUrl: string;
  readonly loopback: Loopback;
  readonly api: ApiDefinition;
  /** Settles when the functions behind the API are loaded. */
  readonly warm: Promise<void>;
  /** A token of a member of staff. @param options subject `local-<role>` and eight hours by default @throws Error when the environment has no user pool of its own */
  staffToken(role: StaffRole, options?: { readonly subject?: string; readonly expiresInSeconds?: number }): Promise<string>;
  /** Invokes a function (its name, the last part of its name, an ARN or a logical id) and returns what it answers; JSON parsed, a stream as text. @throws FunctionError, TooManyRequests */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** What a function is, by the same names. @throws Error listing the functions when there is none */
  definition(functionName: string): FunctionDefinition;
  /** Has each secret with a rotation schedule rotated, now. @throws FunctionError */
  rotateSecrets(): Promise<void>;
  /** Ends everything; what is acknowledged is on disk. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const STAFF_SECONDS = 8 * 3600;
/** What the runner itself signs its calls with. */
const OWN_CREDENTIALS = { accessKeyId: 'AKIALOCALRUNNER00000', secretAccessKey: 'local' } as const;

/**
 * Runs a synthesized environment: its REST API, its functions, what wakes them, and the AWS endpoint that they call.
 * @throws Error when the assembly cannot be read or run, the state is in use, or the port is taken (`code` EADDRINUSE)
 */
export async function startEstate(options: EstateOptions): Promise<Estate> {
  const { assemblyDir, environment, dataDir, foreign, clock = systemClock, report = () => undefined } = options;
  const stacks = readAssembly(assemblyDir, environment);
  const { region = 'us-east-1', accountId = '000000000000' } = stacks[0] ?? {};
  const urls = { loopback: '' };
  const model = new EstateModel(stacks, { aws: () => foreign?.url.replace(/\/$/, '') ?? urls.loopback, issuer: () => urls.loopback });
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).toReversed()) await end();
  };
  try {
    const resources = resourcesOf(model);
    const inputOf = ruleInputs(model);
    let onEvent: ((delivery: EventDelivery) => Promise<void>) | undefined;
    const loopback = await startLoopback({
      region, accountId, dataDir,
      port: await rememberedPort(dataDir),
      now: () => clock.now(),
      resources: foreign === undefined ? resources : { userPools: resources.userPools },
      onEvent: (delivery) => onEvent?.(delivery),
      onError: (error) => report(messageOf(error)),
      ...(options.onCall === undefined ? {} : { onCall: options.onCall }),
      ...(options.converse === undefined ? {} : { converse: options.converse }),
    });
    closers.push(() => loopback.close());
    urls.loopback = loopback.url;
    rememberPort(dataDir, loopback.port);
    const endpoint = foreign?.url ?? loopback.url;
    const queues = foreign === undefined ? loopback.queues : await provision(model, resources, foreign, region);
    const log = fileLog({ directory: options.logsDir, report });
    closers.push(() => log.close());
    const fleet = new Fleet({ model, endpoint, clock, log, workerScript: options.workerScript ?? new URL('worker.mjs', import.meta.url), credentials: foreign?.credentials, maxWorkersPerFunction: options.maxThreadsPerFunction });
    closers.push(() => fleet.close());
    const api = readApi(model);
    const gateway = new Gateway({ api, clock, report, invoke: (functionArn, event, sink) => fleet.invoke(functionArn, event, sink) });
    for (const arn of functionsOf(api)) fleet.definition(arn);
    const url = await gateway.listen(HOST, options.port);
    closers.push(() => gateway.close());
    const warm = Promise.all(functionsOf(api).map((arn) => fleet.warm(arn))).then(() => undefined);
    const send = queueSender(clientConfig(endpoint, region, foreign?.credentials ?? OWN_CREDENTIALS), (arn) => queueUrl(model, arn));
    const wiring = wire({ model, fleet, clock, loopback: foreign === undefined ? loopback : undefined, queues, send, report });
    closers.push(() => wiring.stop());
    onEvent = (delivery) => wiring.deliver(delivery.targetArn, inputOf(delivery));
    loopback.resumeEvents();
    const invoke = (functionName: string, event: unknown): Promise<unknown> => invokeWhole(fleet, functionName, event);
    return {
      url, loopback, api, warm, close, invoke,
      awsUrl: endpoint,
      loopbackUrl: loopback.url,
      definition: (functionName) => fleet.definition(functionName),
      staffToken: (role, { subject = `local-${role}`, expiresInSeconds = STAFF_SECONDS } = {}) => {
        const poolId = resources.userPools[0]?.poolId;
        if (poolId === undefined) return Promise.reject(new Error('The environment brings its user pool from elsewhere; take a token from there.'));
        return loopback.mintStaffToken({ poolId, role, subject, expiresInSeconds });
      },
      rotateSecrets: async () => {
        for (const rotation of rotationsOf(model)) await rotate(rotation, loopback, (functionArn, event) => fleet.invoke(functionArn, event));
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Functions behind the API, the busiest first: each is called by a method or an authorizer. */
function functionsOf(api: ApiDefinition): readonly string[] {
  const arns = api.methods.flatMap(({ integration, authorizer }) => [...(integration.type === 'lambda' ? [integration.functionArn] : []), ...(authorizer === undefined ? [] : [authorizer.functionArn])]);
  return [...new Set(arns)];
}

function queueUrl(model: EstateModel, arn: string): string {
  const queue = model.ofType('AWS::SQS::Queue').find((candidate) => candidate.attribute('Arn') === arn);
  if (queue === undefined) throw new Error(`The environment has no queue ${arn}.`);
  return queue.ref;
}

async function invokeWhole(fleet: Fleet, functionName: string, event: unknown): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  const result = await fleet.invoke(functionName, event, { metadata: () => undefined, chunk: (data) => void chunks.push(data), end: () => undefined });
  return result.streamed ? Buffer.concat(chunks).toString('utf8') : (JSON.parse(result.payload) as unknown);
}
