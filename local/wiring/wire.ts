import type { EstateModel } from '../assembly/model.ts';
import type { Loopback } from '../aws/index.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../json.ts';
import type { Fleet } from '../runtime/fleet.ts';
import { AsyncInvoker } from './async-invoker.ts';
import { mappingsOf } from './mappings.ts';
import type { QueuePort, QueueSender } from './ports.ts';
import { driveQueue } from './queue-source.ts';
import { rotate, rotationsOf } from './rotation.ts';
import { runSchedules, scheduledTargets } from './schedules.ts';
import { StreamDriver } from './stream-source.ts';

/** Options of {@link wire}. */
export interface WireOptions {
  readonly model: EstateModel;
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** The loop-back endpoint, when the functions use it: only it has streams, expiry and rotation to drive. */
  readonly loopback: Loopback | undefined;
  readonly queues: QueuePort;
  readonly send: QueueSender;
  readonly report: (line: string) => void;
}

/** Everything that wakes functions without a request. */
export interface Wiring {
  /** Takes an event for a function, as an asynchronous invocation. Settles when nothing more will be tried; never, when the estate stops before. */
  readonly deliver: (functionArn: string, event: unknown) => Promise<void>;
  /** Wakes nothing more. */
  stop(): void;
}

/** Milliseconds between two looks for expired items. DynamoDB takes longer; readers must check the expiry anyway. */
const EXPIRY_MILLISECONDS = 60_000;

/** Connects queues, streams, schedules and rotations to their functions. @throws Error for what cannot be connected */
export function wire({ model, fleet, clock, loopback, queues, send, report }: WireOptions): Wiring {
  const invoker = new AsyncInvoker({ model, fleet, clock, send, report });
  const tools = { invoke: (functionArn: string, event: unknown) => fleet.invoke(functionArn, event), clock, report };
  const mappings = mappingsOf(model);
  const targets = scheduledTargets(model);
  const rotations = loopback === undefined ? [] : rotationsOf(model);
  // A function that cannot run is to be known now, not at its first event.
  for (const { functionArn } of [...mappings.queues, ...mappings.streams, ...targets, ...rotations]) fleet.definition(functionArn);

  const stops = mappings.queues.map((mapping) => driveQueue(mapping, queues, tools));
  if (loopback !== undefined) {
    for (const mapping of mappings.streams) {
      const driver = new StreamDriver(mapping, tools, send);
      const unsubscribe = loopback.subscribeStream({ tableName: mapping.tableName, consumer: mapping.name, from: mapping.from, batchSize: mapping.batchSize, onRecords: (records) => driver.deliver(records) });
      stops.push(unsubscribe, () => driver.stop());
    }
    stops.push(runSchedules([{ name: 'expiry', functionArn: '', event: () => undefined, next: (after) => after + EXPIRY_MILLISECONDS }], clock, () => void loopback.sweepExpired()));
    const rotating = rotations.map(({ name, functionArn, next, secretArn }) => ({ name, functionArn, next, event: () => secretArn }));
    stops.push(runSchedules(rotating, clock, ({ functionArn, event }, at) => {
      rotate({ functionArn, secretArn: String(event(at)) }, loopback, tools.invoke).catch((error: unknown) => report(`A rotation failed: ${messageOf(error)}`));
    }));
  }
  stops.push(runSchedules(targets, clock, ({ functionArn, event }, at) => void invoker.invoke(functionArn, event(at))));
  return {
    deliver: (functionArn, event) => invoker.finish(functionArn, event),
    stop: () => {
      for (const stop of stops) stop();
      invoker.stop();
    },
  };
}
