import type { ReceivedMessage } from '../aws/index.ts';
import type { Clock } from '../clock.ts';
import { isObject, messageOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { InvocationResult } from '../runtime/function-worker.ts';
import { reportedFailures } from './filter.ts';
import type { QueuePort } from './ports.ts';

/** An event source mapping from a queue to a function. */
export interface QueueMapping {
  readonly queueName: string;
  readonly functionArn: string;
  /** 1-10000; a poll takes at most ten. */
  readonly batchSize: number;
  /** Batches at once, 1-1000. */
  readonly maximumConcurrency: number;
  readonly reportsItemFailures: boolean;
  readonly filter: (event: JsonObject) => boolean;
}

/** What a mapping needs to run. */
export interface SourceTools {
  readonly invoke: (functionArn: string, event: unknown) => Promise<InvocationResult>;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

/** Milliseconds between two looks for messages whose visibility timeout has passed. */
const POLL_MILLISECONDS = 1_000;

/**
 * Drives a queue's function: messages of a batch that succeeded are deleted; the others come again when their
 * visibility timeout has passed, until the queue's redrive policy takes them away.
 * @returns the way to stop
 */
export function driveQueue(mapping: QueueMapping, queues: QueuePort, tools: SourceTools): () => void {
  const { queueName, maximumConcurrency } = mapping;
  const state = { stopped: false, changed: false };
  let running = 0;
  let polling = false;
  let failed = false;
  let cancel: () => void = () => undefined;

  const receive = async (): Promise<readonly ReceivedMessage[]> => {
    try {
      const messages = await queues.receive(queueName, Math.min(10, mapping.batchSize));
      failed = false;
      return messages;
    } catch (error) {
      // A queue that cannot be read is worth one line, not one a second.
      if (!failed && !state.stopped) tools.report(`The queue ${queueName} cannot be read: ${messageOf(error)}`);
      failed = true;
      return [];
    }
  };
  const handle = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    try {
      const done = await processed(mapping, messages, tools);
      if (done.length > 0) await queues.delete(queueName, done.map(({ receiptHandle }) => receiptHandle));
    } catch (error) {
      if (!state.stopped) tools.report(`Messages of ${queueName} could not be deleted and will come again: ${messageOf(error)}`);
    } finally {
      running -= 1;
      void pump();
    }
  };
  const pump = async (): Promise<void> => {
    // What comes while a poll is under way may have come too late for it.
    state.changed = true;
    if (polling) return;
    polling = true;
    while (!state.stopped && state.changed && running < maximumConcurrency) {
      state.changed = false;
      const messages = await receive();
      if (messages.length === 0) continue;
      state.changed = true;
      running += 1;
      void handle(messages);
    }
    polling = false;
  };
  const tick = (): void => {
    void pump();
    cancel = tools.clock.after(POLL_MILLISECONDS, tick);
  };
  const unlisten = queues.onChange(queueName, () => void pump());
  tick();
  return () => {
    state.stopped = true;
    cancel();
    unlisten();
  };
}

/** The messages to delete: those that succeeded, and those that the filter leaves out. */
async function processed(mapping: QueueMapping, messages: readonly ReceivedMessage[], tools: SourceTools): Promise<readonly ReceivedMessage[]> {
  const wanted = messages.filter((message) => mapping.filter({ ...message, body: jsonOr(message.body) }));
  const unwanted = messages.filter((message) => !wanted.includes(message));
  if (wanted.length === 0) return unwanted;
  try {
    const { payload } = await tools.invoke(mapping.functionArn, { Records: wanted });
    if (!mapping.reportsItemFailures) return messages;
    const failures = reportedFailures(payload, wanted.map(({ messageId }) => messageId));
    return failures === undefined ? unwanted : [...unwanted, ...wanted.filter((_, index) => !failures.includes(index))];
  } catch {
    // The fleet has reported it; the messages come again.
    return unwanted;
  }
}

/** A filter looks into the body when it is a JSON object. */
function jsonOr(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : body;
  } catch {
    return body;
  }
}
