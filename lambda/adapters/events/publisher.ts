import { EVENT_SOURCE } from '../../contracts/events.ts';
import type { EventPublisher } from '../../domain/conversation/ports.ts';
import type { OutboxEvent } from '../../domain/conversation/types.ts';
import { DependencyUnavailable } from '../../domain/errors.ts';
import { unguarded, type Guard } from '../../domain/resilience/guard.ts';
import type { ClientOptions } from '../aws/client-options.ts';
import { jsonClient } from '../aws/json-client.ts';
import { JSON_SERVICES } from '../aws/json-service.ts';
import { inBatches } from './batches.ts';

/** Options of {@link eventBridgePublisher}. */
export interface PublisherOptions {
  readonly client: ClientOptions;
  readonly busName: string;
  /** Behind it the bus is called, once a batch. @default - none */
  readonly guard?: Guard;
}

/**
 * Publishes product events to EventBridge. What the bus refused is missing from the result. The first call that fails is the last
 * one, because a bus that hangs would take the caller's whole time, call by call; only when the bus finds fault with the content
 * of a call do the others follow, lest one event keep all later ones back. It throws only when nothing at all was taken.
 */
export function eventBridgePublisher(options: PublisherOptions): EventPublisher {
  const client = jsonClient(JSON_SERVICES.events, options.client);
  const { guard = unguarded } = options;
  return {
    async publish(events) {
      const taken = new Set<string>();
      let failure: unknown;
      for (const batch of inBatches(events.map((event) => ({ event, entry: toEntry(event, options.busName) })), ({ entry }) => entrySize(entry))) {
        try {
          const answer = await guard(() => client.call<PutEventsOutput>('PutEvents', { Entries: batch.map(({ entry }) => entry) }));
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

/** An event as PutEvents takes it. */
interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  /** Epoch seconds. */
  readonly Time: number;
}

/** Answer of PutEvents: one entry for each that was sent, in order. */
interface PutEventsOutput {
  readonly Entries?: readonly { readonly EventId?: string; readonly ErrorCode?: string }[];
}

const toEntry = ({ type, detail }: OutboxEvent, busName: string): Entry => ({
  EventBusName: busName,
  Source: EVENT_SOURCE,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Time: Date.parse(detail.at) / 1000,
});

/** Size of an entry as EventBridge counts it: source, detail-type and detail in UTF-8, 14 bytes for the time. */
const entrySize = ({ Source, DetailType, Detail }: Entry): number => 14 + Buffer.byteLength(Source + DetailType + Detail);
