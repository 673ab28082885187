import type { NormalisedText } from './types.ts';

/** Characters before a number that are looked at for what it is. */
const REACH = 32;

/** What is no personal data: parcels, goods, versions. */
const GOODS = /\b(?:tracking|parcel|package|shipment|consignment|sendung\w{0,12}|paket\w{0,12}|ean|gtin|upc|isbn|imei|barcode|serial|serien\w{0,12}|sku|article|artikel\w{0,12}|item|model|modell|version|build|firmware|release)\b/;
/** What people quote to be helped: none of it is theirs alone. */
const BUSINESS = /\b(?:order|orders|invoice|ticket|case|reference|ref|request|booking|receipt|voucher|coupon|bestell\w{0,12}|rechnung\w{0,12}|auftrag\w{0,12}|vorgang\w{0,12}|trace|request id)\b/;
/** What outweighs both. */
const PERSONAL = /\b(?:card|visa|mastercard|amex|maestro|karte|kreditkarte|phone|mobile|cell|call|tel|telefon|handy|iban|ssn|social)\b/;
const MONEY_BEFORE = /(?:[$€£¥]|\b(?:eur|usd|gbp|chf))[ ]?$/;
const MONEY_AFTER = /^[ ]?(?:[$€£¥%]|(?:eur|usd|gbp|chf|euro|euros|dollars|pounds)\b)/;

/** What a number stands beside. */
export interface Surroundings {
  /** A parcel, an article, a version: never a person's number. */
  readonly goods: boolean;
  /** An order, an invoice, a case: only a number of unmistakable form is a person's. */
  readonly business: boolean;
  readonly money: boolean;
}

/** What the text right before (and after) a stretch says about it. */
export function surroundings({ lower }: NormalisedText, start: number, end: number): Surroundings {
  const before = lower.slice(Math.max(0, start - REACH), start);
  // What was said in the sentence before is about something else.
  const clause = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('? '), before.lastIndexOf('! '), before.lastIndexOf(';')) + 1);
  const personal = PERSONAL.test(clause);
  return {
    goods: !personal && GOODS.test(clause),
    business: !personal && BUSINESS.test(clause),
    money: MONEY_BEFORE.test(before) || MONEY_AFTER.test(lower.slice(end, end + 9)),
  };
}
