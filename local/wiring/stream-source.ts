import type { StreamRecord } from '../aws/index.ts';
import { messageOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { reportedFailures } from './filter.ts';
import type { QueueSender } from './ports.ts';
import type { SourceTools } from './queue-source.ts';

/** An event source mapping from a table's stream to a function. */
export interface StreamMapping {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly reportsItemFailures: boolean;
  /** A failed batch is tried again in two halves. */
  readonly bisects: boolean;
  /** Attempts after the first; -1 has no end. */
  readonly maximumRetries: number;
  /** ARN of the queue that is told about records given up. @default - nobody is */
  readonly onFailure: string | undefined;
  readonly filter: (event: JsonObject) => boolean;
}

/** First and longest wait between two attempts, in milliseconds. */
const BACKOFF = { first: 500, longest: 30_000 } as const;

/** Hands the records of a stream to its function, in order, as an event source mapping of Lambda does. */
export class StreamDriver {
  private readonly mapping: StreamMapping;
  private readonly tools: SourceTools;
  private readonly send: QueueSender;
  private stopped = false;
  private wake: () => void = () => undefined;

  constructor(mapping: StreamMapping, tools: SourceTools, send: QueueSender) {
    this.mapping = mapping;
    this.tools = tools;
    this.send = send;
  }

  /** Ends what waits for its next attempt. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** Settles when every record is processed or given up: only then may the checkpoint move. @throws Error when it is stopped before */
  async deliver(records: readonly StreamRecord[]): Promise<void> {
    const wanted = records.filter((record) => this.mapping.filter({ ...record }));
    if (wanted.length > 0) await this.process(wanted, 0);
  }

  private async process(records: readonly StreamRecord[], failures: number): Promise<void> {
    const failure = await this.attempt(records);
    if (failure === undefined) return;
    const rest = records.slice(failure.at);
    if (this.mapping.maximumRetries >= 0 && failures >= this.mapping.maximumRetries) {
      // With halves, one bad record does not take its neighbours along.
      if (this.mapping.bisects && rest.length > 1) await this.halve(rest, failures);
      else await this.giveUp(rest, failure.reason, failures + 1);
      return;
    }
    await this.wait(Math.min(BACKOFF.longest, BACKOFF.first * 2 ** failures));
    if (this.mapping.bisects && rest.length > 1) await this.halve(rest, failures + 1);
    else await this.process(rest, failures + 1);
  }

  private async halve(records: readonly StreamRecord[], failures: number): Promise<void> {
    const middle = Math.ceil(records.length / 2);
    await this.process(records.slice(0, middle), failures);
    await this.process(records.slice(middle), failures);
  }

  /** Undefined when all went well; else the index from which on records are to be tried again. */
  private async attempt(records: readonly StreamRecord[]): Promise<{ readonly at: number; readonly reason: string } | undefined> {
    if (this.stopped) throw new Error('The estate was stopped.');
    try {
      const { payload } = await this.tools.invoke(this.mapping.functionArn, { Records: records });
      if (!this.mapping.reportsItemFailures) return undefined;
      const failed = reportedFailures(payload, records.map(({ dynamodb }) => dynamodb.SequenceNumber));
      if (failed === undefined) return { at: 0, reason: 'the function reported an unknown item' };
      return failed.length === 0 ? undefined : { at: Math.min(...failed), reason: 'the function reported item failures' };
    } catch (error) {
      return { at: 0, reason: messageOf(error) };
    }
  }

  private async giveUp(records: readonly StreamRecord[], reason: string, attempts: number): Promise<void> {
    const { onFailure, functionArn, streamArn } = this.mapping;
    this.tools.report(`${records.length} stream record(s) for ${functionArn} were given up after ${attempts} attempts: ${reason}`);
    if (onFailure === undefined) return;
    const note = {
      requestContext: { functionArn, condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts },
      responseContext: { statusCode: 200, executedVersion: '1', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(this.tools.clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000001',
        startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
        batchSize: records.length,
        streamArn,
      },
    };
    await this.send(onFailure, JSON.stringify(note), {});
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.tools.clock.after(milliseconds, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
