import type { OrderSettings } from '../../contracts/settings.ts';
import { plainNumber } from './order.ts';

/** Longest run of characters that may be an order number. */
const LONGEST = 40;
/** Letters and digits, with hyphens of any kind between them. */
const WORDS = /[\p{L}\p{N}\p{Cf}]+(?:\p{Pd}[\p{L}\p{N}\p{Cf}]+)*/gu;

/** Finds and checks order numbers of one shape. */
export interface OrderNumbers {
  /** The number as it is asked for: upper case, plain hyphens; undefined for anything of another shape. */
  read(text: string): string | undefined;
  /** The one order number in a text; undefined when there is none, or several. */
  only(text: string): string | undefined;
  /** The text without its order numbers. */
  without(text: string): string;
}

/** Order numbers of the configured shape: the pattern is data of the operator's, and only ever meets words of bounded length. */
export function orderNumbers({ orderNumberPattern }: Pick<OrderSettings, 'orderNumberPattern'>): OrderNumbers {
  const shape = new RegExp(orderNumberPattern);
  const read = (text: string): string | undefined => {
    if (text.length > LONGEST) return undefined;
    const number = canonical(text);
    return shape.test(number) ? number : undefined;
  };
  const only = (text: string): string | undefined => {
    const found = new Map<string, string>();
    for (const [word] of text.matchAll(WORDS)) {
      const number = read(word);
      if (number !== undefined) found.set(plainNumber(number), number);
    }
    return found.size === 1 ? [...found.values()][0] : undefined;
  };
  return { read, only, without: (text) => text.replace(WORDS, (word) => (read(word) === undefined ? word : '')) };
}

/**
 * What articles are looked for with: an order number stands in no article, and as a word that nobody knows it would make every question
 * that holds one a question about something else. The text as it is where no order system is configured.
 */
export function withoutOrderNumbers(text: string, settings: OrderSettings | undefined): string {
  return settings === undefined ? text : orderNumbers(settings).without(text);
}

function canonical(text: string): string {
  return text.normalize('NFKC').replace(/\p{Pd}/gu, '-').replace(/\p{Cf}/gu, '').toUpperCase();
}
