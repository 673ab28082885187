import type { Outcome } from './outcome.ts';
import type { Failure } from './outcome.ts';
import { nextStep } from './retry.ts';

/** What repeating a call needs from its surroundings. */
export interface Patience {
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly online: () => boolean;
  /** Resolves after so many milliseconds, or sooner when the visitor asks to try now or the signal aborts. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Resolves when there is a network again, the visitor asks to try, or the signal aborts. */
  readonly untilOnline: () => Promise<void>;
  /** Resolves when the visitor asks to try again, or the signal aborts. */
  readonly untilAsked: () => Promise<void>;
  /** Tells the visitor what went wrong and what is waited for; undefined takes it back. */
  readonly tell: (trouble: Trouble | undefined) => void;
}

/** A failure that is being waited out. */
export interface Trouble {
  readonly failure: Failure;
  /** `asked`: waits for the visitor. `online`: waits for a network. A number: seconds until the automatic repeat. */
  readonly until: 'asked' | 'online' | number;
}

/** A call that worked, failed for good (`end`: with it the conversation), or was stopped. */
export type Persisted<T> =
  | { readonly result: 'done'; readonly value: T }
  | { readonly result: 'give-back' | 'end'; readonly failure: Failure }
  | { readonly result: 'stopped' };

/** Repeats a call until it works, cannot work any more, or is stopped. The call must be safe to repeat. */
export async function persist<T>(call: () => Promise<Outcome<T>>, patience: Patience): Promise<Persisted<T>> {
  for (let repeats = 0; ; repeats += 1) {
    const outcome = await call();
    if (patience.signal.aborted) return { result: 'stopped' };
    if (outcome.ok) {
      patience.tell(undefined);
      return { result: 'done', value: outcome.value };
    }
    const { failure } = outcome;
    const step = nextStep(failure, repeats, patience.online());
    switch (step.do) {
      case 'wait':
        patience.tell({ failure, until: step.seconds });
        await patience.pause(step.seconds * 1000);
        break;
      case 'wait-online':
        patience.tell({ failure, until: 'online' });
        await patience.untilOnline();
        break;
      case 'ask':
        patience.tell({ failure, until: 'asked' });
        await patience.untilAsked();
        break;
      case 'give-back':
      case 'end':
        return { result: step.do, failure };
    }
    if (patience.signal.aborted) return { result: 'stopped' };
    patience.tell(undefined);
  }
}
