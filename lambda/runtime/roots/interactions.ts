import { recentEvents } from '../../domain/interactions/recent-events.ts';
import type { Variables } from '../environment.ts';
import type { Readiness } from '../pre-traffic.ts';
import { basics } from './basics.ts';

/** Events that are remembered to tell repeats: about 1 MB of ids, an hour of a busy bot. */
const RECENT_EVENTS = 10_000;

/** Composes the interaction recorder. It depends on nothing but its log: that it starts and reads its settings is what is checked. */
export function interactionsRoot(variables: Variables) {
  const { observe, release } = basics('interactions', variables);
  const readiness: Readiness = { release, check: observe };
  return { dependencies: { observe, recent: recentEvents(RECENT_EVENTS) }, readiness };
}
