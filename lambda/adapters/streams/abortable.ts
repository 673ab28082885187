/**
 * Pieces of a stream until the signal aborts; then it throws the signal's reason at once, even while the stream is silent. A
 * stream that stalls after its headers is the one thing that the time-outs of HTTP clients do not see.
 */
export async function* abortable<T>(pieces: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = pieces[Symbol.asyncIterator]();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('The call was aborted.'));
    signal.addEventListener('abort', abort, { once: true, signal: over.signal });
    if (signal.aborted) abort();
  });
  // Nobody may be waiting when it aborts.
  aborted.catch(() => undefined);
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    over.abort();
    // A stalled stream would not answer this either, so it is not awaited.
    iterator.return?.().catch(() => undefined);
  }
}
