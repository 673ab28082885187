import { visible } from '../path.ts';
import { credentialKind, isSecretName } from '../secrets.ts';

/** Longest text that is shown of a value, in characters. */
const LONGEST = 60;

/** A value in a few words, on one line: never a credential, never an escape sequence, never long. `name` is that of the option. */
export function showValue(value: unknown, name = ''): string {
  if (value === undefined) return '(missing)';
  if (typeof value === 'string') {
    if (credentialKind(value) || (isSecretName(name) && value !== '')) return '(not shown: it looks like a credential)';
    const short = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    return visible(JSON.stringify(short)) + (value.length > LONGEST ? ` (${value.length} characters)` : '');
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return `${String(value).slice(0, LONGEST)}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  return showObject(value);
}

function showObject(value: object): string {
  const names = Object.keys(value);
  if (names.length === 0) return 'an empty object';
  const shown = names.slice(0, 4).map((name) => (credentialKind(name) ? '(not shown)' : visible(name.slice(0, 30))));
  return `an object with ${shown.join(', ')}${names.length > 4 ? ' …' : ''}`;
}

/** What a value is, for «is a text, not a whole number». */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const kinds: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object', undefined: 'missing' };
  return kinds[typeof value] ?? `a ${typeof value}`;
}
