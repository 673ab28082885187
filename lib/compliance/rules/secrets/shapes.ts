/** A form that secrets have by themselves. */
interface Shape {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Forms of secrets that issuers give them: prefixes and lengths as their documentation says. */
const SHAPES: readonly Shape[] = [
  { what: 'an AWS access key id', pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a private key', pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { what: 'a GitHub token', pattern: /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/ },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20}/ },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[\w-]{10}/ },
  { what: 'a Slack webhook', pattern: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/ },
  { what: 'a Stripe key', pattern: /\b[rs]k_(live|test)_[A-Za-z0-9]{16}/ },
  { what: 'a key of a model vendor', pattern: /\bsk-(ant-|proj-|or-)?[A-Za-z0-9_-]{20}/ },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30}/ },
  { what: 'a signed token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16}/ },
  { what: 'a password in a URL', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@<>]{1,100}:[^\s/@<>]{3,100}@/i },
  { what: 'a credential of a header', pattern: /\b(Bearer|Basic) (?=[A-Za-z0-9+/=._-]{0,99}\d)[A-Za-z0-9+/=._-]{20}/ },
  { what: 'a password of a connection string', pattern: /\b(password|pwd|accountkey|sharedaccesskey)=[^;\s<>{}$]{6}/i },
];

/** What secret a text holds by its form; undefined for none. */
export function secretIn(text: string): string | undefined {
  return SHAPES.find(({ pattern }) => pattern.test(text))?.what;
}

/** Whether prose gives a secret away: the word for one, then a value with a digit in it. */
export function secretInProse(text: string): string | undefined {
  return secretIn(text) ?? (/\b(password|passphrase|api[ _-]?key|secret|access[ _-]?token)\b\s*(is|:|=)\s*["'`]?(?=[^\s"'`]{0,100}\d)[^\s"'`<>{}$]{8}/i.test(text) ? 'a value that is called a secret' : undefined);
}

/** Whether a value looks random: one word of 32 characters or more of three kinds, digits in three places or more, with more than 4.2 bits a character, which hexadecimal hashes (4) do not reach. */
export function looksRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/=_-]{32,512}$/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/(\d+\D+){2}\d/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
  return bits > 4.2;
}
