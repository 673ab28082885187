import { CLOSING_MILLISECONDS } from '../../contracts/budgets.ts';
import { OVER } from '../resilience/over.ts';
import { type Outcome, withoutModel } from '../answer/outcome.ts';
import type { Prepared } from './prepare.ts';
import type { TurnDependencies } from './types.ts';

/** Milliseconds kept free before the deadline: for handing over or committing, each as long as its calls may take. */
export const RESERVED_MILLISECONDS = CLOSING_MILLISECONDS;

/** How long a model may be waited for. */
export interface Patience {
  /** Time-out of the call in milliseconds; then the quoted answer stands in. */
  readonly timeoutMilliseconds: number;
  /** When something must have been said, epoch milliseconds; absent when nobody waits. */
  readonly interimAt?: number;
  /** Called at `interimAt` when nothing was said: whether to go on waiting. */
  readonly onInterim?: () => boolean;
  /** When this function must be through, epoch milliseconds. */
  readonly deadline: number;
  /** What to do at the deadline: `late` gives the turn away, `quote` answers without the model. */
  readonly atDeadline: 'late' | 'quote';
  /** Text as it passes the gate. */
  readonly onText: (text: string) => void;
}

/** Answers a prepared turn, by the model if there is one. `late`: time is up, and the call was stopped. Never throws. */
export async function askModel(deps: Pick<TurnDependencies, 'now' | 'wait' | 'settings'>, locale: string, prepared: Prepared, patience: Patience): Promise<Outcome | 'late'> {
  const { model, decided, modelMissing, text, history, toolbox, reservation } = prepared;
  if (model === undefined) return withoutModel(decided, modelMissing);
  // The gate, and what it reads texts with, is a fifth of what a turn is made of: only one that asks a model loads it.
  const gated = await import('../answer/model-reply.ts').catch(() => undefined);
  if (gated === undefined) return withoutModel(decided, true);
  const stop = new AbortController();
  const timers = new AbortController();
  const after = <T>(milliseconds: number, what: T): Promise<T> => deps.wait(Math.max(0, milliseconds), timers.signal).then(() => what);
  const until = <T>(at: number, what: T): Promise<T> => after(at - deps.now(), what);
  const onText = (piece: string): void => {
    if (!stop.signal.aborted) patience.onText(piece);
  };
  const reply = gated.replyByModel({ model, text, locale, history, decided, humanContact: deps.settings.humanContact, tools: toolbox, signal: stop.signal, onText });
  const ends = [reply, after(patience.timeoutMilliseconds, 'quote' as const), until(patience.deadline - RESERVED_MILLISECONDS, patience.atDeadline)];
  try {
    let end = await Promise.race(patience.interimAt === undefined ? ends : [...ends, until(patience.interimAt, 'interim' as const)]);
    if (end === 'interim') end = patience.onInterim?.() === false ? 'late' : await Promise.race(ends);
    // Cut before it said what it used: the worst case counts.
    if (end === 'quote') return withoutModel(decided, true, { inputTokens: reservation.tokens, outputTokens: 0, costMicroUsd: reservation.microUsd });
    return end;
  } finally {
    stop.abort();
    timers.abort(OVER);
  }
}
