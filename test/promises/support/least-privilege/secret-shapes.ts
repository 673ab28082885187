/** What keys and passwords look like when they are written into source, by name. The bot's own gate has a list of its own: one must not hide what the other misses. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'AWS access key id': /\b(?:AKIA|ASIA)[A-Z2-7][A-Z0-9]{15}\b/g,
  // With its first line: libraries that read keys hold the words before it.
  'private key': /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\\[nr]|\s)*[A-Za-z0-9+/]{20}/g,
  'signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{6,}\.[\w-]{10,}/g,
  'key of a platform': /\b(?:sk|rk|ghp|gho|ghs|glpat|xoxb|xoxp|whsec|npm)[-_](?=[\w-]*\d)[\w-]{16,}\b/g,
  'credentials in a URL': /\b[a-z][a-z0-9+]{1,15}:\/\/[^\s:@/"'`$]{1,64}:[^\s@/"'`$]{3,}@[a-z0-9]/gi,
  'assigned password': /["']?\b(?:password|passwd|api_?key|client_?secret|secret_?access_?key)["']?\s*[:=]\s*["'](?=[^"']*\d)[^"'\s${}<>\\]{8,}["']/gi,
};

/** Names of the shapes that a text holds, each with its beginning: no more of it belongs into a report. */
export function secretsIn(text: string): string[] {
  return Object.entries(SHAPES).flatMap(([name, shape]) => [...text.matchAll(shape)].map(([found]) => `${name} (${found.slice(0, 12)}…)`));
}

/** Fewest characters of what counts as random. */
const RANDOM_CHARACTERS = 24;
/** Bits of a character, on average, from which a text counts as random: base64 of random bytes of this length has about 4.5, words and ids about 3.5. */
const RANDOM_BITS = 4.2;

/** Whether a word looks like random bytes written down: long, of several kinds of characters, and of many different ones. */
export function looksRandom(word: string): boolean {
  if (word.length < RANDOM_CHARACTERS || !/\d/.test(word) || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / word.length) * Math.log2(count / word.length), 0) >= RANDOM_BITS;
}
