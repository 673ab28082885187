import * as fc from 'fast-check';

/** A value that redaction must find, as it would be written. */
export interface Structured {
  readonly kind: string;
  readonly value: string;
}

const digits = (length: number): fc.Arbitrary<string> => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const from = (alphabet: string, min: number, max = min): fc.Arbitrary<string> => fc.array(fc.constantFrom(...Array.from(alphabet)), { minLength: min, maxLength: max }).map((all) => all.join(''));
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALNUM = `${LOWER}${UPPER}0123456789`;
const as = (kind: string, values: fc.Arbitrary<string>): fc.Arbitrary<Structured> => values.map((value) => ({ kind, value }));

/** The digit that makes a number pass, found by trying: independent of the checks under test but for their definition. */
function completed(make: (check: string) => string, passes: (all: string) => boolean, width = 1): string {
  for (let check = 0; check < 10 ** width; check++) {
    const all = make(String(check).padStart(width, '0'));
    if (passes(all)) return all;
  }
  return make('0'.repeat(width));
}

const luhn = (all: string): boolean => Array.from(all).toReversed().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0), 0) % 10 === 0;
const grouped = (all: string, sizes: readonly number[], gap: string): string => {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    parts.push(all.slice(at, at + size));
    at += size;
  }
  return [...parts, all.slice(at)].filter((part) => part !== '').join(gap);
};

const SCHEMES: readonly (readonly [string, number])[] = [['4', 16], ['4', 13], ['4', 19], ['51', 16], ['55', 16], ['2221', 16], ['2720', 16], ['34', 15], ['37', 15], ['6011', 16], ['65', 16], ['36', 14], ['3530', 16], ['62', 17], ['5018', 18], ['6759', 16]];
const cards = fc.constantFrom(...SCHEMES).chain(([prefix, length]) =>
  fc.tuple(digits(length - prefix.length - 1), fc.constantFrom('', ' ', '-', '.')).map(([middle, gap]) => {
    const card = completed((check) => `${prefix}${middle}${check}`, luhn);
    return gap === '' ? card : grouped(card, length === 15 ? [4, 6] : length === 14 ? [4, 6] : [4, 4, 4, 4], gap);
  }),
);

const big97 = (iban: string): boolean => BigInt(Array.from(iban.slice(4) + iban.slice(0, 4), (sign) => Number.parseInt(sign, 36)).join('')) % 97n === 1n;
const ibans = fc.constantFrom<readonly [string, (random: string) => string]>(['DE', (random) => random.slice(0, 18)], ['CH', (random) => random.slice(0, 17)], ['NL', (random) => `INGB${random.slice(0, 10)}`], ['GB', (random) => `NWBK${random.slice(0, 14)}`], ['FR', (random) => random.slice(0, 23)], ['AT', (random) => random.slice(0, 16)]).chain(([country, body]) =>
  fc.tuple(digits(24), fc.constantFrom('', ' '), fc.boolean()).map(([random, gap, lower]) => {
    const iban = completed((check) => `${country}${check}${body(random)}`, big97, 2);
    const written = gap === '' ? iban : grouped(iban, [4, 4, 4, 4, 4, 4], gap);
    return lower ? written.toLowerCase() : written;
  }),
);

