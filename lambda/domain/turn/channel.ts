/** A queue between a worker that goes on and a reader that may leave. */
export interface Channel<T> {
  /** Adds a value; nothing happens once the reader has left. */
  readonly push: (value: T) => void;
  /** Ends the reading, after what was pushed. */
  readonly close: () => void;
  /** Ends the reading with an error, after what was pushed. */
  readonly fail: (error: unknown) => void;
  /** Reads once. Leaving early (`return()`) stops the keeping of values, not the worker. */
  readonly read: () => AsyncGenerator<T, void, undefined>;
}

/** Opens a channel. It is unbounded: a turn yields a bounded number of values. */
export function openChannel<T>(): Channel<T> {
  let values: T[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let abandoned = false;
  let wake: (() => void) | undefined;

  async function* read(): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) {
        const next = values;
        values = [];
        yield* next;
        if (values.length > 0) continue;
        if (failure !== undefined) throw failure.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      abandoned = true;
      values = [];
    }
  }

  return {
    push(value) {
      if (!abandoned && !ended) values.push(value);
      wake?.();
    },
    close() {
      ended = true;
      wake?.();
    },
    fail(error) {
      failure = { error };
      ended = true;
      wake?.();
    },
    read,
  };
}
