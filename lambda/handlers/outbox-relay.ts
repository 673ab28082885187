import { compose } from '../runtime/compose.ts';
import { withPreTraffic } from '../runtime/pre-traffic.ts';
import { outboxRelayRoot } from '../runtime/roots/outbox-relay.ts';
import { relay, type TableStreamEvent } from './outbox-relay/relay.ts';

const { dependencies, readiness } = compose(outboxRelayRoot);

/** Publishes outbox items to the event bus, then deletes them. */
export const handler = withPreTraffic(readiness, (event: TableStreamEvent) => relay(dependencies, event));
