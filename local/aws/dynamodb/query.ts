import { validationError } from '../errors.ts';
import { optionalBoolean, optionalNumber, optionalString, required } from '../fields.ts';
import type { Operation } from '../service.ts';
import type { Context } from './items.ts';
import { note } from './items.ts';
import { parseKeyCondition } from './key-condition.ts';
import type { PageRequest, ReadSource, StartAfter } from './page.ts';
import { readPageRequest, readSource, readStart, takePage } from './page.ts';
import type { Entry } from './partitions.ts';
import { comparePositions, compareScanOrder, firstIndex, segmentOf } from './partitions.ts';
import { refuseLegacy } from './plan.ts';
import { keyParts } from './schema.ts';
import { Scope } from './scope.ts';
import type { Condition, Operand } from './syntax.ts';

/** Most segments of a parallel scan. */
const MAX_SEGMENTS = 1_000_000;

/** Query. */
export const query =
  (context: Context): Operation =>
  (input, call) => {
    refuseLegacy(input);
    const table = context.store.table(required(optionalString(input, 'TableName'), 'TableName'));
    note(context, call, 'Query', table, optionalString(input, 'IndexName'));
    const source = readSource(table, input);
    const scope = Scope.of(input, ['KeyConditionExpression', 'FilterExpression', 'ProjectionExpression']);
    const expression = optionalString(input, 'KeyConditionExpression');
    if (expression === undefined) {
      throw validationError('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
    }
    const condition = parseKeyCondition(expression, scope, source.shape);
    const request = readPageRequest(input, source, scope);
    scope.assertAllUsed();
    assertNoKeyInFilter(request, source);
    const start = readStart(input, source);
    if (start && start.key.partition !== condition.partition) {
      throw validationError('The provided starting key is outside query boundaries based on provided conditions');
    }
    const entries = source.items.list(condition.partition);
    const forward = optionalBoolean(input, 'ScanIndexForward') ?? true;
    return takePage(source, stretch(entries, condition.stretch(entries), forward, start), request);
  };

function* stretch(entries: readonly Entry[], [first, end]: readonly [number, number], forward: boolean, start: StartAfter | undefined): Generator<Entry> {
  const position = start && { sort: start.key.sort, tie: start.tie };
  if (forward) {
    const after = position ? firstIndex(entries, (entry) => comparePositions(entry, position) > 0) : 0;
    for (let i = Math.max(first, after); i < end; i += 1) yield entries[i]!;
  } else {
    const before = position ? firstIndex(entries, (entry) => comparePositions(entry, position) >= 0) : end;
    for (let i = Math.min(end, before) - 1; i >= first; i -= 1) yield entries[i]!;
  }
}

function assertNoKeyInFilter({ filter }: PageRequest, { shape }: ReadSource): void {
  if (!filter) return;
  const keys = new Set(keyParts(shape).map((part) => part.name));
  const found = namesIn(filter).find((name) => keys.has(name));
  if (found !== undefined) {
    throw validationError(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${found}`);
  }
}

const nameIn = (operand: Operand): string[] =>
  operand.kind === 'path' ? [String(operand.steps[0])] : operand.kind === 'size' ? [String(operand.of.steps[0])] : [];

function namesIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    case 'not':
      return namesIn(condition.condition);
    case 'compare':
      return [condition.left, condition.right].flatMap(nameIn);
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(nameIn);
    case 'in':
      return [condition.operand, ...condition.options].flatMap(nameIn);
    case 'function':
    default:
      return condition.args.flatMap(nameIn);
  }
}

/** Scan, parallel ones too. */
export const scan =
  (context: Context): Operation =>
  (input, call) => {
    refuseLegacy(input);
    const table = context.store.table(required(optionalString(input, 'TableName'), 'TableName'));
    note(context, call, 'Scan', table, optionalString(input, 'IndexName'));
    const source = readSource(table, input);
    const scope = Scope.of(input, ['FilterExpression', 'ProjectionExpression']);
    const request = readPageRequest(input, source, scope);
    scope.assertAllUsed();
    const segment = optionalNumber(input, 'Segment');
    const segments = optionalNumber(input, 'TotalSegments');
    if ((segment === undefined) !== (segments === undefined)) {
      throw validationError(`The ${segment === undefined ? 'Segment' : 'TotalSegments'} parameter is required but was not present in the request when the other one is present`);
    }
    if (segment !== undefined && segments !== undefined && (segment < 0 || segment >= segments || segments > MAX_SEGMENTS)) {
      throw validationError(`The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${segments}`);
    }
    const inSegment = (partition: string): boolean => segments === undefined || segmentOf(partition, segments) === segment;
    return takePage(source, scanFrom(source, readStart(input, source), inSegment), request);
  };

function* scanFrom({ items }: ReadSource, start: StartAfter | undefined, inSegment: (partition: string) => boolean): Generator<Entry> {
  for (const partition of items.scanOrder()) {
    const place = start ? compareScanOrder(partition, start.key.partition) : 1;
    if (place < 0 || !inSegment(partition)) continue;
    const entries = items.list(partition);
    yield* stretch(entries, [0, entries.length], true, place === 0 ? start : undefined);
  }
}
