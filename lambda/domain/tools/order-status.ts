import * as z from 'zod/mini';
import type { OrderSettings } from '../../contracts/settings.ts';
import type { Passage } from '../knowledge/types.ts';
import type { OrderNumbers } from './order-number.ts';
import { orderNumbers } from './order-number.ts';
import { orderFrom, type OrderReader, type OrderStatus } from './order.ts';
import { noSuchOrder, ordersUnavailable, orderText, orderTitle } from './order-words.ts';
import type { Tool } from './toolbox.ts';
import type { ConversationRights, ToolResult } from './types.ts';

/** Name of the one tool there is. */
export const ORDER_STATUS_TOOL = 'get_order_status';

/** Input of the tool; the order number's shape is checked beside it, as config says. */
export const OrderStatusInput = z.strictObject({ orderNumber: z.string().check(z.minLength(1), z.maxLength(40)) });

/** What the tool is made of. */
export interface OrderStatusOptions {
  readonly orders: OrderReader;
  readonly settings: OrderSettings;
  /** Locale of the conversation (BCP 47): results are written in it. */
  readonly locale: string;
}

/** Looks up the status of one order, for the conversation's own subject. Reads, and changes nothing. */
export function orderStatusTool({ orders, settings, locale }: OrderStatusOptions): Tool {
  const numbers: OrderNumbers = orderNumbers(settings);
  return {
    spec: {
      name: ORDER_STATUS_TOOL,
      description: `Looks up the status of one order of the signed-in customer: how far it is, its dates and its carrier. Use it when the customer asks about one order and wrote its number (pattern ${settings.orderNumberPattern}). It reads and cannot change anything.`,
      inputSchema: {
        type: 'object',
        properties: { orderNumber: { type: 'string', minLength: 1, maxLength: 40 } },
        required: ['orderNumber'],
        additionalProperties: false,
      },
    },
    use(input, rights, signal) {
      const parsed = OrderStatusInput.safeParse(input);
      const orderNumber = parsed.success ? numbers.read(parsed.data.orderNumber) : undefined;
      return orderNumber === undefined ? undefined : lookUp(orderNumber, rights, signal);
    },
  };

  async function lookUp(orderNumber: string, { subject }: ConversationRights, signal: AbortSignal): Promise<ToolResult> {
    let order: OrderStatus | undefined;
    try {
      const found = await orders.find({ orderNumber, subject, signal });
      // Checked again here, whatever adapter stands behind the port.
      order = found === undefined ? undefined : orderFrom(found, orderNumber);
    } catch {
      return { result: ordersUnavailable(locale), called: true };
    }
    // Somebody else's order and one that does not exist get the same words: nobody learns which numbers exist.
    if (order?.owner !== subject) return { result: noSuchOrder(orderNumber, locale), called: true, nothing: true };
    const evidence = evidenceOf(order, settings.useCases[0] ?? 'none', locale);
    return { result: evidence.text, called: true, evidence };
  }
}

function evidenceOf(order: OrderStatus, useCase: string, locale: string): Passage {
  const articleId = `order-${order.orderNumber}`;
  return { id: `${articleId}#1`, articleId, title: orderTitle(order.orderNumber, locale), section: '', useCase, locale, date: order.updatedOn, text: orderText(order, locale) };
}
