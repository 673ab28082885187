/** True, false, or unknown: it depends on what is not told. */
export type Truth = boolean | 'unknown';

/** False before unknown before true. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

/** True before unknown before false. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
}

/** The opposite; unknown stays unknown. */
export const not = (truth: Truth): Truth => (truth === 'unknown' ? truth : !truth);
