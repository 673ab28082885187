import { AwsError } from '../errors.ts';
import { optionalNumber, optionalString, optionalStrings } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import { invalidValue, missingParameter, notInFlight } from './errors.ts';
import { attributesMd5, md5, readReceipt, receiptOf, systemAttributes } from './messages.ts';
import { attemptEntry, batchEntries, failedEntry } from './send.ts';
import type { Message, Queue, QueueStore } from './store.ts';

const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;

function inRange(input: JsonObject, name: string, low: number, high: number): number | undefined {
  const value = optionalNumber(input, name);
  if (value !== undefined && (value < low || value > high)) {
    throw invalidValue(`Value ${value} for parameter ${name} is invalid. Reason: Must be >= ${low} and <= ${high}, if provided.`);
  }
  return value;
}

/** Names that a request asks for; `All`, `.*` and `prefix.*` are patterns. */
const asked = (names: readonly string[], name: string): boolean =>
  names.some((each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))));

function received(message: Message, input: JsonObject): JsonObject {
  const systemNames = [...(optionalStrings(input, 'MessageSystemAttributeNames') ?? []), ...(optionalStrings(input, 'AttributeNames') ?? [])];
  const names = optionalStrings(input, 'MessageAttributeNames') ?? [];
  const system = Object.entries(systemAttributes(message)).filter(([name]) => asked(systemNames, name));
  const own = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => asked(names, name)));
  const digest = attributesMd5(own);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptOf(message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest !== undefined && { MessageAttributes: own, MD5OfMessageAttributes: digest }),
  };
}

/** ReceiveMessage, with long polling. @throws AwsError */
export async function receiveMessage(store: QueueStore, queue: Queue, input: JsonObject, now: () => number, signal: AbortSignal): Promise<JsonObject> {
  const max = inRange(input, 'MaxNumberOfMessages', 1, MAX_MESSAGES) ?? 1;
  const wait = inRange(input, 'WaitTimeSeconds', 0, MAX_WAIT_SECONDS) ?? 0;
  const visibility = inRange(input, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
  const until = now() + wait * 1000;
  for (;;) {
    const messages = signal.aborted ? [] : store.receive(queue, max, visibility);
    if (messages.length > 0) return { Messages: messages.map((message) => received(message, input)) };
    const left = until - now();
    if (left <= 0 || signal.aborted) return {};
    await nextChance(store, queue, left, now, signal);
  }
}

/** Waits for a new message, for a hidden one to come back, for the end of the poll, or for the client to leave. */
async function nextChance(store: QueueStore, queue: Queue, left: number, now: () => number, signal: AbortSignal): Promise<void> {
  const at = now();
  let soonest = left;
  for (const { visibleAt } of queue.messages.values()) if (visibleAt > at) soonest = Math.min(soonest, visibleAt - at);
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      unlisten();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, soonest);
    const unlisten = store.onChange(queue.declaration.queueName, finish);
    signal.addEventListener('abort', finish);
  });
}

function receiptIn(input: JsonObject): string {
  const handle = optionalString(input, 'ReceiptHandle');
  if (handle === undefined) throw missingParameter('ReceiptHandle');
  return handle;
}

/** DeleteMessage. A handle that a later receive made stale deletes nothing, and is no error. @throws AwsError */
export function deleteMessage(store: QueueStore, queue: Queue, input: JsonObject): void {
  const { id, receiveCount } = readReceipt(receiptIn(input));
  if (queue.messages.get(id)?.receiveCount === receiveCount) store.remove(queue, [id]);
}

/** ChangeMessageVisibility. @throws AwsError */
export function changeVisibility(store: QueueStore, queue: Queue, input: JsonObject, now: number): void {
  const { id, receiveCount } = readReceipt(receiptIn(input));
  const seconds = inRange(input, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  const message = queue.messages.get(id);
  if (!message) throw invalidValue(`Value ${receiptIn(input)} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`);
  if (message.receiveCount !== receiveCount || message.visibleAt <= now) throw notInFlight();
  store.hideUntil(queue, message, now + seconds * 1000);
}

/** Runs a batch of entries that answer nothing but success. @throws AwsError for the batch as a whole */
export function eachEntry(input: JsonObject, run: (entry: JsonObject) => void): JsonObject {
  const outcomes = batchEntries(input).map(({ id, entry }) => ({ id, error: attemptEntry(() => run(entry)) }));
  return {
    Successful: outcomes.filter(({ error }) => !(error instanceof AwsError)).map(({ id }) => ({ Id: id })),
    Failed: outcomes.flatMap(({ id, error }) => (error instanceof AwsError ? [failedEntry(id, error)] : [])),
  };
}
