import type { SweepDependencies } from '../../../lambda/domain/conversation/sweep.ts';
import type { EventPublisher, StoredOutboxEvent } from '../../../lambda/domain/conversation/ports.ts';
import { StoreUnavailable } from '../../../lambda/domain/errors.ts';
import { sendMessage } from '../../../lambda/domain/turn/send-message.ts';
import type { IncomingMessage, TurnDependencies, TurnOutput } from '../../../lambda/domain/turn/types.ts';
import type { RelayDependencies } from '../../../lambda/handlers/outbox-relay/relay.ts';
import { messageTo, type World } from './turn.ts';

/** The process is gone: what comes after is never run. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** What goes wrong at a call: the process dies, or the store does not answer; before the call took effect, or after. */
export const FAULTS = ['crash-before', 'crash-after', 'outage-before', 'outage-after'] as const;
/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];
/** What happens at each awaited call, in order; nothing beyond the list. */
export type Plan = (call: number) => { readonly fault?: Fault; readonly delay?: number };

/** Dependencies with delays and faults, and how many calls they have seen. */
export type Disturbed<T = TurnDependencies> = T & { readonly calls: () => number };

/** The calls of one process, each of which may be late or fail; after a crash it makes none. */
function processOf({ time }: World, plan: Plan) {
  let call = 0;
  let dead = false;
  const fail = (fault: Fault): never => {
    dead = fault.startsWith('crash');
    throw dead ? new Crash(fault) : new StoreUnavailable(fault);
  };
  const around = async <T>(run: () => Promise<T>): Promise<T> => {
    if (dead) throw new Crash('already gone');
    const { fault, delay = 0 } = plan(call++);
    if (delay > 0) await time.wait(delay);
    if (fault === 'crash-before' || fault === 'outage-before') fail(fault);
    const result = await run();
    if (fault === 'crash-after' || fault === 'outage-after') fail(fault);
    return result;
  };
  return { around, calls: () => call };
}

/** The same dependencies, with delays and faults at every call that a turn awaits: store, keys, queue. */
export function disturbed(world: World, plan: Plan): Disturbed {
  const { deps } = world;
  const { around, calls } = processOf(world, plan);
  const { store, keys, queue } = deps;
  return {
    ...deps,
    store: {
      ...store,
      load: (...given) => around(() => store.load(...given)),
      claim: (...given) => around(() => store.claim(...given)),
      reclaim: (...given) => around(() => store.reclaim(...given)),
      commit: (...given) => around(() => store.commit(...given)),
      readTurn: (...given) => around(() => store.readTurn(...given)),
    },
    keys: { ...keys, open: (wrapped) => around(() => keys.open(wrapped)) },
    queue: { send: (message) => around(() => queue.send(message)) },
    calls,
  };
}

/** What a sweep needs, with delays and faults at every call that it awaits: store, queue, bus. */
export function disturbedSweep(world: World, publisher: EventPublisher, plan: Plan): Disturbed<SweepDependencies> {
  const { around, calls } = processOf(world, plan);
  const { store, queue, ...rest } = world.deps;
  return {
    ...rest,
    store: {
      ...store,
      due: (...given) => around(() => store.due(...given)),
      head: (...given) => around(() => store.head(...given)),
      readTurn: (...given) => around(() => store.readTurn(...given)),
      reclaim: (...given) => around(() => store.reclaim(...given)),
      commit: (...given) => around(() => store.commit(...given)),
      close: (...given) => around(() => store.close(...given)),
      published: (...given) => around(() => store.published(...given)),
    },
    queue: { send: (message) => around(() => queue.send(message)) },
    publisher: { publish: (events) => around(() => publisher.publish(events)) },
    calls,
  };
}

/** What a relay needs, with delays and faults at every call that it awaits: bus, store. A stream record's image is the item itself. */
export function disturbedRelay(world: World, publisher: EventPublisher, plan: Plan): Disturbed<RelayDependencies> {
  const { around, calls } = processOf(world, plan);
  const nobody = { info: () => {}, warn: () => {}, error: () => {}, metric: () => {} };
  return {
    publisher: { publish: (events) => around(() => publisher.publish(events)) },
    store: { published: (...given) => around(() => world.deps.store.published(...given)) },
    read: (image) => image as StoredOutboxEvent,
    observe: async () => nobody,
    calls,
  };
}

/** Sends, and never throws: a crash is an answer that nobody got. */
export async function sendThrough(around: World, deps: TurnDependencies, text: string, key: string, over: Partial<IncomingMessage> = {}): Promise<TurnOutput[]> {
  const { outputs, finished } = sendMessage(deps, messageTo(around, text, { idempotencyKey: key, ...over }));
  const all: TurnOutput[] = [];
  try {
    for await (const output of outputs) all.push(output);
    await finished;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  return all;
}
