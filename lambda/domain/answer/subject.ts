import { termsOf } from '../knowledge/terms.ts';

/** Words for one thing, which a model swaps. */
const SAME = new Map([['ship', 'deliver'], ['shipment', 'deliver'], ['dispatch', 'deliver'], ['postage', 'deliver'], ['reimburse', 'refund'], ['repay', 'refund'], ['repaid', 'refund']]);
/** German words that say nothing by themselves; the English ones are no terms at all. */
const SMALL = new Set('der die das den dem des ein eine einen einem einer eines und oder sie ihr ihre ihren ihrem ihrer ihnen wir uns unser unsere unseren es er ist sind wird werden kann konnen darf durfen muss mussen haben hat hatte bei beim von vom fur mit auf aus am zum zur nach nur auch noch innerhalb uber unter ihn ja leider wurde wurden sich selbst ab bis'.split(' '));
/** What any sentence of a shop may speak of. */
const ANYTHING = new Set('order item parcel product customer article artikel bestellung bestellungen paket produkt produkte kunde kunden short simply yes unfortunate charge fee cost'.split(' '));

/** Terms that say what a text is about: no figures, and one term for what is one thing. */
export function subjectOf(text: string): string[] {
  return [...new Set(termsOf(text).filter((term) => !/\d/.test(term)).map((term) => SAME.get(term) ?? term))];
}

/** Those of {@link subjectOf} that are more than small words; in order. */
export function contentOf(text: string): string[] {
  return subjectOf(text).filter((term) => !SMALL.has(term));
}

/** Those of {@link contentOf} that tell one thing of a shop from another. */
export function tellingOf(text: string): string[] {
  return contentOf(text).filter((term) => !ANYTHING.has(term));
}
