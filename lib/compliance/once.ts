/** Acts when it is first asked, and once; later calls give the same, or throw the same. */
export function once<T>(act: () => T): () => T {
  let done: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    if (done === undefined) {
      try {
        done = { value: act() };
      } catch (error) {
        done = { error };
      }
    }
    if ('error' in done) throw done.error;
    return done.value;
  };
}
