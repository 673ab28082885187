import { compose } from '../runtime/compose.ts';
import { withPreTraffic } from '../runtime/pre-traffic.ts';
import { interactionsRoot } from '../runtime/roots/interactions.ts';
import { recordEvent, type BusEvent } from './interactions/record.ts';

const { dependencies, readiness } = compose(interactionsRoot);

/** One structured log line and the metrics of each product event. */
export const handler = withPreTraffic(readiness, (event: BusEvent) => recordEvent(dependencies, event));
