/** Milliseconds without a byte after which a connection counts as broken: more than the 29 s that API Gateway waits for an integration. */
const SILENCE_MILLISECONDS = 35_000;

/** Watch over one call. */
export interface SilenceWatch {
  /** Aborts when the call is given up: the outer signal did, or nothing was heard for too long. */
  readonly signal: AbortSignal;
  /** To be called with each sign of life. */
  readonly heard: () => void;
  /** To be called when the call is over. */
  readonly end: () => void;
}

/** Starts the watch over a call. */
export function watchSilence(outer: AbortSignal): SilenceWatch {
  const controller = new AbortController();
  const giveUp = (): void => controller.abort();
  let timer = setTimeout(giveUp, SILENCE_MILLISECONDS);
  outer.addEventListener('abort', giveUp);
  if (outer.aborted) giveUp();
  return {
    signal: controller.signal,
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MILLISECONDS);
    },
    end: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', giveUp);
    },
  };
}
