import type { Item } from './attribute.ts';

/** A change of one item. */
export interface Change {
  /** Position among all changes of the endpoint; rises without end. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly keys: Item;
  /** Absent after a deletion. */
  readonly newImage?: Item;
  /** Absent after an insertion. */
  readonly oldImage?: Item;
  /** Deleted by the expiry sweep. */
  readonly expired?: true;
}

/** How long DynamoDB keeps a stream record, in milliseconds. Here it bounds a stream that nobody reads. */
const RETENTION_MS = 24 * 60 * 60 * 1000;

/** The changes of one table that some consumer has yet to acknowledge. */
export class StreamLog {
  private changes: Change[] = [];
  /** Sequence that each consumer acknowledged last. */
  private readonly consumers = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  /** Adds a change. Without consumers, changes older than a day are dropped. */
  append(change: Change): void {
    this.changes.push(change);
    if (this.consumers.size === 0) {
      const fresh = this.changes.findIndex((each) => each.at > change.at - RETENTION_MS);
      if (fresh > 0) this.changes.splice(0, fresh);
    }
    for (const listener of this.listeners) listener();
  }

  /** Changes behind a consumer's checkpoint, oldest first. */
  pending(consumer: string, limit: number): readonly Change[] {
    const last = this.consumers.get(consumer) ?? 0;
    const start = this.changes.findIndex((change) => change.sequence > last);
    return start < 0 ? [] : this.changes.slice(start, start + limit);
  }

  /** Whether a consumer has a checkpoint. */
  knows(consumer: string): boolean {
    return this.consumers.has(consumer);
  }

  /** Makes a consumer known, with its first checkpoint. Nothing is dropped: others may be about to follow. */
  register(consumer: string, sequence: number): void {
    this.consumers.set(consumer, sequence);
  }

  /** Sets a consumer's checkpoint, and drops what every consumer has behind it. */
  acknowledge(consumer: string, sequence: number): void {
    this.consumers.set(consumer, sequence);
    const slowest = Math.min(...this.consumers.values());
    const kept = this.changes.findIndex((change) => change.sequence > slowest);
    this.changes = kept < 0 ? [] : this.changes.slice(kept);
  }

  /** Forgets a consumer, so that it no longer holds changes back. */
  forget(consumer: string): void {
    this.consumers.delete(consumer);
  }

  /** Calls back after each change. Returns the way to stop. */
  onAppend(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** All that is kept, for a snapshot. */
  dump(): { readonly changes: readonly Change[]; readonly consumers: readonly (readonly [string, number])[] } {
    return { changes: this.changes, consumers: [...this.consumers] };
  }

  /** Takes over what `dump` gave. */
  restore(dump: ReturnType<StreamLog['dump']>): void {
    this.changes = [...dump.changes];
    for (const [consumer, sequence] of dump.consumers) this.consumers.set(consumer, sequence);
  }
}
