import { ORDER_NOT_FOUND_RULE, withOrderStatusUntil } from '../tools/with-order-status.ts';
import type { Prepared } from './prepare.ts';
import type { TurnDependencies } from './types.ts';

/**
 * The prepared turn with the status of the order that its message names, where the conversation may read it. After the claim: a turn
 * that is stored may wait for the order system, one that is not stored keeps its time for the store.
 * @param until epoch milliseconds; what was decided stands when the order system has not answered by then
 */
export async function withOrder<T extends Prepared>(deps: Pick<TurnDependencies, 'now' | 'wait' | 'settings'>, prepared: T, until: number): Promise<T> {
  const { orders, humanContact } = deps.settings;
  if (orders === undefined) return prepared;
  const { decided, text, toolbox } = prepared;
  const found = await withOrderStatusUntil(deps, until, { decided, question: { text }, toolbox, settings: orders, humanContact });
  // That there is no such order must be said; a model, which is shown articles, would leave it out.
  return found.rule === ORDER_NOT_FOUND_RULE ? { ...prepared, decided: found, model: undefined } : { ...prepared, decided: found };
}
