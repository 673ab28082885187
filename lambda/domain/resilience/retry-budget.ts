/** Figures of retries (see `RETRY` in the contracts). */
export interface RetryFigures {
  readonly tokens: number;
  readonly cost: number;
  readonly throttleCost: number;
  readonly refill: number;
  readonly baseMilliseconds: number;
  readonly capMilliseconds: number;
}

/** Bucket of tokens that retries are paid from. Only successes fill it, so that an outage ends the retries, not the calls. */
export class RetryBudget {
  private readonly figures: RetryFigures;
  private tokens: number;

  constructor(figures: RetryFigures) {
    this.figures = figures;
    this.tokens = figures.tokens;
  }

  /** Tokens left. */
  get left(): number {
    return this.tokens;
  }

  /** Pays for one retry; undefined when there is not enough. @returns what it cost, to be given back when the retry succeeds */
  take(throttled: boolean): number | undefined {
    const cost = throttled ? this.figures.throttleCost : this.figures.cost;
    if (this.tokens < cost) return undefined;
    this.tokens -= cost;
    return cost;
  }

  /** A call succeeded: its last retry's cost comes back, or a little when it had none. */
  succeeded(cost = this.figures.refill): void {
    this.tokens = Math.min(this.figures.tokens, this.tokens + cost);
  }
}

/**
 * Pause before a retry: exponential, capped, full jitter.
 * @param retry 0 for the first one
 * @param random in [0, 1)
 * @returns whole milliseconds
 */
export function pauseBefore(retry: number, random: () => number, { baseMilliseconds, capMilliseconds }: Pick<RetryFigures, 'baseMilliseconds' | 'capMilliseconds'>): number {
  return Math.floor(random() * Math.min(capMilliseconds, baseMilliseconds * 2 ** retry));
}
