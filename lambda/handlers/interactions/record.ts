import { EVENT_SOURCE, type ProductEvent, type ProductEventType } from '../../contracts/events.ts';
import { recordInteraction } from '../../domain/interactions/record.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

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
};

/** Records a product event: its metrics, and one log line. An event of a later release, which this one does not know, is only noted. */
export async function recordEvent(observe: LazyObserver, event: BusEvent): Promise<void> {
  const observer = await observe();
  const product = { type: event['detail-type'], detail: event.detail };
  if (event.source !== EVENT_SOURCE || !isProductEvent(product)) {
    observer.warn('An event was not recognised', { eventType: event['detail-type'].slice(0, 100) });
    return;
  }
  const { metrics, record } = recordInteraction(product);
  for (const sample of metrics) observer.metric(sample);
  observer.info('interaction', { record });
}

/** Only our own functions may put events of our source on the bus, so the detail is taken as its type says. */
const isProductEvent = (event: object): event is ProductEvent => {
  const detail: unknown = Reflect.get(event, 'detail');
  return Object.hasOwn(TYPES, String(Reflect.get(event, 'type'))) && typeof detail === 'object' && detail !== null;
};
