import { AwsError } from '../errors.ts';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { TableDeclaration } from '../types.ts';
import type { Item } from './attribute.ts';
import { equalItems } from './compare.ts';
import type { Key } from './keys.ts';
import { keyOfRequest, pickKey } from './keys.ts';
import { StreamLog } from './stream-log.ts';
import { Table } from './table.ts';

/** How long a transaction's client token is remembered: ten minutes. */
const TOKEN_MS = 10 * 60 * 1000;

/** One item's change: the new item, or none for a deletion. */
export interface Write {
  readonly table: Table;
  readonly key: Key;
  readonly item: Item | undefined;
}

/** One line of the journal. */
type Journal =
  | { readonly k: 'table'; readonly d: TableDeclaration; readonly at: number }
  | { readonly k: 'drop'; readonly t: string }
  | {
      readonly k: 'write';
      readonly at: number;
      /** Sequence of the first change. */
      readonly q: number;
      /** `i` is the item after, `d` the key of a deleted item. */
      readonly w: readonly { readonly t: string; readonly i?: Item; readonly d?: Item }[];
      /** Client token and fingerprint of a transaction. */
      readonly tok?: readonly [string, string];
      readonly ttl?: true;
    }
  | { readonly k: 'follow'; readonly t: string; readonly c: string; readonly s: number }
  | { readonly k: 'ack'; readonly t: string; readonly c: string; readonly s: number }
  | { readonly k: 'forget'; readonly t: string; readonly c: string }
  | { readonly k: 'log'; readonly t: string; readonly l: ReturnType<StreamLog['dump']> }
  | { readonly k: 'token'; readonly tok: readonly [string, string]; readonly at: number }
  | { readonly k: 'sequence'; readonly q: number };

/** All tables, their streams and the remembered client tokens. */
export class DynamoStore implements Journaled {
  private readonly byName = new Map<string, Table>();
  private readonly logs = new Map<string, StreamLog>();
  private readonly tokens = new Map<string, { readonly fingerprint: string; readonly at: number }>();
  private sequence = 1;
  private readonly commit: Commit;
  private readonly now: () => number;

  constructor(commit: Commit, now: () => number) {
    this.commit = commit;
    this.now = now;
  }

  /** All tables. */
  tables(): readonly Table[] {
    return [...this.byName.values()];
  }

