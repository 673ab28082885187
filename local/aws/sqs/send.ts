import { AwsError } from '../errors.ts';
import { optionalObjects, optionalString } from '../fields.ts';
import type { JsonObject } from '../types.ts';
import { badEntryId, batchTooLong, emptyBatch, idsNotDistinct, missingParameter, tooManyEntries } from './errors.ts';
import { MAX_BYTES, attributesMd5, draftOf, md5 } from './messages.ts';
import type { Message, Queue, QueueStore } from './store.ts';

/** Entries of one batch. */
const MAX_ENTRIES = 10;

const receiptFor = (message: Message, entry?: string): JsonObject => {
  const attributes = attributesMd5(message.attributes);
  return { ...(entry !== undefined && { Id: entry }), MessageId: message.id, MD5OfMessageBody: md5(message.body), ...(attributes !== undefined && { MD5OfMessageAttributes: attributes }) };
};

/** SendMessage. @throws AwsError */
export function sendMessage(store: QueueStore, queue: Queue, input: JsonObject, senderId: string): JsonObject {
  return receiptFor(store.send(queue, [draftOf(input)], senderId)[0]!);
}

/** The entries of a batch request, with distinct ids. @throws AwsError as SQS does for the batch as a whole */
export function batchEntries(input: JsonObject): readonly { readonly id: string; readonly entry: JsonObject }[] {
  const entries = optionalObjects(input, 'Entries');
  if (!entries) throw missingParameter('Entries');
  if (entries.length === 0) throw emptyBatch();
  if (entries.length > MAX_ENTRIES) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  return entries.map((entry) => {
    const id = optionalString(entry, 'Id') ?? '';
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw badEntryId();
    if (seen.has(id)) throw idsNotDistinct(id);
    seen.add(id);
    return { id, entry };
  });
}

/** An entry's failure, as batches report it. */
export const failedEntry = (id: string, error: AwsError): JsonObject => ({
  Id: id,
  SenderFault: true,
  Code: typeof error.fields['queryErrorCode'] === 'string' ? error.fields['queryErrorCode'] : error.code,
  Message: error.message,
});

/** Runs one entry; an AwsError becomes the entry's failure. */
export function attemptEntry<T>(run: () => T): T | AwsError {
  try {
    return run();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** SendMessageBatch: good entries are sent, bad ones reported. @throws AwsError for the batch as a whole */
export function sendMessageBatch(store: QueueStore, queue: Queue, input: JsonObject, senderId: string): JsonObject {
  const outcomes = batchEntries(input).map(({ id, entry }) => ({ id, draft: attemptEntry(() => draftOf(entry)) }));
  const good = outcomes.flatMap(({ id, draft }) => (draft instanceof AwsError ? [] : [{ id, draft }]));
  if (good.reduce((sum, { draft }) => sum + draft.bytes, 0) > MAX_BYTES) throw batchTooLong(MAX_BYTES);
  const sent = good.length > 0 ? store.send(queue, good.map(({ draft }) => draft), senderId) : [];
  return {
    Successful: sent.map((message, i) => receiptFor(message, good[i]?.id)),
    Failed: outcomes.flatMap(({ id, draft }) => (draft instanceof AwsError ? [failedEntry(id, draft)] : [])),
  };
}
