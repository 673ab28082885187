import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { EstateModel, Resource } from '../assembly/model.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../json.ts';
import { environmentOf } from './environment.ts';
import { FunctionError } from './errors.ts';
import { FunctionWorker } from './function-worker.ts';
import type { InvocationResult, StreamSink } from './function-worker.ts';
import { readFunction } from './functions.ts';
import type { FunctionDefinition } from './functions.ts';
import type { LogSink } from './log.ts';
import { FunctionPool } from './pool.ts';
import type { InvocationContext } from './protocol.ts';

/** Options of {@link Fleet}. */
export interface FleetOptions {
  readonly model: EstateModel;
  /** AWS endpoint that the functions call. */
  readonly endpoint: string;
  /** File that `worker.ts` was bundled to. */
  readonly workerScript: URL;
  readonly clock: Clock;
  readonly log: LogSink;
  /** Credentials for the functions. @default - the access key id of each function, which only the loop-back endpoint takes */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined } | undefined;
  /** Most threads of one function. @default - two for each core, but at least 4 and at most 10: more of them slow each other down */
  readonly maxWorkersPerFunction?: number | undefined;
}

/** Invocations at once that an account has when nothing is reserved (default quota of Lambda). */
const ACCOUNT_CONCURRENCY = 1000;
/** Threads beyond two a core made a burst of 100 users on two cores three times slower than four did. */
const DEFAULT_THREADS = Math.min(10, Math.max(4, 2 * availableParallelism()));
/** Largest buffered response that Lambda hands over, in bytes. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

interface Entry {
  readonly definition: FunctionDefinition;
  readonly pool: FunctionPool;
}

/** Every Lambda function of the environment. */
export class Fleet {
  private readonly options: FleetOptions;
  private readonly resources: readonly Resource[];
  private readonly entries = new Map<Resource, Entry>();

  constructor(options: FleetOptions) {
    this.options = options;
    this.resources = options.model.ofType('AWS::Lambda::Function');
  }

  /**
   * The function that a name, an ARN (of a version or an alias too), a logical id or the last part of a name means.
   * @throws Error listing the functions when there is none, or when it cannot run here
   */
  definition(name: string): FunctionDefinition {
    return this.entry(name).definition;
  }

  /** Starts one thread of the function, so that its first invocation is fast. Failures are reported, not thrown. */
  async warm(name: string): Promise<void> {
    await this.entry(name).pool.warm();
  }

  /**
   * Invokes a function.
   * @param name name, ARN (of a version or an alias too) or logical id
   * @param sink takes the content of a streaming function. @default - it is dropped
   * @throws FunctionError, TooManyRequests
   */
  async invoke(name: string, event: unknown, sink: StreamSink = DROP): Promise<InvocationResult> {
    const { definition, pool } = this.entry(name);
    const { log } = this.options;
    const requestId = randomUUID();
    let started = performance.now();
    try {
      const result = await pool.invoke(JSON.stringify(event ?? null), () => {
        started = performance.now();
        return contextOf(definition, name, requestId);
      }, sink);
      if (Buffer.byteLength(result.payload) > MAX_RESPONSE_BYTES) {
        throw new FunctionError({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).` });
      }
      return result;
    } catch (error) {
      log.line(definition.name, JSON.stringify({ requestId, failed: messageOf(error), ...(error instanceof FunctionError ? { trace: error.payload.trace } : {}) }));
      log.problem(definition.name, messageOf(error));
      throw error;
    } finally {
      log.line(definition.name, `REPORT RequestId: ${requestId}\tDuration: ${(performance.now() - started).toFixed(2)} ms\tMemory Size: ${definition.memoryMegabytes} MB`);
    }
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.values()].map(({ pool }) => pool.close()));
  }

  private entry(name: string): Entry {
    const resource = this.find(name);
    const known = this.entries.get(resource);
    if (known !== undefined) return known;
    const definition = readFunction(this.options.model, resource);
    const entry = { definition, pool: this.pool(definition) };
    this.entries.set(resource, entry);
    return entry;
  }

  private find(name: string): Resource {
    const plain = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(name)?.[1] ?? name;
    const found = this.resources.find((resource) => resource.ref === plain)
      ?? this.resources.find(({ logicalId }) => logicalId === plain)
      ?? this.resources.find((resource) => resource.ref.endsWith(`-${plain}`));
    if (found === undefined) throw new Error(`The environment has no function '${name}'. It has ${this.resources.map(({ ref }) => ref).join(', ')}.`);
    return found;
  }

  private pool(definition: FunctionDefinition): FunctionPool {
    const { endpoint, workerScript, clock, log, credentials, maxWorkersPerFunction = DEFAULT_THREADS } = this.options;
    const concurrency = definition.reservedConcurrency ?? ACCOUNT_CONCURRENCY;
    const environment = {
      ...environmentOf(definition, endpoint, LOG_STREAM),
      ...(credentials === undefined ? {} : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }),
      ...(credentials?.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    };
    return new FunctionPool({
      functionName: definition.name,
      maxWorkers: Math.min(concurrency, maxWorkersPerFunction),
      concurrency,
      start: (onExit) => new FunctionWorker({ definition, environment, script: workerScript, clock, onLine: (text) => log.line(definition.name, text), onExit }),
      onStartFailure: (message) => log.problem(definition.name, message),
    });
  }
}

const LOG_STREAM = 'local';
const DROP: StreamSink = { metadata: () => undefined, chunk: () => undefined, end: () => undefined };

const contextOf = (definition: FunctionDefinition, invoked: string, requestId: string): InvocationContext => ({
  awsRequestId: requestId,
  functionName: definition.name,
  functionVersion: definition.version,
  invokedFunctionArn: invoked.startsWith('arn:') ? invoked : definition.arn,
  memoryLimitInMB: String(definition.memoryMegabytes),
  logGroupName: definition.logGroup,
  logStreamName: LOG_STREAM,
  timeoutMilliseconds: definition.timeoutSeconds * 1000,
});
