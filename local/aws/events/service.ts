import { randomUUID } from 'node:crypto';
import { busArn, queueArn } from '../arn.ts';
import { AwsError } from '../errors.ts';
import { constraint, isObject, member, optionalNumber, optionalObjects, optionalString, optionalStrings, required } from '../fields.ts';
import type { Operation, Service } from '../service.ts';
import type { BusDeclaration, Estate, JsonObject } from '../types.ts';
import type { Matcher } from './pattern.ts';
import { compilePattern } from './pattern.ts';

/** Entries of one PutEvents, and their bytes together. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/** What `Time` counts for in an entry's size. */
const TIME_BYTES = 14;

/** An event as a target receives it. */
export interface EventBridgeEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** Where an event goes, and by which rule. */
export interface EventDelivery {
  readonly targetArn: string;
  readonly targetId: string;
  readonly ruleName: string;
  readonly busName: string;
  readonly event: EventBridgeEvent;
}

interface Rule {
  readonly name: string;
  readonly matches: Matcher;
  readonly targets: readonly { readonly arn: string; readonly id: string }[];
}

/** EventBridge: buses live in memory, because they are declared at each start. */
export interface EventsService extends Service {
  /** Replaces a bus. @throws Error for a pattern that cannot be matched */
  declare(bus: BusDeclaration): void;
}

/** Makes the EventBridge service. @param deliver called once for each matching target, before PutEvents answers */
export function eventsService(estate: Estate, deliver: (delivery: EventDelivery) => void): EventsService {
  const buses = new Map<string, readonly Rule[]>([['default', []]]);

  const putEvents: Operation = (input, call) => {
    const entries = required(optionalObjects(input, 'Entries'), 'Entries');
    if (entries.length < 1 || entries.length > MAX_ENTRIES) {
      throw constraint(`[${entries.length} entries]`, 'Entries', `Member must have length between 1 and ${MAX_ENTRIES}`);
    }
    if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > MAX_BYTES) {
      throw new AwsError('ValidationException', `Total size of the entries in the request is over the limit of ${MAX_BYTES} bytes.`);
    }
    const results = entries.map((entry) => {
      const busName = (optionalString(entry, 'EventBusName') ?? 'default').replace(/^arn:.*event-bus\//, '');
      call.needs('events:PutEvents', busArn(estate, busName));
      const event = toEvent(estate, entry);
      if ('ErrorCode' in event) return event;
      const rules = buses.get(busName);
      if (!rules) return fault('InvalidArgument', `Parameter EventBusName is not valid. Reason: Event bus ${busName} does not exist.`);
      for (const { name, matches, targets } of rules) {
        if (!matches({ ...event })) continue;
        for (const { arn, id } of targets) deliver({ targetArn: arn, targetId: id, ruleName: name, busName, event });
      }
      return { EventId: event.id };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  const createEventBus: Operation = (input, call) => {
    const name = required(optionalString(input, 'Name'), 'Name');
    call.needs('events:CreateEventBus', busArn(estate, name));
    if (buses.has(name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    buses.set(name, []);
    return { EventBusArn: busArn(estate, name) };
  };

  return {
    operations: new Map<string, Operation>([
      ['PutEvents', putEvents],
      ['CreateEventBus', createEventBus],
    ]),
    declare: ({ name, rules = [] }) => {
      buses.set(
        name,
        rules.flatMap((rule) => (rule.eventPattern ? [{ name: rule.name, matches: compilePattern(rule.eventPattern), targets: rule.targets }] : [])),
      );
    },
  };
}

const fault = (code: string, message: string): { readonly ErrorCode: string; readonly ErrorMessage: string } => ({ ErrorCode: code, ErrorMessage: message });

function toEvent(estate: Estate, entry: JsonObject): EventBridgeEvent | ReturnType<typeof fault> {
  const source = optionalString(entry, 'Source');
  const detailType = optionalString(entry, 'DetailType');
  const text = optionalString(entry, 'Detail');
  for (const [name, value] of [['Source', source], ['DetailType', detailType], ['Detail', text]] as const) {
    if (value === undefined || value === '') return fault('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  if (source?.startsWith('aws.')) return fault('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parsed(text ?? '');
  if (!detail) return fault('MalformedDetail', 'Detail is malformed.');
  const time = new Date((optionalNumber(entry, 'Time') ?? estate.now() / 1000) * 1000);
  if (Number.isNaN(time.getTime())) return fault('InvalidArgument', 'Parameter Time is not valid. Reason: it is no date.');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType ?? '',
    source: source ?? '',
    account: estate.accountId,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: estate.region,
    resources: optionalStrings(entry, 'Resources') ?? [],
    detail,
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function entryBytes(entry: JsonObject): number {
  const texts = ['Source', 'DetailType', 'Detail'].map((name) => optionalString(entry, name) ?? '');
  const bytes = [...texts, ...(optionalStrings(entry, 'Resources') ?? [])].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (member(entry, 'Time') === undefined ? 0 : TIME_BYTES);
}

/** Name of the queue when a target is one of this account's. */
export const queueOfTarget = (estate: Estate, arn: string): string | undefined => {
  const name = arn.split(':').at(-1) ?? '';
  return arn === queueArn(estate, name) ? name : undefined;
};
