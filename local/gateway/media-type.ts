/** Whether a media type (of a `Content-Type` or `Accept` header) is one of those in `patterns`; `image/*` and `*\/*` match many. */
export function isOneOf(mediaType: string | undefined, patterns: readonly string[]): boolean {
  if (mediaType === undefined) return patterns.includes('*/*');
  const plain = essence(mediaType);
  return patterns.some((pattern) => pattern === '*/*' || pattern === plain || (pattern.endsWith('/*') && plain.startsWith(pattern.slice(0, -1))));
}

/** The first media type of a header, in lower case and without its parameters. */
export const essence = (value: string): string => (value.split(/[,;]/)[0] ?? '').trim().toLowerCase();
