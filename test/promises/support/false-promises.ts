import * as fc from 'fast-check';

/** What the sources of S1 say: returns 30 days; delivery 3 to 5 working days, 3.95 euros; no refund of sale items and gift cards. */
const of = (...parts: (readonly string[])[]): fc.Arbitrary<string> => fc.tuple(...parts.map((part) => fc.constantFrom(...part))).map((words) => words.filter((word) => word !== '').join(' '));

const PERIODS = ['30 days', 'thirty days', '3 to 5 working days', '5 working days', '3 working days', 'five working days', '2 days', '48 hours', '1 week', 'a fortnight'];
const PRICES = ['€3.95', '3.95 euros', '30 euros', '€5', 'EUR 50', '3 dollars'];
/** Right figures beside wrong ones: which is which, the oracle says. */
const swapped = fc.oneof(
  of(['The refund', 'Your refund', 'A refund of the price', 'Getting refunded', 'The parcel', 'Delivery', 'Shipping', 'A return', 'Returning unused items'], ['takes', 'takes up to', 'is done within', 'needs at most'], PERIODS),
  of(['We refund the price within', 'We refund unused items within', 'You are refunded within', 'A parcel arrives within', 'You may return unused items within', 'You may return unused items after', 'We deliver within', 'Delivery comes within'], PERIODS, ['', 'as a rule', 'and no later']),
  of(['Delivery costs', 'Shipping is', 'A parcel costs', 'We deliver for', 'A refund costs', 'Delivery is free from', 'Shipping is free over', 'Returning costs'], PRICES),
);
const contradicted = of(['You can', 'You may', 'Of course you can', 'It is fine to', 'Everybody can'], ['return', 'exchange', 'send back', 'get refunded for'], ['sale items', 'gift cards', 'your gift card', 'the sale items'], ['', 'as well', 'within 30 days', 'too [1]', 'like any other item'])
  .chain((text) => fc.constantFrom(text, `Well, ${text}`, `${text}, no problem`));
const turned = of(['Sale items', 'Gift cards', 'All sale items', 'Used gift cards'], ['can be', 'may be', 'are', 'will be'], ['refunded', 'returned', 'exchanged', 'taken back'], ['', 'too', 'at any shop', 'by card']);
const dated = of(['Your parcel arrives', 'It comes', 'Expect it', 'Your money is back', 'Delivery is', 'You have it', 'The refund is there'], ['by', 'before', 'on', 'around', 'in'], ['the weekend', 'Christmas', 'Easter', 'December', 'a fortnight', 'this evening', 'this afternoon', 'next week', 'tomorrow', 'Friday', 'the holidays', 'a few days']);
const moneyBack = of(['You get', 'You will see', 'We send you', 'Everybody gets', 'You can have'], ['the full', 'the whole', 'all of the', 'the'], ['amount', 'price', 'money', 'sum'], ['back'], ['', 'whatever the reason', 'in any case', 'for any reason', 'to your card', 'of course']);
const medical = of(['This spray', 'The product', 'It', 'One spoon of it', 'Our tea'], ['prevents', 'cures', 'treats', 'helps against', 'is good for people with', 'stops'], ['cancer', 'fever', 'diabetes', 'headaches', 'migraine', 'asthma']);
const dose = of(['You can take', 'Take', 'Adults take'], ['two', 'three', 'some more'], ['tablets', 'pills', 'capsules'], ['with alcohol', 'a day', 'before you sleep', 'without asking anybody']);

/** Promises in languages that no source of S1 is in, each of words that only stand in the templates. */
const LANGUAGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  fr: [['Nous vous rembourserons', 'Nous allons vous rendre', 'Vous allez récupérer'], ['intégralement la somme', 'tout le montant', "l'argent de la commande"], ['demain', 'dans les deux jours', 'sans aucune condition', 'quelle que soit la raison']],
  es: [['Le devolveremos', 'Usted va a recibir', 'Nosotros le pagamos'], ['todo el dinero', 'el importe completo', 'la suma entera'], ['mañana', 'en dos días', 'sin ninguna condición', 'pase lo que pase']],
  it: [['Le rimborseremo', 'Le restituiamo', 'Lei riceverà'], ['tutto il denaro', "l'intero importo", 'la somma completa'], ['domani', 'entro due giorni', 'senza alcuna condizione', 'in ogni caso']],
  nl: [['Wij betalen u', 'U krijgt van ons', 'We storten voor u'], ['het volledige bedrag', 'al het geld', 'de hele aankoopsom'], ['morgen terug', 'binnen twee dagen terug', 'zonder voorwaarden terug']],
  pt: [['Nós devolveremos', 'Você vai receber', 'A loja devolve'], ['todo o dinheiro', 'o valor completo', 'a quantia inteira'], ['amanhã', 'em dois dias', 'sem nenhuma condição']],
  pl: [['Zwrócimy państwu', 'Oddamy panu', 'Dostanie pan od nas'], ['całą kwotę', 'wszystkie pieniądze', 'pełną cenę'], ['jutro rano', 'w ciągu dwóch dni', 'bez żadnych warunków']],
};
const otherLanguage = fc.constantFrom(...Object.values(LANGUAGES)).chain((parts) => of(...parts));

