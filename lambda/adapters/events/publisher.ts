import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '../../contracts/events.ts';
import type { EventPublisher } from '../../domain/conversation/ports.ts';
import type { OutboxEvent } from '../../domain/conversation/types.ts';
import { DependencyUnavailable } from '../../domain/errors.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { inBatches } from './batches.ts';

/** Options of {@link eventBridgePublisher}. */
export interface PublisherOptions {
  readonly client: ClientOptions;
  readonly busName: string;
}

/**
 * Publishes product events to EventBridge. What the bus refused is missing from the result. The first call that fails is the last
 * one, because a bus that hangs would take the caller's whole time, call by call; only when the bus finds fault with the content
 * of a call do the others follow, lest one event keep all later ones back. It throws only when nothing at all was taken.
 */
export function eventBridgePublisher(options: PublisherOptions): EventPublisher {
  const client = new EventBridgeClient(options.client);
  return {
    async publish(events) {
      const taken = new Set<string>();
      let failure: unknown;
      for (const batch of inBatches(events.map((event) => ({ event, entry: toEntry(event, options.busName) })), ({ entry }) => entrySize(entry))) {
        try {
          const answer = await client.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
          batch.forEach(({ event }, index) => {
            const result = answer.Entries?.[index];
            if (result?.EventId !== undefined && result.ErrorCode === undefined) taken.add(event.detail.eventId);
            else failure ??= new Error(`The bus refused ${event.detail.eventId}: ${result?.ErrorCode ?? 'no answer for it'}.`);
          });
        } catch (error) {
          failure = error;
          if (!(error instanceof Error && error.name === 'ValidationException')) break;
        }
      }
      if (taken.size === 0 && failure !== undefined) {
        throw new DependencyUnavailable(`The event bus took none of ${events.length} events: ${failure instanceof Error ? failure.name : 'unknown error'}.`, { cause: failure });
      }
      return taken;
    },
  };
}

const toEntry = ({ type, detail }: OutboxEvent, busName: string): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: EVENT_SOURCE,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Time: new Date(detail.at),
});

/** Size of an entry as EventBridge counts it: source, detail-type and detail in UTF-8, 14 bytes for the time. */
const entrySize = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number => 14 + Buffer.byteLength(Source + DetailType + Detail);
