/** Time that tests own: nothing happens until {@link FakeTime.run} lets it, timer by timer. */
export interface FakeTime {
  readonly now: () => number;
  /** As `TurnDependencies.wait`. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Lets time pass until the promise settles. Throws when nothing is left that could settle it. */
  readonly run: <T>(promise: Promise<T>) => Promise<T>;
  /** Lets so many milliseconds pass, with everything that falls due in them. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** Lets everything run that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A time that starts at `start`, epoch milliseconds. */
export function fakeTime(start = Date.UTC(2026, 0, 5, 9)): FakeTime {
  let current = start;
  let order = 0;
  const timers = new Set<{ readonly at: number; readonly order: number; readonly fire: () => void }>();
  const next = () => [...timers].toSorted((one, other) => one.at - other.at || one.order - other.order)[0];
  const fireNext = (timer: NonNullable<ReturnType<typeof next>>): void => {
    current = Math.max(current, timer.at);
    timers.delete(timer);
    timer.fire();
  };
  const wait = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const timer = { at: current + Math.max(0, milliseconds), order: order++, fire: resolve };
      timers.add(timer);
      signal?.addEventListener('abort', () => {
        if (timers.delete(timer)) resolve();
      });
    });
  return {
    now: () => current,
    wait,
    async run(promise) {
      const progress = { settled: false };
      const mark = (): void => {
        progress.settled = true;
      };
      promise.then(mark, mark);
      await settle();
      while (!progress.settled) {
        const timer = next();
        if (timer === undefined) throw new Error('nothing is left that could settle the promise');
        fireNext(timer);
        await settle();
      }
      return promise;
    },
    async pass(milliseconds) {
      const end = current + milliseconds;
      await settle();
      for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
        fireNext(timer);
        await settle();
      }
      current = end;
    },
  };
}

/** Ids in order: `id-1`, `id-2`, … */
export function fakeIds(prefix = 'id'): () => string {
  let last = 0;
  return () => `${prefix}-${++last}`;
}
