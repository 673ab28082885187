import type { MissingPart } from '../../domain/turn/types.ts';

/** Takes the time from a request's arrival to its first content. */
export class Stopwatch {
  /** Whether the conversation is synthetic: its figures are kept out of the metrics. */
  synthetic = false;
  /** What the answer had to do without. */
  missing: readonly MissingPart[] = [];
  private readonly start: number;
  private readonly now: () => number;
  private first: number | undefined;
  private waiting = false;

  /** @param start when the request arrived, epoch milliseconds */
  constructor(start: number, now: () => number) {
    this.start = start;
    this.now = now;
  }

  /** The turn was claimed. */
  accepted({ synthetic, missing }: { readonly synthetic: boolean; readonly missing: readonly MissingPart[] }): void {
    this.synthetic = synthetic;
    this.missing = missing;
  }

  /** Content, or an interim reply, leaves now. Only the first counts. */
  content(pending: boolean): void {
    if (this.first !== undefined) return;
    this.first = Math.max(0, this.now() - this.start);
    this.waiting = pending;
  }

  /** Milliseconds to the first content; undefined when there was none. */
  get firstContent(): number | undefined {
    return this.first;
  }

  /** Whether the first content was an interim reply. */
  get pending(): boolean {
    return this.waiting;
  }
}
