/** How a call is repeated. Times are milliseconds. */
export interface Patience {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** When no further try begins, epoch milliseconds. */
  readonly until: number;
}

/** First and longest pause between two tries, in milliseconds; each pause is twice the one before. */
const PAUSE = { first: 1_000, longest: 8_000 } as const;

/**
 * Calls until it succeeds, the error is none that goes away by itself, or the next try would begin too late.
 * @throws what the last try threw
 */
export async function patiently<T>({ now, wait, until }: Patience, passes: (error: unknown) => boolean, call: () => Promise<T>): Promise<T> {
  for (let pause: number = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.longest)) {
    try {
      return await call();
    } catch (error) {
      if (!passes(error) || now() + pause > until) throw error;
    }
    await wait(pause);
  }
}

/** Whether AWS said that we may not. A policy that was written seconds ago is not known everywhere yet. */
export const isAccessDenied = (error: unknown): boolean => error instanceof Error && error.name === 'AccessDeniedException';
