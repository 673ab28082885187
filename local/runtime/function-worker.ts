import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { FunctionError } from './errors.ts';
import type { FunctionDefinition } from './functions.ts';
import { eachLine } from './log.ts';
import type { FromWorker, InvocationContext, StreamMetadata, ToWorker, WorkerStart } from './protocol.ts';

/** Takes what a streaming function writes. */
export interface StreamSink {
  /** Status and headers, before the first chunk; never called when the function sends none. */
  metadata(metadata: StreamMetadata): void;
  /** A part of the content. The function's next writes wait for the promise. Must not reject. */
  chunk(data: Uint8Array): Promise<void> | void;
  /** The content is whole; the function may still run. */
  end(): void;
}

/** What an invocation gives back. */
export interface InvocationResult {
  readonly requestId: string;
  /** JSON that the handler returned; empty when it streamed. */
  readonly payload: string;
  readonly streamed: boolean;
}

/** Options of {@link FunctionWorker}. */
export interface FunctionWorkerOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Record<string, string>;
  /** File that `worker.ts` was bundled to. */
  readonly script: URL;
  readonly clock: Clock;
  readonly onLine: (text: string) => void;
  /** The worker is gone: it failed, ended itself, or was killed by a time-out. */
  readonly onExit: (worker: FunctionWorker) => void;
}

interface Running {
  readonly context: InvocationContext;
  readonly sink: StreamSink;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: Error) => void;
  cancelTimeout: () => void;
}

/** Time that Lambda gives a function to load, in milliseconds. */
const INIT_MILLISECONDS = 10_000;

/** One execution environment: a thread that runs one invocation at a time. */
export class FunctionWorker {
  /** Settles when the bundle is loaded. @throws FunctionError when it cannot be */
  readonly ready: Promise<void>;
  private readonly options: FunctionWorkerOptions;
  private readonly thread: Worker;
  private running: Running | undefined;
  private failInit: ((error: Error) => void) | undefined;
  private gone = false;
  private reason: FunctionError | undefined;

  constructor(options: FunctionWorkerOptions) {
    this.options = options;
    const { definition, clock } = options;
    const start: WorkerStart = { taskRoot: definition.taskRoot, handler: definition.handler };
    this.thread = new Worker(options.script, {
      workerData: start,
      env: options.environment,
      name: definition.name,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: definition.memoryMegabytes },
    });
    eachLine(this.thread.stdout, options.onLine);
    eachLine(this.thread.stderr, options.onLine);
    const cancel = clock.after(INIT_MILLISECONDS, () => this.kill(error('Sandbox.Timedout', `The bundle did not load within ${INIT_MILLISECONDS / 1000} seconds.`)));
    this.ready = new Promise<void>((resolve, reject) => {
      this.failInit = reject;
      this.thread.on('message', (message: FromWorker) => {
        if (message.type === 'ready') {
          cancel();
          resolve();
        } else this.take(message);
      });
    }).finally(cancel);
    // Nobody may be waiting yet; whoever waits later still sees the failure.
    this.ready.catch(() => undefined);
    this.thread.on('error', (cause) => {
      this.reason ??= error((cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'Runtime.OutOfMemory' : cause.name, cause.message, cause.stack);
    });
    this.thread.on('exit', (code) => this.exited(code));
  }

  /** Runs one invocation; the worker must be ready and idle. @throws FunctionError when the function fails or runs out of time */
  invoke(event: string, context: InvocationContext, sink: StreamSink): Promise<InvocationResult> {
    return new Promise((resolve, reject) => {
      const { definition, clock } = this.options;
      const cancelTimeout = clock.after(context.timeoutMilliseconds, () => {
        this.kill(error('Sandbox.Timedout', `Task timed out after ${definition.timeoutSeconds} seconds`));
      });
      this.running = { context, sink, resolve, reject, cancelTimeout };
      this.post({ type: 'invoke', event, context });
    });
  }

  /** Ends the thread; what runs is rejected. */
  async close(): Promise<void> {
    this.reason ??= error('Runtime.ExitError', 'The estate was stopped.');
    await this.thread.terminate();
  }

  private post(message: ToWorker): void {
    if (!this.gone) this.thread.postMessage(message);
  }

  private take(message: Exclude<FromWorker, { type: 'ready' }>): void {
    const running = this.running;
    if (running === undefined) return;
    switch (message.type) {
      case 'metadata':
        running.sink.metadata(message.metadata);
        break;
      case 'chunk':
        void this.deliver(running, message.data);
        break;
      case 'ended':
        running.sink.end();
        break;
      case 'done':
        this.settle(running);
        running.resolve({ requestId: running.context.awsRequestId, payload: message.payload, streamed: message.streamed });
        break;
      case 'failed':
        this.settle(running);
        running.reject(new FunctionError(message.error));
        break;
    }
  }

  private async deliver(running: Running, data: Uint8Array): Promise<void> {
    await running.sink.chunk(data);
    if (this.running === running) this.post({ type: 'taken', bytes: data.byteLength });
  }

  private settle(running: Running): void {
    running.cancelTimeout();
    this.running = undefined;
  }

  private kill(reason: FunctionError): void {
    this.reason ??= reason;
    void this.thread.terminate();
  }

  private exited(code: number): void {
    this.gone = true;
    const reason = this.reason ?? error('Runtime.ExitError', `Runtime exited with code ${code}.`);
    this.failInit?.(reason);
    const running = this.running;
    if (running !== undefined) {
      this.settle(running);
      running.reject(reason);
    }
    this.options.onExit(this);
  }
}

const error = (errorType: string, errorMessage: string, stack?: string): FunctionError =>
  new FunctionError({ errorType, errorMessage, ...(stack === undefined ? {} : { trace: stack.split('\n') }) });
