import * as z from 'zod/mini';
import type { SubjectId } from '../conversation/types.ts';
import { DependencyUnavailable } from '../errors.ts';

/** How far an order is. */
export const ORDER_STATES = ['received', 'processing', 'shipped', 'out-for-delivery', 'delivered', 'cancelled', 'returned'] as const;
/** How far an order is. */
export type OrderState = (typeof ORDER_STATES)[number];

/** A day: ISO 8601, with the years that an order can have. */
const Day = z.iso.date().check(z.regex(/^20\d\d-/));

/**
 * A carrier's name: Latin letters, at most three digits, blanks and `&` `'` `-`. No dot, so that it can be no link; no more
 * digits, so that it can be no phone number.
 */
const Carrier = z.string().check(z.regex(/^(?!(?:\D*\d){4})[\p{Script=Latin}\d][\p{Script=Latin}\d &'-]{0,39}$/u));

/** An order as the order system tells it. More members than these are passed over. */
const Order = z.object({
  orderNumber: z.string().check(z.maxLength(40)),
  owner: z.string().check(z.maxLength(128)),
  status: z.enum(ORDER_STATES),
  updatedOn: Day,
  placedOn: z.optional(Day),
  expectedOn: z.optional(Day),
  deliveredOn: z.optional(Day),
  carrier: z.optional(Carrier),
});

/** Status of an order. Days are ISO 8601 (`2026-11-08`). */
export interface OrderStatus {
  readonly orderNumber: string;
  /** Whose order it is; compared with the conversation's subject, whatever the order system checked itself. */
  readonly owner: SubjectId;
  readonly status: OrderState;
  /** When the status was last changed. */
  readonly updatedOn: string;
  readonly placedOn?: string | undefined;
  /** When it should arrive. */
  readonly expectedOn?: string | undefined;
  readonly deliveredOn?: string | undefined;
  /** 1-40 letters of a name. */
  readonly carrier?: string | undefined;
}

/** Asks for an order. */
export interface OrderQuery {
  readonly orderNumber: string;
  /** Who asks: the order system must answer for this subject's own orders only. */
  readonly subject: SubjectId;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** The order system behind its read port. */
export interface OrderReader {
  /** Undefined when the subject has no such order. @throws DependencyUnavailable when it does not answer in time, refuses, or answers nonsense */
  find(query: OrderQuery): Promise<OrderStatus | undefined>;
}

/**
 * The order in what an order system answered: text from outside, of which only what fits the schema gets any further.
 * @throws DependencyUnavailable when it is no order, or another one than was asked for; the message shows nothing of it
 */
export function orderFrom(answer: unknown, orderNumber: string): OrderStatus {
  const parsed = Order.safeParse(answer);
  if (!parsed.success) throw new DependencyUnavailable(`The order system’s answer does not fit its contract: ${parsed.error.issues.map(({ path }) => path.join('.') || 'no object').join(', ')}.`);
  if (plainNumber(parsed.data.orderNumber) !== plainNumber(orderNumber)) throw new DependencyUnavailable('The order system answered with another order than was asked for.');
  // As it was asked for: nothing of how the order system writes it is shown.
  return { ...parsed.data, orderNumber };
}

/** An order number without what people write differently: case and hyphens. */
export function plainNumber(orderNumber: string): string {
  return orderNumber.replaceAll('-', '').toUpperCase();
}
