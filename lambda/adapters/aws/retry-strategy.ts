import { RETRY } from '../../contracts/budgets.ts';
import { pauseBefore, RetryBudget } from '../../domain/resilience/retry-budget.ts';

/** Permission to try, as the SDK's retry middleware carries it from attempt to attempt. */
export interface RetryToken {
  getRetryCount(): number;
  /** Milliseconds to wait before the attempt. */
  getRetryDelay(): number;
  /** Tokens that the retry cost; undefined for a first attempt. */
  getRetryCost(): number | undefined;
}

/** What the SDK says about a failed attempt. */
export interface RetryErrorInfo {
  readonly errorType: 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';
  readonly retryAfterHint?: Date;
}

/** The SDK's interface of a retry strategy, as far as its clients call it. */
export interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<RetryToken>;
  refreshRetryTokenForRetry(token: RetryToken, error: RetryErrorInfo): Promise<RetryToken>;
  recordSuccess(token: RetryToken): void;
}

/** Options of {@link boundedRetries}. */
export interface BoundedRetriesOptions {
  /** Attempts in all. */
  readonly attempts: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Retries with the SDK's own figures (see `RETRY`), one budget a client, and with pauses that are known beforehand: the SDK's standard
 * mode would wait up to a second after a throttle, and five seconds longer when a service asks for it, which no turn has. A service that
 * wants a longer pause than ours is not asked again.
 */
export function boundedRetries({ attempts, random }: BoundedRetriesOptions): RetryStrategy {
  const budget = new RetryBudget(RETRY);
  return {
    acquireInitialRetryToken: async () => token(0, 0, undefined),
    async refreshRetryTokenForRetry(last, { errorType, retryAfterHint }) {
      const retry = last.getRetryCount();
      const repeatable = errorType === 'THROTTLING' || errorType === 'TRANSIENT';
      const longest = Math.min(RETRY.capMilliseconds, RETRY.baseMilliseconds * 2 ** retry);
      const inTime = retryAfterHint === undefined || retryAfterHint.getTime() - Date.now() <= longest;
      const cost = repeatable && inTime && retry + 1 < attempts ? budget.take(errorType === 'THROTTLING') : undefined;
      if (cost === undefined) throw new Error('No retry is left.');
      const pause = pauseBefore(retry, random, RETRY);
      return token(retry + 1, retryAfterHint === undefined ? pause : longest, cost);
    },
    recordSuccess: (last) => budget.succeeded(last.getRetryCost()),
  };
}

const token = (count: number, delay: number, cost: number | undefined): RetryToken => ({ getRetryCount: () => count, getRetryDelay: () => delay, getRetryCost: () => cost });
