/** Line break, tab, and the joiners that words of some scripts need. */
const HARMLESS = new Set(['\n', '\t', '\u200C', '\u200D']);

/** Text with everything that hides or reorders what a reader sees (control characters, bidirectional marks, zero-width spaces) written out as `\u{202e}`. */
export function visible(text: string): string {
  if (/^[ -~\n\t]*$/.test(text)) return text;
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (HARMLESS.has(character) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`));
}

/** {@link visible} text on one line, its white space run together. */
export function oneLine(text: string): string {
  return visible(text).replaceAll(/\s+/gu, ' ').trim();
}

/** Text of at most `most` characters and a note of how many are left out. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}… (${text.length - most} more characters)`;
}

/** Orders by code units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders by several keys, the first that differs deciding. */
export function by<T>(...keys: readonly ((item: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = compare(key(a), key(b));
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Items by a key, in the order in which they come. */
export function grouped<T, K = string>(items: readonly T[], key: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const of = key(item);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [item]);
    else group.push(item);
  }
  return groups;
}
