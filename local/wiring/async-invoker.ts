import type { EstateModel, Resource } from '../assembly/model.ts';
import type { Clock } from '../clock.ts';
import { messageOf, numberOf, objectOf, textOf } from '../json.ts';
import { FunctionError, TooManyRequests } from '../runtime/errors.ts';
import type { Fleet } from '../runtime/fleet.ts';
import type { QueueSender } from './ports.ts';

/** Attempts after the first one that fails (Lambda's default). */
const DEFAULT_RETRIES = 2;
/** Waits before the second and the third attempt, in milliseconds (Lambda's own). */
const RETRY_MILLISECONDS = [60_000, 120_000] as const;
/** First and longest wait of an event that was throttled, in milliseconds, and how long it is kept (Lambda's own). */
const THROTTLED = { first: 1_000, longest: 300_000, age: 6 * 3_600_000 } as const;

/** Options of {@link AsyncInvoker}. */
export interface AsyncInvokerOptions {
  readonly model: EstateModel;
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly send: QueueSender;
  readonly report: (line: string) => void;
}

/**
 * Asynchronous invocations: the event is taken at once, retried as Lambda does, and ends in the function's dead-letter
 * queue. Events that wait for a retry are dropped when the estate stops.
 */
export class AsyncInvoker {
  private readonly options: AsyncInvokerOptions;
  private readonly cancels = new Set<() => void>();
  private stopped = false;

  constructor(options: AsyncInvokerOptions) {
    this.options = options;
  }

  /** Takes an event for a function. Never rejects; settles after the first attempt. */
  async invoke(functionArn: string, event: unknown): Promise<void> {
    await this.attempt({ functionArn, event, since: this.options.clock.now(), failures: 0, throttles: 0, done: () => undefined });
  }

  /** The same, but settles when nothing more will be tried; never, when the estate stops before. */
  finish(functionArn: string, event: unknown): Promise<void> {
    return new Promise((resolve) => {
      void this.attempt({ functionArn, event, since: this.options.clock.now(), failures: 0, throttles: 0, done: resolve });
    });
  }

  /** Drops what waits. */
  stop(): void {
    this.stopped = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
  }

  private async attempt(job: Job): Promise<void> {
    try {
      await this.options.fleet.invoke(job.functionArn, job.event);
      job.done();
    } catch (error) {
      if (this.stopped) return;
      const next = this.afterFailure(job, error);
      if (next !== undefined) this.later(next.wait, () => void this.attempt(next.job));
      else {
        await this.giveUp(job, error);
        job.done();
      }
    }
  }

  private afterFailure(job: Job, error: unknown): { readonly job: Job; readonly wait: number } | undefined {
    if (error instanceof TooManyRequests) {
      const wait = Math.min(THROTTLED.longest, THROTTLED.first * 2 ** job.throttles);
      return this.options.clock.now() + wait - job.since > THROTTLED.age ? undefined : { job: { ...job, throttles: job.throttles + 1 }, wait };
    }
    if (!(error instanceof FunctionError) || job.failures >= this.retries(job.functionArn)) return undefined;
    return { job: { ...job, failures: job.failures + 1 }, wait: RETRY_MILLISECONDS[Math.min(job.failures, 1)] ?? 0 };
  }

  private later(milliseconds: number, task: () => void): void {
    const cancel = this.options.clock.after(milliseconds, () => {
      this.cancels.delete(cancel);
      task();
    });
    this.cancels.add(cancel);
  }

  private async giveUp({ functionArn, event }: Job, error: unknown): Promise<void> {
    const { report, send } = this.options;
    try {
      const queueArn = this.deadLetters(functionArn);
      if (queueArn === undefined) report(`An event for ${functionArn} was dropped after its last attempt: ${messageOf(error)}`);
      else await send(queueArn, JSON.stringify(event), { ErrorMessage: messageOf(error) });
    } catch (failure) {
      report(`An event for ${functionArn} was dropped: ${messageOf(failure)}`);
    }
  }

  private config(functionArn: string): Resource | undefined {
    const { name } = this.options.fleet.definition(functionArn);
    return this.options.model.ofType('AWS::Lambda::EventInvokeConfig').find((config) => config.get('FunctionName') === name);
  }

  private retries(functionArn: string): number {
    return numberOf(this.config(functionArn)?.get('MaximumRetryAttempts')) ?? DEFAULT_RETRIES;
  }

  private deadLetters(functionArn: string): string | undefined {
    const { name } = this.options.fleet.definition(functionArn);
    const destination = textOf(objectOf(objectOf(this.config(functionArn)?.get('DestinationConfig'))['OnFailure'])['Destination']);
    const resource = this.options.model.byRef('AWS::Lambda::Function', name);
    return destination ?? textOf(objectOf(resource?.get('DeadLetterConfig'))['TargetArn']);
  }
}

interface Job {
  readonly functionArn: string;
  readonly event: unknown;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly failures: number;
  readonly throttles: number;
  /** Called when nothing more will be tried. */
  readonly done: () => void;
}
