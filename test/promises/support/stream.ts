import type { EventPublisher } from '../../../lambda/domain/conversation/ports.ts';
import { relay } from '../../../lambda/handlers/outbox-relay/relay.ts';
import { disturbedRelay, type Plan } from '../../support/fakes/disturbed.ts';
import type { World } from '../../support/fakes/turn.ts';

/** Records of a batch, and how often Lambda tries one before it lets it go: what is left then is the sweep's. */
const [BATCH, TRIES] = [4, 2];

/** The table's stream: a shard with the outbox items in the order in which they were stored. */
export interface Stream {
  /** Gives the relay its next batch. One that fails comes again, from the first record that the relay named. @returns how many calls the relay awaited */
  readonly deliver: (plan: Plan) => Promise<number>;
  /** Whether everything stored so far was given to the relay. */
  readonly isRead: () => boolean;
}

/** The stream of a world's store, with the relay at its end. */
export function streamOf(around: World, publisher: EventPublisher): Stream {
  const { events } = around.store;
  let at = 0;
  let tries = 0;
  return {
    isRead: () => at === events.length,
    async deliver(plan) {
      const batch = events.slice(at, at + BATCH);
      const deps = disturbedRelay(around, publisher, plan);
      const Records = batch.map((event, index) => ({ eventName: 'INSERT', dynamodb: { SequenceNumber: String(at + index), NewImage: { conversationId: event.detail.conversationId, event } } }));
      const first = await relay(deps, { Records }).then(({ batchItemFailures }) => Number(batchItemFailures[0]?.itemIdentifier ?? at + batch.length), () => at);
      tries = first === at ? tries + 1 : 0;
      at = tries === TRIES ? at + batch.length : first;
      if (tries === TRIES) tries = 0;
      return deps.calls();
    },
  };
}
