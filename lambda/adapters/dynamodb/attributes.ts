import { toBase64, toBytes } from '../aws/base64.ts';

/** A value as DynamoDB's wire protocol writes it. Of these members it has one. */
export interface AttributeValue {
  readonly S?: string;
  /** A number in decimal. */
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  /** Bytes in base64. */
  readonly B?: string;
  readonly M?: Item;
}

/** An item, or a map inside one, as DynamoDB's wire protocol writes it. */
export type Item = Record<string, AttributeValue>;

/** A plain value that the records of this store are made of. `undefined` members are left out. */
export type Plain = string | number | boolean | Uint8Array | undefined | { readonly [name: string]: Plain };

/** Writes a plain value as an attribute. @throws TypeError for a number that is not finite */
export function toAttribute(value: Exclude<Plain, undefined>): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Uint8Array) return { B: toBase64(value) };
  if (typeof value === 'object') return { M: toItem(value) };
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number that DynamoDB can store.`);
  return { N: String(value) };
}

/** Writes an object as an item, member by member. */
export function toItem(object: { readonly [name: string]: Plain }): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined) item[name] = toAttribute(value);
  }
  return item;
}

/** Reads the attributes of one item by name and type. Every method throws `TypeError` when the attribute is of another type. */
export class Reader {
  private readonly item: Readonly<Item>;
  private readonly what: string;

  /** @param what names the item in errors; no text of a user */
  constructor(item: Readonly<Item>, what: string) {
    this.item = item;
    this.what = what;
  }

  private required<T>(value: T | undefined, name: string): T {
    if (value === undefined) throw new TypeError(`${this.what} has no ${name}, or one of another type.`);
    return value;
  }

  private known(name: string): AttributeValue | undefined {
    return Object.hasOwn(this.item, name) ? this.item[name] : undefined;
  }

  /** Whether the attribute is there. */
  has(name: string): boolean {
    return this.known(name) !== undefined;
  }

  string(name: string): string {
    return this.required(this.known(name)?.S, name);
  }

  number(name: string): number {
    return Number(this.required(this.known(name)?.N, name));
  }

  boolean(name: string): boolean {
    return this.required(this.known(name)?.BOOL, name);
  }

  bytes(name: string): Uint8Array {
    const value: unknown = this.required(this.known(name)?.B, name);
    // Base64 from the wire; bytes in an item that the AWS SDK has read.
    return value instanceof Uint8Array ? value : toBytes(String(value));
  }

  map(name: string): Reader {
    return new Reader(this.required(this.known(name)?.M, name), `${this.what}.${name}`);
  }
}
