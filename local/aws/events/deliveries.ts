import { randomUUID } from 'node:crypto';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { EventDelivery } from './service.ts';

type Line = { readonly k: 'taken'; readonly id: string; readonly d: EventDelivery } | { readonly k: 'done'; readonly id: string };

/** Hands a delivery to its target; settles when nothing more will be tried. */
export type Deliver = (delivery: EventDelivery) => void | Promise<void>;

/**
 * Deliveries that were taken and are not done with. They are kept on disk, because PutEvents acknowledged them: what is open when
 * the process dies is delivered at the next start, perhaps for the second time, as EventBridge may.
 */
export class Deliveries implements Journaled {
  private readonly open = new Map<string, EventDelivery>();
  private readonly commit: Commit;
  private readonly deliver: Deliver;
  private readonly onError: (error: unknown) => void;

  constructor(commit: Commit, deliver: Deliver, onError: (error: unknown) => void) {
    this.commit = commit;
    this.deliver = deliver;
    this.onError = onError;
  }

  /** Takes a delivery, and hands it on after the present call was answered. */
  take(delivery: EventDelivery): void {
    const id = randomUUID();
    this.commit({ k: 'taken', id, d: delivery } satisfies Line);
    setImmediate(() => void this.hand(id, delivery));
  }

  /** Hands on what an earlier process left open. */
  resume(): void {
    for (const [id, delivery] of this.open) void this.hand(id, delivery);
  }

  apply(line: Line): void {
    if (line.k === 'taken') this.open.set(line.id, line.d);
    else this.open.delete(line.id);
  }

  *dump(): Iterable<Line> {
    for (const [id, d] of this.open) yield { k: 'taken', id, d };
  }

  private async hand(id: string, delivery: EventDelivery): Promise<void> {
    try {
      await this.deliver(delivery);
    } catch (error) {
      this.onError(error);
    }
    try {
      this.commit({ k: 'done', id } satisfies Line);
    } catch (error) {
      this.onError(error);
    }
  }
}
