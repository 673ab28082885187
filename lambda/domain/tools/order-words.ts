import type { OrderState, OrderStatus } from './order.ts';

/** What is said of orders in one language. `{…}` is filled in. */
interface OrderWords {
  readonly title: string;
  readonly states: Readonly<Record<OrderState, string>>;
  readonly updated: string;
  readonly placed: string;
  readonly expected: string;
  readonly delivered: string;
  readonly carrier: string;
  /** The same for an order that is not there and for somebody else's. */
  readonly noSuchOrder: string;
  readonly unavailable: string;
}

const ENGLISH: OrderWords = {
  title: 'Order',
  states: {
    received: 'received, not in preparation yet',
    processing: 'in preparation',
    shipped: 'shipped',
    'out-for-delivery': 'out for delivery',
    delivered: 'delivered',
    cancelled: 'cancelled',
    returned: 'returned',
  },
  updated: 'as of',
  placed: 'Placed on',
  expected: 'Expected on',
  delivered: 'Delivered on',
  carrier: 'Carrier:',
  noSuchOrder: 'There is no such order in your account:',
  unavailable: 'Orders cannot be looked up at the moment.',
};

const GERMAN: OrderWords = {
  title: 'Bestellung',
  states: {
    received: 'eingegangen, noch nicht in Bearbeitung',
    processing: 'in Bearbeitung',
    shipped: 'verschickt',
    'out-for-delivery': 'in Zustellung',
    delivered: 'zugestellt',
    cancelled: 'storniert',
    returned: 'zurückgeschickt',
  },
  updated: 'Stand',
  placed: 'Bestellt am',
  expected: 'Erwartet am',
  delivered: 'Zugestellt am',
  carrier: 'Versanddienst:',
  noSuchOrder: 'Diese Bestellung gibt es in Ihrem Konto nicht:',
  unavailable: 'Bestellungen können gerade nicht nachgesehen werden.',
};

const BY_LANGUAGE: Readonly<Record<string, OrderWords>> = { en: ENGLISH, de: GERMAN };

function wordsOf(locale: string): OrderWords {
  return BY_LANGUAGE[locale.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
}

/** Title of an order as a source: `Order OT-12345`. */
export function orderTitle(orderNumber: string, locale: string): string {
  return `${wordsOf(locale).title} ${orderNumber}`;
}

/** What is known of an order, always in the same form and order; days stay ISO 8601, which no reader takes for another day. */
export function orderText(order: OrderStatus, locale: string): string {
  const words = wordsOf(locale);
  const sentences = [
    `${orderTitle(order.orderNumber, locale)}: ${words.states[order.status]} (${words.updated} ${order.updatedOn}).`,
    ...(order.placedOn === undefined ? [] : [`${words.placed} ${order.placedOn}.`]),
    ...(order.expectedOn === undefined ? [] : [`${words.expected} ${order.expectedOn}.`]),
    ...(order.deliveredOn === undefined ? [] : [`${words.delivered} ${order.deliveredOn}.`]),
    ...(order.carrier === undefined ? [] : [`${words.carrier} ${order.carrier}.`]),
  ];
  return sentences.join(' ');
}

/** What is said when the subject has no such order. */
export function noSuchOrder(orderNumber: string, locale: string): string {
  return `${wordsOf(locale).noSuchOrder} ${orderNumber}.`;
}

/** What is said when the order system does not answer. */
export function ordersUnavailable(locale: string): string {
  return wordsOf(locale).unavailable;
}
