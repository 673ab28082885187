import type { OrderSettings } from '../../../lambda/contracts/settings.ts';
import type { OrderQuery, OrderReader, OrderStatus } from '../../../lambda/domain/tools/order.ts';
import type { ConversationRights } from '../../../lambda/domain/tools/types.ts';

/** Settings of an invented order system. */
export const ORDER_SETTINGS: OrderSettings = { baseUrl: 'https://orders.shop.example/api', orderNumberPattern: '^[A-Z]{2}-?[0-9]{5,10}$', useCases: ['order-status'] };

/** The customer that {@link ORDER} belongs to. */
export const OWNER: ConversationRights = { subject: 'subject-one', identified: true };

/** An order of {@link OWNER}. */
export const ORDER: OrderStatus = { orderNumber: 'OT-12345', owner: OWNER.subject, status: 'shipped', updatedOn: '2026-11-06', placedOn: '2026-11-02', expectedOn: '2026-11-09', carrier: 'Northway Parcel' };

/** A reader that gives what it is told to, whatever that is; it keeps what it was asked. */
export function fakeOrders(answer: (query: OrderQuery) => unknown = () => ORDER): OrderReader & { readonly asked: OrderQuery[] } {
  const asked: OrderQuery[] = [];
  return {
    asked,
    find: async (query) => {
      asked.push(query);
      // A hostile order system keeps to no type.
      return (await answer(query)) as OrderStatus | undefined;
    },
  };
}
