import { messageOf } from '../json.ts';
import { TooManyRequests } from './errors.ts';
import type { FunctionWorker, InvocationResult, StreamSink } from './function-worker.ts';
import type { InvocationContext } from './protocol.ts';

/** Options of {@link FunctionPool}. */
export interface FunctionPoolOptions {
  readonly functionName: string;
  /** Most threads of this function. */
  readonly maxWorkers: number;
  /** Most invocations, running and waiting; the next one is refused as Lambda refuses it. */
  readonly concurrency: number;
  readonly start: (onExit: (worker: FunctionWorker) => void) => FunctionWorker;
  /** Told when a thread that nobody waits for cannot start. */
  readonly onStartFailure: (message: string) => void;
}

interface Waiting {
  readonly event: string;
  readonly context: () => InvocationContext;
  readonly sink: StreamSink;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

/** The execution environments of one function: grown on demand, kept warm, the warmest used first. */
export class FunctionPool {
  private readonly options: FunctionPoolOptions;
  private readonly workers = new Set<FunctionWorker>();
  private readonly idle: FunctionWorker[] = [];
  private readonly waiting: Waiting[] = [];
  private starting = 0;
  private closed = false;

  constructor(options: FunctionPoolOptions) {
    this.options = options;
  }

  /** Starts one thread ahead of the first invocation. Settles when it is ready or has failed. */
  async warm(): Promise<void> {
    if (this.workers.size === 0 && !this.closed) await this.grow();
  }

  /**
   * Runs one invocation, in a thread that is free, in a new one, or in the first that becomes free.
   * @throws TooManyRequests when the concurrency is used up
   * @throws FunctionError when the function fails
   */
  invoke(event: string, context: () => InvocationContext, sink: StreamSink): Promise<InvocationResult> {
    const { functionName, concurrency, maxWorkers } = this.options;
    const busy = this.workers.size - this.idle.length - this.starting;
    if (busy + this.waiting.length >= concurrency) return Promise.reject(new TooManyRequests(functionName, concurrency));
    return new Promise((resolve, reject) => {
      this.waiting.push({ event, context, sink, resolve, reject });
      if (this.idle.length > 0) this.next();
      else if (this.workers.size < maxWorkers && this.starting < this.waiting.length) void this.grow();
    });
  }

  /** Ends every thread; what runs or waits is rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The estate was stopped.'));
    await Promise.all([...this.workers].map((worker) => worker.close()));
  }

  private async grow(): Promise<void> {
    this.starting += 1;
    const worker = this.options.start((gone) => this.lost(gone));
    this.workers.add(worker);
    try {
      await worker.ready;
      this.idle.push(worker);
    } catch (error) {
      const first = this.waiting.shift();
      if (first !== undefined) first.reject(error);
      else if (!this.closed) this.options.onStartFailure(messageOf(error));
    } finally {
      this.starting -= 1;
    }
    this.next();
  }

  private next(): void {
    while (this.waiting.length > 0) {
      const worker = this.idle.pop();
      if (worker === undefined) break;
      const job = this.waiting.shift();
      if (job === undefined) break;
      void this.run(worker, job);
    }
    // Those that wait for a thread that was lost need another one.
    if (this.waiting.length > 0 && this.workers.size === 0 && this.starting === 0 && !this.closed) void this.grow();
  }

  private async run(worker: FunctionWorker, job: Waiting): Promise<void> {
    try {
      job.resolve(await worker.invoke(job.event, job.context(), job.sink));
    } catch (error) {
      job.reject(error);
    }
    if (this.workers.has(worker)) this.idle.push(worker);
    this.next();
  }

  private lost(worker: FunctionWorker): void {
    this.workers.delete(worker);
    const at = this.idle.indexOf(worker);
    if (at >= 0) this.idle.splice(at, 1);
    this.next();
  }
}
