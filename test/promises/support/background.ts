import { sweep } from '../../../lambda/domain/conversation/sweep.ts';
import { finishTurn } from '../../../lambda/domain/turn/finish-turn.ts';
import { disturbed, disturbedSweep, type Fault, type Plan } from '../../support/fakes/disturbed.ts';
import type { fakePublisher } from '../../support/fakes/ports.ts';
import type { World } from '../../support/fakes/turn.ts';
import type { Stream } from './stream.ts';

/** Nothing goes wrong. */
export const HEALTHY: Plan = () => ({});
/** One fault at one awaited call. */
export const planOf = (one: { readonly fault: Fault; readonly call: number } | undefined): Plan => (call) => (call === one?.call ? { fault: one.fault } : {});

/** What is at work behind the clients, and how it fails. */
export interface Background {
  readonly publisher: ReturnType<typeof fakePublisher>;
  readonly stream: Stream;
  readonly workers: Plan[];
  readonly sweeps: Plan[];
  readonly relays: Plan[];
}

/** Workers, relay and sweeps that fail as planned, then healthy ones, until nothing is left to do. */
export async function settle(around: World, { publisher, stream, workers, sweeps, relays }: Background): Promise<void> {
  const deliver = async (plan: Plan): Promise<void> => {
    // Every message twice: queues repeat.
    for (const message of around.queue.sent.splice(0).flatMap((one) => [one, one])) {
      await around.time.run(finishTurn(disturbed(around, plan), message, { deadline: around.time.now() + 50_000, lastAttempt: false }).catch((error: unknown) => (error instanceof Error ? 'failed' : error)));
    }
  };
  for (let healthy = 0; healthy < 4; ) {
    if (workers.length + sweeps.length + relays.length === 0) healthy += 1;
    await deliver(workers.shift() ?? HEALTHY);
    await around.time.run(stream.deliver(relays.shift() ?? HEALTHY));
    await around.time.pass(95_000);
    await around.time.run(sweep(disturbedSweep(around, publisher, sweeps.shift() ?? HEALTHY), around.time.now(), 50).catch((error: unknown) => (error instanceof Error ? 'failed' : error)));
  }
}
