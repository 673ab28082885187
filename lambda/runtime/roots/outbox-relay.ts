import { readStreamImage } from '../../adapters/dynamodb/stream-image.ts';
import type { Variables } from '../environment.ts';
import type { Readiness } from '../pre-traffic.ts';
import { basics } from './basics.ts';
import { openPublisher } from './publisher.ts';
import { openStore } from './store.ts';

/** Composes the outbox relay. It may publish and delete only, neither of which a check may do: that it starts is what is checked. */
export function outboxRelayRoot(variables: Variables) {
  const { observe, release } = basics('outbox-relay', variables);
  const readiness: Readiness = { release, check: observe };
  return { dependencies: { store: openStore(variables, 'background'), publisher: openPublisher(variables), read: readStreamImage, observe }, readiness };
}
