import type { AttributeValue, Item } from './attribute.ts';

/** Largest item, names included: 400 KB. */
export const MAX_ITEM_BYTES = 400 * 1024;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
/** Two digits share a byte, and one byte holds exponent and sign. */
const numberBytes = (text: string): number => Math.ceil(text.replace(/^-?0*\.?0*|[.]|0+$/g, '').length / 2) + (text.startsWith('-') ? 2 : 1);
const base64Bytes = (text: string): number => (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
const sum = <T>(values: readonly T[], size: (value: T) => number): number => values.reduce((total, value) => total + size(value), 0);

/** Size of a value in bytes by DynamoDB's documented reckoning. */
export function valueBytes(value: AttributeValue): number {
  if ('S' in value) return bytes(value.S);
  if ('N' in value) return numberBytes(value.N);
  if ('B' in value) return base64Bytes(value.B);
  if ('SS' in value) return sum(value.SS, bytes);
  if ('NS' in value) return sum(value.NS, numberBytes);
  if ('BS' in value) return sum(value.BS, base64Bytes);
  // A list or map costs three bytes, and one for each element.
  if ('L' in value) return 3 + sum(value.L, (each) => 1 + valueBytes(each));
  if ('M' in value) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}

/** Size of an item in bytes, names included. */
export function itemBytes(item: Item): number {
  let total = 0;
  for (const [name, value] of Object.entries(item)) total += bytes(name) + valueBytes(value);
  return total;
}
