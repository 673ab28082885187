const SECRET = /(secret|passw(or)?d|passphrase|pwd|token|api_?key|private_?key|access_?key|signing_?key|encryption_?key|auth_?key|credentials?)/;
/** Last words of a name of something about a secret, not of the secret. */
const ABOUT = new Set(
  'arn arns id ids name names url uri path file table bucket ttl seconds minutes hours days milliseconds count limit length size max min type kind endpoint issuer audience header parameter param region alias version enabled algorithm field prefix suffix policy rotation expiry expires required cache provider store manager hash usage budget price cost quota'.split(' '),
);

/** Whether something of this name is a secret by its name: `DB_PASSWORD` is, `SIGNING_SECRET_ARN` and `maxTokens` are not. */
export function namesSecret(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  return SECRET.test(words.join('_')) && !ABOUT.has(last) && !words.includes('tokens') && !['max', 'min', 'public'].includes(words[0] ?? '');
}

/** Whether a text refers to a secret, stands for one that is to come, or is too plain to be one. */
export function isHarmless(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || /^(true|false|none|null|undefined|enabled|disabled|required|optional)$/i.test(trimmed)) return true;
  return isPlaceholder(trimmed) || /^arn:|^\/[\w./-]+$|^https?:\/\/[^@\s]*$|^\d{1,5}$/.test(trimmed);
}

/** Whether a text stands where a secret is to be put in by hand. */
export function isPlaceholder(text: string): boolean {
  return /^(<[^>]*>|\{\{[^}]*\}\}|\$\{[^}]*\}|\*+|x+|-+|\.+)?$/i.test(text.trim()) || /^(change|replace|fill|put|set|insert|to)[ _-]?(me|this|it|in|here|be)|placeholder|^todo$|^tbd$|^dummy$|^example$/i.test(text.trim());
}
