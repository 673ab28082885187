import { validationError } from '../errors.ts';
import { constraint, member, optionalBoolean, optionalNumber, optionalString } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import type { Item } from './attribute.ts';
import { get, parseItem } from './attribute.ts';
import { holds } from './condition.ts';
import { parseCondition } from './condition-parser.ts';
import type { Key } from './keys.ts';
import { keyOfRequest, pickKey, wholeKeyText } from './keys.ts';
import type { Entry, Partitions } from './partitions.ts';
import { parseProjection, project } from './projection.ts';
import type { Projection } from './projection.ts';
import type { KeyShape } from './schema.ts';
import { keyParts } from './schema.ts';
import type { Scope } from './scope.ts';
import type { Condition } from './syntax.ts';
import type { Index, Table } from './table.ts';

/** Bytes of items that one page may read. */
const MAX_PAGE_BYTES = 1024 * 1024;

/** What a Query or a Scan reads from: a table or one of its indexes. */
export interface ReadSource {
  readonly table: Table;
  readonly index: Index | undefined;
  /** Items in sorted partitions. */
  readonly items: Partitions;
  /** Key that the partitions are sorted by. */
  readonly shape: KeyShape;
}

/** The table or index that a request names. @throws ValidationException for an unknown index or a strong read of one */
export function readSource(table: Table, input: JsonObject): ReadSource {
  const name = optionalString(input, 'IndexName');
  if (name === undefined) return { table, index: undefined, items: table.items, shape: table.shape };
  const index = table.index(name);
  if (!index) throw validationError(`The table does not have the specified index: ${name}`);
  if (optionalBoolean(input, 'ConsistentRead') === true) throw validationError('Consistent reads are not supported on global secondary indexes');
  return { table, index, items: index.items, shape: index.shape.key };
}

/** What a page takes from the items that it reads. */
export interface PageRequest {
  readonly limit: number;
  readonly filter: Condition | undefined;
  readonly projection: Projection | undefined;
  /** Only the counts are asked for. */
  readonly countOnly: boolean;
}

/** Reads Limit, FilterExpression, ProjectionExpression and Select. @throws ValidationException */
export function readPageRequest(input: JsonObject, source: ReadSource, scope: Scope): PageRequest {
  const limit = optionalNumber(input, 'Limit') ?? Number.POSITIVE_INFINITY;
  if (limit < 1) throw constraint(String(limit), 'Limit', 'Member must have value greater than or equal to 1');
  const filterText = optionalString(input, 'FilterExpression');
  const projectionText = optionalString(input, 'ProjectionExpression');
  const projection = projectionText === undefined ? undefined : parseProjection(projectionText, scope);
  const select = optionalString(input, 'Select');
  const projected = source.index?.shape.projected ?? 'ALL';
  if (projected !== 'ALL') {
    const what = `global secondary index ${source.index?.shape.name}`;
    const missing = [...(projection?.children.keys() ?? [])].filter((name) => !projected.has(String(name)));
    const wrong = select === 'ALL_ATTRIBUTES' ? `Select type ALL_ATTRIBUTES is not supported for ${what} because its projection type is not ALL` : missing.length > 0 ? `${what} does not project [${missing.join(', ')}]` : undefined;
    if (wrong !== undefined) throw validationError(`One or more parameter values were invalid: ${wrong}`);
  }
  if (projection && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  }
  const filter = filterText === undefined ? undefined : parseCondition('FilterExpression', filterText, scope);
  return { limit, filter, projection, countOnly: select === 'COUNT' };
}

/** Where the last page ended. */
export interface StartAfter {
  readonly key: Key;
  readonly tie: string;
}

/** Reads ExclusiveStartKey. @throws ValidationException unless it has exactly the attributes of the key */
export function readStart(input: JsonObject, { table, index, shape }: ReadSource): StartAfter | undefined {
  const raw = member(input, 'ExclusiveStartKey');
  if (raw === undefined) return undefined;
  const start = parseItem(raw);
  const names = new Set([...keyParts(table.shape), ...keyParts(shape)].map((part) => part.name));
  if (Object.keys(start).length !== names.size || [...names].some((name) => !get(start, name))) {
    throw validationError('The provided starting key is invalid');
  }
  const key = keyOfRequest(shape, pickKey(shape, start));
  return { key, tie: index ? wholeKeyText(keyOfRequest(table.shape, pickKey(table.shape, start))) : '' };
}

/** Reads entries up to the limit or one megabyte; the answer of a Query or a Scan. */
export function takePage(source: ReadSource, entries: Iterable<Entry>, { limit, filter, projection, countOnly }: PageRequest): JsonObject {
  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  for (const entry of entries) {
    scanned += 1;
    bytes += entry.bytes;
    if (!filter || holds(filter, entry.item)) items.push(entry.item);
    // The page ends here even if nothing follows: DynamoDB does not look ahead either.
    if (scanned >= limit || bytes > MAX_PAGE_BYTES) {
      last = entry.item;
      break;
    }
  }
  return {
    ...(!countOnly && { Items: projection ? items.map((item) => project(projection, item)) : items }),
    Count: items.length,
    ScannedCount: scanned,
    ...(last && { LastEvaluatedKey: { ...pickKey(source.table.shape, last), ...pickKey(source.shape, last) } }),
  };
}
