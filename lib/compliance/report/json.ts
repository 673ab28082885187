import type { Evidence } from '../evidence/types.ts';

/** A value as JSON text of two spaces' indent, with invisible and reordering characters escaped, so that an editor shows what is there. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${/^[ -~\n]*$/.test(text) ? text : text.replaceAll(/[\p{Cf}\p{Zl}\p{Zp}\u007F-\u009F]/gu, escaped)}\n`;
}

/** Text of `evidence.json`: equal evidence gives equal text, in whatever order its members stand. */
export function evidenceText(evidence: Evidence): string {
  return jsonText(canonical(evidence));
}

/** A value whose objects have their members in the order of their names: equal values give equal text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, canonical(member)]));
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}
