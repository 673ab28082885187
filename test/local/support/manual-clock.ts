import type { Clock } from '../../../local/clock.ts';

/** A clock that stands still until a test turns it. */
export class ManualClock implements Clock {
  private time: number;
  private readonly timers = new Set<{ readonly at: number; readonly task: () => void }>();

  constructor(start = Date.UTC(2026, 0, 5, 10, 0, 0)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(milliseconds: number, task: () => void): () => void {
    const timer = { at: this.time + milliseconds, task };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.timers.size;
  }

  /** Moves the time on, and runs what falls due, in order. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at);
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = next.at;
      next.task();
    }
    this.time = end;
  }
}