const ssn = fc.tuple(fc.integer({ min: 1, max: 665 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('-', ' ')).map(([area, group, serial, gap]) => [String(area).padStart(3, '0'), String(group).padStart(2, '0'), String(serial).padStart(4, '0')].join(gap));
const nino = fc.tuple(fc.constantFrom('AB', 'CE', 'JG', 'PW', 'SX', 'YZ'), digits(6), fc.constantFrom('A', 'B', 'C', 'D'), fc.boolean()).map(([letters, number, last, spaced]) => (spaced ? `${letters} ${grouped(number, [2, 2], ' ')} ${last}` : `${letters}${number}${last}`));
const ahv = fc.tuple(digits(9), fc.boolean()).map(([random, dotted]) => {
  const all = completed((check) => `756${random}${check}`, (number) => Array.from(number).reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0);
  return dotted ? grouped(all, [3, 4, 4], '.') : all;
});
const taxId = fc.tuple(fc.shuffledSubarray(Array.from('1234567890'), { minLength: 9, maxLength: 9 }), fc.integer({ min: 1, max: 8 })).filter(([nine]) => nine[0] !== '0').map(([nine, twice]) => {
  const ten = [...nine, nine[twice]].join('');
  return completed((check) => `${ten}${check}`, (all) => {
    let product = 10;
    for (const digit of all.slice(0, -1)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
    return (11 - product) % 10 === Number(all.at(-1));
  });
});

const phones = fc.oneof(
  fc.tuple(fc.constantFrom('+49 171', '+49 30', '+44 7700', '+41 79', '+33 6', '+1 415'), digits(7), fc.constantFrom('', ' ', '-')).map(([prefix, rest, gap]) => `${prefix} ${grouped(rest, [3], gap)}`),
  fc.tuple(fc.constantFrom('0171', '030', '089', '07700'), digits(7)).map(([prefix, rest]) => `${prefix} ${rest}`),
  fc.tuple(fc.constantFrom('0171', '0160'), digits(7)).map(([prefix, rest]) => `${prefix}${rest}`),
  fc.tuple(fc.constantFrom('079', '044'), digits(7)).map(([prefix, rest]) => `${prefix} ${grouped(rest, [3, 2], ' ')}`),
  fc.tuple(fc.integer({ min: 201, max: 989 }), fc.integer({ min: 200, max: 999 }), digits(4), fc.boolean()).map(([area, exchange, line, round]) => (round ? `(${area}) ${exchange}-${line}` : `${area}-${exchange}-${line}`)),
);
const emails = fc.tuple(from(`${LOWER}0123456789`, 1, 12), fc.constantFrom('.', '_', '+', ''), from(LOWER, 1, 10), fc.constantFrom('mail.example', 'shop.example.com', 'uni-x.example', 'post.co.uk', 'firma.de'), fc.constantFrom('@', '@', '@', '@', '[at]', ' (at) ')).map(([one, sign, two, host, at]) => `${one}${sign}${two}${at}${host}`);
// 127 is the machine itself, and nobody's.
const v4 = fc.tuple(fc.integer({ min: 1, max: 254 }).filter((first) => first !== 127), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 254 })).map((parts) => parts.join('.'));
const v6 = fc.array(fc.integer({ min: 0x1000, max: 0xffff }), { minLength: 8, maxLength: 8 }).map((groups) => groups.map((group) => group.toString(16)).join(':'));
const macs = fc.array(fc.nat(255), { minLength: 6, maxLength: 6 }).filter((bytes) => bytes.some((byte) => /\d/.test(byte.toString(16)))).map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')).filter((mac) => /\d/.test(mac));
const credentials = fc.oneof(
  from(`${UPPER}234567`, 16).map((rest) => `AKIA${rest}`),
  fc.tuple(from(ALNUM, 12, 40), from(ALNUM, 12, 60), from(ALNUM, 43)).map(([head, body, sign]) => `eyJ${head}.eyJ${body}.${sign}`),
  from(ALNUM, 48).map((rest) => `sk-${rest}`),
  from(ALNUM, 24).map((rest) => `sk_live_${rest}`),
  from(ALNUM, 36).map((rest) => `ghp_${rest}`),
  fc.tuple(from(LOWER, 3, 8), from(ALNUM, 8, 16)).map(([user, secret]) => `https://${user}:${secret}@db.example/x`).map((url) => url),
);

/** Values of every structured kind. */
export const structured: fc.Arbitrary<Structured> = fc.oneof(
  { weight: 4, arbitrary: as('card', cards) },
  { weight: 2, arbitrary: as('iban', ibans) },
  { weight: 1, arbitrary: as('national-id', fc.oneof(ssn, nino, ahv, taxId)) },
  { weight: 4, arbitrary: as('phone', phones) },
  { weight: 4, arbitrary: as('email', emails) },
  { weight: 1, arbitrary: as('ip', fc.oneof(v4, v6)) },
  { weight: 1, arbitrary: as('mac', macs) },
  { weight: 2, arbitrary: as('secret', credentials) },
);

/** Addresses of pages that may stand in an article or a log: words, dates and small numbers in a query whose names sound secret. */
export const pages: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('https://shop.example', 'https://chat.example/v1', 'http://help.shop.example:8080', 'https://www.shop.example/de'),
    fc.array(fc.constantFrom('help', 'returns', 'orders', 'sale-2026', 'a', '12', 'size-guide'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom('key', 'code', 'sig', 'q', 'page', 'ref', 'utm_source', 'sort', 'id'), fc.oneof(fc.constantFrom('returns', 'SUMMER', 'SAVE10', 'newsletter', 'care-of-wool', 'de-AT', 'size_guide', 'price.asc', 'winter-2026'), fc.nat(9_999).map(String), from(LOWER, 4, 14))), { maxLength: 3 }),
    fc.constantFrom('', '#top', '#code-of-conduct'),
  )
  .map(([host, path, query, hash]) => `${[host, ...path].join('/')}${query.map(([name, value], at) => `${at === 0 ? '?' : '&'}${name}=${value}`).join('')}${hash}`);

/**
 * Bare numbers of parcels, accounts and machines. One that passes as a card (13 digits or more with its check digit) or as a number of a
 * country, or begins as a telephone's does, cannot be told from one: it is expected in neither set.
 */
const numbers: fc.Arbitrary<string> = fc
  .oneof(fc.integer({ min: 9, max: 12 }), fc.integer({ min: 14, max: 19 }))
  .chain(digits)
  .filter((all) => !(all.length >= 13 && luhn(all)) && !all.startsWith('0'));

/** Identifiers, moments and figures of ours and of ordinary trade: redaction must leave them. */
export const ordinary: fc.Arbitrary<string> = fc.oneof(
  fc.uuid(),
  from(`${ALNUM}-_`, 43),
  fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer({ min: 1_500_000_000_000, max: 1_999_999_999_999 }).map(String),
  digits(5).map((number) => `OT-${number}`),
  digits(8).map((number) => `OM-${number}`),
  fc.uuid().map((id) => `https://chat.example/v1/conversations/${id}/messages`),
  pages,
  numbers,
  fc.tuple(fc.nat(9_999), fc.nat(99)).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')} EUR`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), digits(3)).map(([thousands, rest]) => `$${thousands},${rest}.00`),
  fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1990, max: 2039 })).map(([day, month, year]) => `${day}.${month}.${year}`),
  fc.tuple(fc.nat(30), fc.nat(99), fc.nat(99)).map((parts) => `v${parts.join('.')}`),
  from(`${UPPER}0123456789`, 16).map((rest) => `1Z${rest}`),
  digits(9).map((rest) => `RR${rest}DE`),
  fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${hour}:${String(minute).padStart(2, '0')}`),
  from('0123456789abcdef', 64),
  digits(4),
);

/** Sentences of a chat around a value. `{}` is its place. */
export const SENTENCES: readonly string[] = ['{}', 'It is {}, thanks.', 'Hi, please use {} from now on', 'you already have {} on file, no?', 'Why does the app show {}?', 'I sent {} yesterday and nothing happened!', 'Bitte {} verwenden', '({})', 'Is "{}" still right?', 'Please change it to {}.\nThanks a lot', 'ok so its {} and the parcel is still not here'];
