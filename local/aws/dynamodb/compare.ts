import type { AttributeValue, Item } from './attribute.ts';
import { get } from './attribute.ts';
import { compareNumbers } from './number.ts';

/** Moves surrogates behind the rest of the basic plane, which turns UTF-16 order into UTF-8 byte order. */
const byteRank = (unit: number): number => (unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

/** Order of two strings by their UTF-8 bytes, as DynamoDB sorts them. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return byteRank(left) - byteRank(right);
  }
  return a.length - b.length;
}

/** Order of two values of one scalar type; undefined when their types differ or have no order. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareStrings(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  const members = new Set(b);
  return a.every((each) => members.has(each));
};

/** Deep equality; sets without order. Numbers are canonical, so equal numbers are equal text. */
export function equalValues(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if ('S' in a) return 'S' in b && a.S === b.S;
  if ('N' in a) return 'N' in b && a.N === b.N;
  if ('B' in a) return 'B' in b && a.B === b.B;
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL;
  if ('NULL' in a) return 'NULL' in b;
  if ('SS' in a) return 'SS' in b && sameSet(a.SS, b.SS);
  if ('NS' in a) return 'NS' in b && sameSet(a.NS, b.NS);
  if ('BS' in a) return 'BS' in b && sameSet(a.BS, b.BS);
  if ('L' in a) return 'L' in b && a.L.length === b.L.length && a.L.every((each, i) => equalValues(each, b.L[i]!));
  return 'M' in b && equalItems(a.M, b.M);
}

/** Deep equality of two items. */
export function equalItems(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const other = get(b, name);
      return other !== undefined && equalValues(a[name]!, other);
    })
  );
}
