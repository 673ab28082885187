/**
 * A pattern with plain strings that tell when it cannot match. V8 compiles a pattern when it first runs, which for a long one takes some
 * hundred times as long as to look for a few strings: in an ordinary message hardly any of the patterns has to run at all.
 */
export interface Anchored {
  readonly pattern: RegExp;
  /** In every text that the pattern matches stands one of these, or it begins with one of {@link starts}. @default none */
  readonly anchors?: readonly string[];
  /** For patterns that are tied to a text's beginning. @default none */
  readonly starts?: readonly string[];
}

/** Whether a text holds what the pattern cannot match without. */
export function mayMatch({ anchors = [], starts = [] }: Anchored, text: string): boolean {
  return anchors.some((anchor) => text.includes(anchor)) || starts.some((start) => text.startsWith(start));
}

/**
 * Whether the pattern matches.
 * @param page what the pattern looks at, when that is the text with something added that no pattern matches
 */
export function matches(anchored: Anchored, text: string, page = text): boolean {
  return mayMatch(anchored, text) && anchored.pattern.test(page);
}