  /** A table by name or ARN. @throws ResourceNotFoundException */
  table(nameOrArn: string, message = 'Requested resource not found'): Table {
    const table = this.byName.get(nameOrArn.replace(/^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\//, ''));
    if (!table) throw new AwsError('ResourceNotFoundException', message);
    return table;
  }

  /** Whether a table exists. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** The stream of a table; it is there whether or not changes are recorded. */
  log(table: string): StreamLog {
    const log = this.logs.get(table) ?? new StreamLog();
    this.logs.set(table, log);
    return log;
  }

  /** Makes a table, or updates its definition and keeps its items. @throws Error when its key changed and it holds items */
  declare(declaration: TableDeclaration): void {
    const present = this.byName.get(declaration.tableName);
    const next = new Table(declaration, this.now());
    if (present && JSON.stringify(present.declaration) === JSON.stringify(declaration)) return;
    if (present && present.items.size > 0 && JSON.stringify(present.shape) !== JSON.stringify(next.shape)) {
      throw new Error(
        `Table '${next.name}' holds ${present.items.size} items under the key ${JSON.stringify(present.shape)}; it cannot get the key ${JSON.stringify(next.shape)}. Use another table name, or delete the data directory.`,
      );
    }
    this.commit({ k: 'table', d: declaration, at: this.now() } satisfies Journal);
  }

  /** Deletes a table, its items and its stream. */
  drop(name: string): void {
    this.commit({ k: 'drop', t: name } satisfies Journal);
  }

  /** Commits writes together, or none. Writes that change nothing leave no trace. */
  write(writes: readonly Write[], options: { readonly token?: readonly [string, string]; readonly expired?: true } = {}): void {
    const w = writes.filter(changes).map(({ table, key, item }) =>
      item ? { t: table.name, i: item } : { t: table.name, d: pickKey(table.shape, table.get(key)!) },
    );
    if (w.length === 0 && !options.token) return;
    const { token, expired } = options;
    this.commit({ k: 'write', at: this.now(), q: this.sequence, w, ...(token && { tok: token }), ...(expired && { ttl: expired }) } satisfies Journal);
  }

  /** Fingerprint of the transaction that a client token was used for in the last ten minutes. */
  fingerprintOf(token: string): string | undefined {
    const found = this.tokens.get(token);
    return found && found.at > this.now() - TOKEN_MS ? found.fingerprint : undefined;
  }

  /** Makes a stream consumer known, with its first checkpoint. */
  follow(table: string, consumer: string, sequence: number): void {
    this.commit({ k: 'follow', t: table, c: consumer, s: sequence } satisfies Journal);
  }

  /** Sets a stream consumer's checkpoint. */
  acknowledge(table: string, consumer: string, sequence: number): void {
    this.commit({ k: 'ack', t: table, c: consumer, s: sequence } satisfies Journal);
  }

  /** Forgets a stream consumer. */
  forget(table: string, consumer: string): void {
    this.commit({ k: 'forget', t: table, c: consumer } satisfies Journal);
  }

  /** Sequence of the newest change. */
  newestSequence(): number {
    return this.sequence - 1;
  }

  apply(line: Journal): void {
    if (line.k === 'write') this.applyWrite(line);
    else if (line.k === 'table') this.applyTable(line.d, line.at);
    else if (line.k === 'follow') this.log(line.t).register(line.c, line.s);
    else if (line.k === 'ack') this.log(line.t).acknowledge(line.c, line.s);
    else if (line.k === 'forget') this.log(line.t).forget(line.c);
    else if (line.k === 'log') this.log(line.t).restore(line.l);
    else if (line.k === 'token') this.remember(line.tok, line.at);
    else if (line.k === 'sequence') this.sequence = line.q;
    else {
      this.byName.delete(line.t);
      this.logs.delete(line.t);
    }
  }

  *dump(): Iterable<Journal> {
    for (const table of this.byName.values()) {
      yield { k: 'table', d: table.declaration, at: table.createdAt };
      // One line an item. Streams are off while they are read back: `log` follows and replaces what they left.
      for (const { item } of table.entries()) yield { k: 'write', at: 0, q: 0, w: [{ t: table.name, i: item }] };
    }
    for (const [name, log] of this.logs) yield { k: 'log', t: name, l: log.dump() };
    for (const [token, { fingerprint, at }] of this.tokens) {
      if (at > this.now() - TOKEN_MS) yield { k: 'token', tok: [token, fingerprint], at };
    }
    yield { k: 'sequence', q: this.sequence };
  }

  private applyTable(declaration: TableDeclaration, at: number): void {
    const present = this.byName.get(declaration.tableName);
    const table = new Table(declaration, present?.createdAt ?? at);
    for (const { item } of present?.entries() ?? []) table.put(item);
    this.byName.set(table.name, table);
  }

  private applyWrite({ at, q, w, tok, ttl }: Journal & { readonly k: 'write' }): void {
    let sequence = q;
    for (const { t, i, d } of w) {
      const table = this.byName.get(t)!;
      const oldImage = i ? table.put(i) : table.delete(keyOfRequest(table.shape, d!));
      // Sequence 0 marks a snapshot line, which is no change.
      if (q > 0 && table.declaration.stream) {
        const keys = pickKey(table.shape, (i ?? d)!);
        this.log(t).append({ sequence, at, keys, ...(i && { newImage: i }), ...(oldImage && { oldImage }), ...(ttl && { expired: ttl }) });
      }
      sequence += 1;
    }
    if (q > 0) this.sequence = sequence;
    if (tok) this.remember(tok, at);
  }

  private remember([token, fingerprint]: readonly [string, string], at: number): void {
    for (const [old, entry] of this.tokens) {
      if (entry.at > at - TOKEN_MS) break;
      this.tokens.delete(old);
    }
    this.tokens.delete(token);
    this.tokens.set(token, { fingerprint, at });
  }
}

function changes({ table, key, item }: Write): boolean {
  const present = table.get(key);
  return item ? !present || !equalItems(present, item) : present !== undefined;
}

