import type { Patience, Trouble } from './persist.ts';

/** The network as the browser reports it. */
export interface NetworkStatus {
  readonly online: () => boolean;
  /** Calls back once when there is a network again; returns how to stop listening. */
  readonly whenOnline: (callback: () => void) => () => void;
}

/** The visitor's "try now": wakes whatever waits. */
export class Nudge {
  #waiting: readonly (() => void)[] = [];

  /** Wakes everything that waits. */
  wake(): void {
    for (const callback of this.#waiting) callback();
  }

  /** Calls back at the next wake; returns how to stop listening. */
  on(callback: () => void): () => void {
    this.#waiting = [...this.#waiting, callback];
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== callback);
    };
  }
}

/** Waits for one of several causes, and leaves no listener behind. */
function untilAny(causes: readonly ((done: () => void) => () => void)[]): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const done = (): void => {
      for (const stop of stops) stop();
      resolve();
    };
    for (const cause of causes) stops.push(cause(done));
  });
}

/** The patience of a real page: timers, the network's events, the visitor's nudge. */
export function pagePatience(signal: AbortSignal, nudge: Nudge, network: NetworkStatus, tell: (trouble: Trouble | undefined) => void): Patience {
  const aborted = (done: () => void): (() => void) => {
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
    return () => signal.removeEventListener('abort', done);
  };
  const nudged = (done: () => void): (() => void) => nudge.on(done);
  return {
    signal,
    online: network.online,
    pause: (milliseconds) =>
      untilAny([
        aborted,
        nudged,
        (done) => {
          const timer = setTimeout(done, milliseconds);
          return () => clearTimeout(timer);
        },
      ]),
    untilOnline: () => (network.online() ? Promise.resolve() : untilAny([aborted, nudged, network.whenOnline])),
    untilAsked: () => untilAny([aborted, nudged]),
    tell,
  };
}
