import { EVENT_SOURCE, type ProductEvent, type ProductEventType } from '../../contracts/events.ts';
import { recordInteraction } from '../../domain/interactions/record.ts';
import type { RecentEvents } from '../../domain/interactions/recent-events.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What recording needs. */
export interface RecordDependencies {
  readonly observe: LazyObserver;
  readonly recent: RecentEvents;
}

/** What EventBridge sends, as far as it is read here. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

const TYPES: Readonly<Record<ProductEventType, true>> = {
  'conversation.started': true,
  'turn.answered': true,
  'turn.failed': true,
  'feedback.given': true,
  'conversation.closed': true,
  'pseudonym.revealed': true,
};

/**
 * Records a product event: its metrics, and one log line. One that was recorded lately is a repeated delivery, and counts once. An
 * event of a later release, which this one does not know, is only noted.
 */
export async function recordEvent({ observe, recent }: RecordDependencies, event: BusEvent): Promise<void> {
  const observer = await observe();
  const product = { type: event['detail-type'], detail: event.detail };
  if (event.source !== EVENT_SOURCE || !isProductEvent(product)) {
    observer.warn('An event was not recognised', { eventType: event['detail-type'].slice(0, 100) });
    return;
  }
  if (recent.has(product.detail.eventId)) return;
  const { metrics, record } = recordInteraction(product);
  for (const sample of metrics) observer.metric(sample);
  observer.info('interaction', { record });
  recent.add(product.detail.eventId);
}

/** Only our own functions may put events of our source on the bus, so the detail is taken as its type says. */
const isProductEvent = (event: object): event is ProductEvent => {
  const detail: unknown = Reflect.get(event, 'detail');
  return Object.hasOwn(TYPES, String(Reflect.get(event, 'type'))) && typeof detail === 'object' && detail !== null;
};
