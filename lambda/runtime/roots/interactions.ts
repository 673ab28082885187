import type { Variables } from '../environment.ts';
import type { Readiness } from '../pre-traffic.ts';
import { basics } from './basics.ts';

/** Composes the interaction recorder. It depends on nothing but its log: that it starts and reads its settings is what is checked. */
export function interactionsRoot(variables: Variables) {
  const { observe, release } = basics('interactions', variables);
  const readiness: Readiness = { release, check: observe };
  return { observe, readiness };
}
