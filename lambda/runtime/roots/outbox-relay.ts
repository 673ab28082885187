import { readStreamImage } from '../../adapters/dynamodb/stream-image.ts';
import { CHECK_SUBJECT } from '../../contracts/store.ts';
import type { Variables } from '../environment.ts';
import type { Readiness } from '../pre-traffic.ts';
import { basics } from './basics.ts';
import { openPublisher } from './publisher.ts';
import { openStore } from './store.ts';

/**
 * Composes the outbox relay. Its check removes an event that nobody wrote, which changes nothing and proves that the table and its key let it in.
 * That the bus takes events is not checked: there is no harmless event.
 */
export function outboxRelayRoot(variables: Variables) {
  const { observe, release } = basics('outbox-relay', variables);
  const store = openStore(variables, 'background');
  const readiness: Readiness = { release, check: () => Promise.all([store.published(CHECK_SUBJECT, CHECK_SUBJECT), observe()]) };
  return { dependencies: { store, publisher: openPublisher(variables), read: readStreamImage, observe }, readiness };
}
