import type { Clock } from '../clock.ts';
import type { Throttle } from './throttle-definition.ts';

/** Token buckets, one a method. */
export class Throttles {
  private readonly clock: Clock;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes a token of the method. False when there is none: the request is to be refused. */
  allows(method: string, throttle: Throttle): boolean {
    const now = this.clock.now();
    const bucket = this.buckets.get(method) ?? { tokens: throttle.burst, at: now };
    const tokens = Math.min(throttle.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * throttle.rate);
    const allowed = tokens >= 1;
    this.buckets.set(method, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }
}
