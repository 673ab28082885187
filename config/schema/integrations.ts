import * as z from 'zod';
import { option, text } from './option.ts';

/** Characters and classes with bounded counts, and nothing else: no such expression takes long, on any text. */
const BOUNDED = /^\^(?:(?:[A-Z0-9-]|\[(?:A-Z|0-9|A-Z0-9)\])(?:\?|\{\d{1,2}(?:,\d{1,2})?\})?){1,12}\$$/;

const OrderNumberPattern = text(BOUNDED, 'an expression such as ^[A-Z]{2}-?[0-9]{5,10}$: capital letters, digits, hyphens, [A-Z], [0-9] and [A-Z0-9], each with ?, {n} or {n,m}')
  .refine(compiles, 'has a count whose second number is the smaller one')
  .refine((pattern) => /\[0-9\](?!\?|\{0)/.test(pattern), 'must demand a digit: an ordinary word would be taken for an order number');

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

/** Systems of the platform that the bot reads. */
export const Integrations = z.strictObject({
  orders: option(
    z.strictObject({
      baseUrl: option(z.url({ protocol: /^https$/ }).max(200).regex(/^https:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/, 'must have no user name, query or fragment').meta({ allowed: 'a URL that begins with https://, without query' }), {
        description: 'URL before `/orders/{number}` of the order system.',
      }),
      vendorCredential: option(text(/^[a-z][a-z0-9-]{1,39}$/, 'a name that stands in `vendorCredentials`'), { description: 'Name of the secret that holds its key.' }),
      orderNumberPattern: option(OrderNumberPattern.default('^[A-Z]{2}-?[0-9]{5,10}$'), {
        description: 'What an order number looks like, whole and in capital letters.',
        mend: 'Write it from characters and classes with bounded counts, between ^ and $.',
      }),
    }).optional(),
    { description: 'Order system: signed-in customers get the status of their own orders. Without it such questions get the articles.' },
  ),
});
