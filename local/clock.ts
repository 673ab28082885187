/** Time, so that tests can turn it by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Runs `task` once, `milliseconds` from now.
   * @returns cancels it; harmless afterwards
   */
  after(milliseconds: number, task: () => void): () => void;
}

/** Longest delay that setTimeout takes, in milliseconds (a signed 32-bit integer); longer ones would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const step = Math.min(Math.max(left, 0), LONGEST_DELAY);
      timer = setTimeout(() => (left > step ? arm(left - step) : task()), step);
      timer.unref();
    };
    arm(milliseconds);
    return () => clearTimeout(timer);
  },
};
