import type { Json } from '../template/types.ts';
import { ABSENT, type Value } from '../template/value.ts';

/** Marks of a part that is no literal, inside text that is read as JSON. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** How deep a document is read. */
const DEEPEST = 60;

/** A document as a map, also where the template holds it as JSON text, references inside the text included. Unknown when the text is no JSON. */
export function documentOf(value: Value): Value {
  if (value.kind !== 'literal' && value.kind !== 'text') return value;
  const parts = value.kind === 'text' ? value.parts : [value];
  const text = parts.map((part, index) => (part.kind === 'literal' ? String(part.value) : `${OPEN}${index}${CLOSE}`)).join('');
  try {
    return valueOf(JSON.parse(text) as Json, parts);
  } catch {
    return { kind: 'unknown', why: 'text that is no JSON' };
  }
}

function valueOf(json: Json, parts: readonly Value[], depth = 0): Value {
  if (depth > DEEPEST) return { kind: 'unknown', why: 'it is nested too deeply' };
  if (json === null) return ABSENT;
  if (typeof json === 'string') return json.includes(OPEN) ? filled(json, parts) : { kind: 'literal', value: json };
  if (typeof json !== 'object') return { kind: 'literal', value: json };
  if (Array.isArray(json)) return { kind: 'list', items: (json as readonly Json[]).map((item) => valueOf(item, parts, depth + 1)) };
  return { kind: 'map', members: Object.fromEntries(Object.entries(json).map(([name, member]) => [name, valueOf(member, parts, depth + 1)])) };
}

function filled(text: string, parts: readonly Value[]): Value {
  const found = text.split(new RegExp(`(${OPEN}\\d+${CLOSE})`)).filter((piece) => piece !== '').map((piece): Value => (piece.startsWith(OPEN) ? (parts[Number(piece.slice(1, -1))] ?? ABSENT) : { kind: 'literal', value: piece }));
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : { kind: 'text', parts: found };
}
