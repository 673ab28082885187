import type { BreakerBudget } from '../../contracts/budgets.ts';

/** `closed`: calls pass. `open`: none does. `half-open`: one probe does, and decides. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Leave to make one call; its outcome is told once, and counts only if the breaker has not changed its state since. */
export interface Permit {
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** The call says nothing about the dependency (it was called off). A probe that is told so is followed by another. */
  readonly unknown: () => void;
}

/** Parts that the window is counted in: the outcome of a call is forgotten at most a tenth of the window early. */
const BUCKETS = 10;

interface Bucket {
  readonly slot: number;
  calls: number;
  failures: number;
}

/**
 * Circuit breaker over the share of failures in a rolling window. Its state lives in memory: in AWS Lambda that is one execution
 * environment, which serves one request at a time and keeps the state over its warm requests; another environment learns for itself.
 */
export class CircuitBreaker {
  private readonly budget: BreakerBudget;
  private readonly now: () => number;
  private current: BreakerState = 'closed';
  private openedAt = 0;
  private probing = false;
  /** Changes with the state: what was called before does not count after. */
  private generation = 0;
  private buckets: Bucket[] = [];

  /** @param now epoch milliseconds; a clock that is set back ends the open time */
  constructor(budget: BreakerBudget, now: () => number) {
    this.budget = budget;
    this.now = now;
  }

  /** State at this moment. */
  get state(): BreakerState {
    if (this.current === 'open' && this.rested()) return 'half-open';
    return this.current;
  }

  /** Leave for one call; undefined when none may be made. */
  acquire(): Permit | undefined {
    if (this.current === 'open') {
      if (!this.rested()) return undefined;
      this.enter('half-open');
    }
    if (this.current === 'half-open') {
      if (this.probing) return undefined;
      this.probing = true;
    }
    return this.permit(this.generation);
  }

  private permit(generation: number): Permit {
    let told = false;
    const once = (tell: () => void) => (): void => {
      if (told || generation !== this.generation) return;
      told = true;
      tell();
    };
    return {
      succeeded: once(() => (this.current === 'half-open' ? this.enter('closed') : this.count(false))),
      failed: once(() => {
        if (this.current === 'half-open' || this.count(true)) this.enter('open');
      }),
      unknown: once(() => {
        this.probing = false;
      }),
    };
  }

  /** Counts an outcome; returns whether the failures are too many. */
  private count(failed: boolean): boolean {
    const { windowMilliseconds, minimumCalls, failureShare } = this.budget;
    const slot = Math.floor((this.now() * BUCKETS) / windowMilliseconds);
    this.buckets = this.buckets.filter((bucket) => bucket.slot > slot - BUCKETS && bucket.slot <= slot);
    let bucket = this.buckets.at(-1);
    if (bucket?.slot !== slot) this.buckets.push((bucket = { slot, calls: 0, failures: 0 }));
    bucket.calls += 1;
    if (failed) bucket.failures += 1;
    const calls = this.buckets.reduce((sum, one) => sum + one.calls, 0);
    const failures = this.buckets.reduce((sum, one) => sum + one.failures, 0);
    return failed && calls >= minimumCalls && failures >= failureShare * calls;
  }

  private enter(state: BreakerState): void {
    this.current = state;
    this.generation += 1;
    this.probing = false;
    this.buckets = [];
    if (state === 'open') this.openedAt = this.now();
  }

  private rested(): boolean {
    const rest = this.now() - this.openedAt;
    return rest < 0 || rest >= this.budget.openMilliseconds;
  }
}
