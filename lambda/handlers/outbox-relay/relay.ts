import type { ConversationStore, EventPublisher, StoredOutboxEvent } from '../../domain/conversation/ports.ts';
import type { LazyObserver, Observer } from '../../runtime/observe.ts';

/** What Lambda sends for a DynamoDB stream, as far as it is read here. */
export interface TableStreamEvent {
  readonly Records: readonly {
    readonly eventName?: string;
    readonly dynamodb?: {
      readonly SequenceNumber?: string;
      readonly Keys?: Readonly<Record<string, { readonly S?: string }>>;
      readonly NewImage?: unknown;
    };
  }[];
}

/** Where Lambda shall start again: everything from the first of these on comes again. */
export interface StreamResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What the relay needs. */
export interface RelayDependencies {
  readonly publisher: EventPublisher;
  readonly store: Pick<ConversationStore, 'published'>;
  /** Reads an outbox item from a stream record's image; undefined for any other item. @throws Error for one that cannot be read */
  readonly read: (image: unknown) => StoredOutboxEvent | undefined;
  readonly observe: LazyObserver;
}

interface Waiting extends StoredOutboxEvent {
  readonly sequence: string;
}

/**
 * Publishes the outbox items of a batch, then deletes them. A crash between the two repeats the event, which consumers tell by
 * its id. When some were not taken, Lambda starts again at the first of those.
 * @throws Error when none of a batch was: Lambda starts again at its beginning, and counts an error, which is what the alarms on a
 * version see
 */
export async function relay(deps: RelayDependencies, event: TableStreamEvent): Promise<StreamResult> {
  const observer = await deps.observe();
  const waiting = event.Records.flatMap((record): Waiting[] => {
    if (record.eventName !== 'INSERT') return [];
    try {
      const found = deps.read(record.dynamodb?.NewImage);
      return found === undefined ? [] : [{ ...found, sequence: record.dynamodb?.SequenceNumber ?? '' }];
    } catch (error) {
      // It would never be readable: going on without it keeps the shard alive, and the item stays in the table.
      observer.error('An outbox item cannot be read', error);
      return [];
    }
  });
  if (waiting.length === 0) return { batchItemFailures: [] };
  const done = await publish(deps, waiting, observer).catch((error: unknown) => {
    observer.error('Events were not published', error, { count: waiting.length });
    return new Set<string>();
  });
  if (done.size === 0) throw new Error(`None of ${waiting.length} events was published and deleted; the log says why.`);
  const first = waiting.find(({ sequence }) => !done.has(sequence));
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.sequence }] };
}

/** Sequence numbers of items that were published and deleted. */
async function publish(deps: RelayDependencies, waiting: readonly Waiting[], observer: Observer): Promise<ReadonlySet<string>> {
  const taken = await deps.publisher.publish(waiting.map(({ event }) => event));
  const deleted = await Promise.allSettled(
    waiting
      .filter(({ event }) => taken.has(event.detail.eventId))
      .map(async ({ conversationId, event, sequence }) => {
        await deps.store.published(conversationId, event.detail.eventId);
        return sequence;
      }),
  );
  const kept = deleted.filter((result) => result.status === 'rejected');
  if (kept[0] !== undefined) observer.error('Events were published and not deleted: they will be published once more', kept[0].reason, { count: kept.length });
  return new Set(deleted.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}