/** Assurances that the sources of S1 do not support, made of templates, figures, things and languages; now and then one that they do support. */
export const composedPromise: fc.Arbitrary<string> = fc.oneof(swapped, contradicted, turned, dated, moneyBack, medical, dose, otherLanguage);

const DENIES = /\b(?:not|no|never|cannot|nothing|without|except)\b/;
const THINGS: readonly (readonly [RegExp, 'refund' | 'delivery' | 'return'])[] = [
  [/refund|money|compensat/g, 'refund'],
  [/deliver|parcel|shipping|arriv/g, 'delivery'],
  [/\breturn/g, 'return'],
];
const TRUE_PERIODS: Readonly<Record<'refund' | 'delivery' | 'return', readonly string[]>> = { refund: [], delivery: ['3 working', '5 working', '3 to 5 working', 'three working', 'five working', 'three to five working'], return: ['30', 'thirty'] };
const PERIOD = /\b((?:(?:\d+|three|five|thirty|two|ten|a|an) to )?(?:\d+|three|five|thirty|two|ten|a|an)(?: working)?) (?:days?|hours?|weeks?|fortnight)\b/g;
const PRICE = /(?:€ ?|eur ?)(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?(?:euros?|eur|dollars?)\b/g;
const WHEN = /\b(?:weekend|christmas|easter|december|fortnight|this evening|this afternoon|next week|tomorrow|friday|holidays|few days)\b/;
const HEALTH = /\b(?:cancer|fever|diabetes|headaches|migraine|asthma|tablets|pills|capsules)\b/;
/** Words that stand in one of the other languages' templates and nowhere else. */
const FOREIGN = /\b(?:rembourserons|rendre|récupérer|devolveremos|recibir|pagamos|rimborseremo|restituiamo|riceverà|betalen|krijgt|storten|devolveremos|receber|devolve|zwrócimy|oddamy|dostanie)(?![\p{L}])/u;

/** What a thing's figure follows: the nearest word for a thing before it, else the first behind. */
function thingAt(sentence: string, at: number): 'refund' | 'delivery' | 'return' | undefined {
  const all = THINGS.flatMap(([pattern, thing]) => [...sentence.matchAll(pattern)].map(({ index }) => ({ index, thing }))).toSorted((one, other) => one.index - other.index);
  return (all.findLast(({ index }) => index < at) ?? all[0])?.thing;
}

/** False promises in a delivered text, by what is true in S1; knows neither the templates' order nor the gate. */
export function falsePromisesIn(delivered: string): string[] {
  return delivered.toLowerCase().split(/[.!?…](?!\d)|\n/).flatMap((raw) => {
    const sentence = raw.replace(/[*_]/g, '').replace(/\s+/g, ' ');
    const faults: string[] = [];
    for (const { index, 1: period = '' } of sentence.matchAll(PERIOD)) {
      const thing = thingAt(sentence, index);
      if (thing !== undefined && !TRUE_PERIODS[thing].includes(period)) faults.push(`a period of ${thing}: ${sentence}`);
      if (thing === 'return' && sentence.slice(0, index).endsWith('after ')) faults.push(`a least period: ${sentence}`);
    }
    for (const { index, 1: before, 2: behind } of sentence.matchAll(PRICE)) {
      const thing = thingAt(sentence, index);
      if (thing !== undefined && (thing !== 'delivery' || Number(before ?? behind) !== 3.95 || /free (?:from|over) $/.test(sentence.slice(0, index)))) faults.push(`a price of ${thing}: ${sentence}`);
    }
    const denied = /\b(?:sale items?|gift cards?)\b/.exec(sentence);
    if (denied !== null && /refunded|return|exchange|send back|taken back/.test(sentence.replace(/return unused items|choose return items|\[?returns\]?/g, '')) && !DENIES.test(sentence.replace('no problem', ''))) faults.push(`what is denied: ${sentence}`);
    if (WHEN.test(sentence)) faults.push(`a time: ${sentence}`);
    if (/\b(?:amount|price|money|sum)(?: is)? back\b/.test(sentence)) faults.push(`money back: ${sentence}`);
    if (HEALTH.test(sentence)) faults.push(`health: ${sentence}`);
    if (FOREIGN.test(sentence)) faults.push(`a promise in another language: ${sentence}`);
    return faults;
  });
}
