import { METRICS } from '../../contracts/metrics.ts';
import { sweep, type SweepDependencies, type SweepReport } from '../../domain/conversation/sweep.ts';
import { deadlineOf } from '../../runtime/deadline.ts';
import type { FunctionContext } from '../../runtime/http/event.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What the sweep's function needs. */
export interface SweepFunctionDependencies extends SweepDependencies {
  readonly observe: LazyObserver;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a run did: sums over its passes, and the number of items that cannot be read. */
export type SweepTotals = Omit<SweepReport, 'errors' | 'unreadable'> & { readonly unreadable: number };

/** Conversations, and events, looked at in one pass: small enough that a pass fits what is left of the function's time. */
const PASS = 100;
/** Milliseconds that a pass may need. */
const PASS_MILLISECONDS = 15_000;

/**
 * Sweeps in passes until nothing is due or time runs short; the next run goes on. Fails when items failed, after having
 * swept all others, so that the function's error metric shows it.
 */
export async function runSweep(deps: SweepFunctionDependencies, context: FunctionContext): Promise<SweepTotals> {
  const deadline = deadlineOf(context, deps.now());
  const observer = await deps.observe();
  const total = { due: 0, closed: 0, requeued: 0, failed: 0, republished: 0, unswept: 0, unreadable: 0 };
  const errors: unknown[] = [];
  let unreadable: readonly Error[] = [];
  for (let more = true; more; ) {
    const report = await sweep(deps, deps.now(), PASS);
    for (const name of ['due', 'closed', 'requeued', 'failed', 'republished', 'unswept'] as const) total[name] += report[name];
    errors.push(...report.errors);
    // Every pass meets the same ones: they are counted once, and end nothing.
    unreadable = report.unreadable;
    // A pass in which items failed would meet the same ones again.
    more = report.due >= PASS && report.errors.length === 0 && deps.now() + PASS_MILLISECONDS < deadline;
  }
  total.unreadable = unreadable.length;
  observer.metric({ name: METRICS.redeliveries, unit: 'Count', value: total.republished });
  observer.info('sweep', { operation: 'sweep', record: total });
  for (const error of [...errors, ...unreadable]) observer.error('An item could not be swept', error, { operation: 'sweep' });
  const unswept = total.unswept + total.unreadable;
  if (unswept > 0) throw new Error(`${unswept} of ${total.due + total.unreadable} items could not be swept; the log names each error.`);
  return total;
}
