import { mod97 } from './checksums.ts';
import type { Detector } from './types.ts';

/** Length of an IBAN by country (SWIFT's IBAN registry). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Where an IBAN may begin: a country and two check digits. */
const BEGIN = /(?<![a-z0-9])[a-z]{2}[ -]?\d{2}/g;
const ALPHANUMERIC = /[a-z0-9]/;

/** IBANs, in one piece or in groups, in any case: length of the country, mod 97. */
export const findIbans: Detector = ({ lower }) =>
  [...lower.matchAll(BEGIN)].flatMap(({ index }) => {
    const length = LENGTHS[lower.slice(index, index + 2).toUpperCase()];
    const end = length === undefined ? undefined : endOf(lower, index, length);
    if (end === undefined || !mod97(lower.slice(index, end).replaceAll(/[ -]/g, '').toUpperCase())) return [];
    return [{ kind: 'iban' as const, start: index, end }];
  });

/** Where so many letters and digits end, one space or hyphen allowed between any two; undefined when the word is shorter or goes on. */
function endOf(lower: string, start: number, length: number): number | undefined {
  let at = start;
  for (let read = 0; read < length; at++) {
    const character = lower[at] ?? '';
    if (ALPHANUMERIC.test(character)) read++;
    else if (!(character === ' ' || character === '-') || !ALPHANUMERIC.test(lower[at + 1] ?? '')) return undefined;
  }
  return ALPHANUMERIC.test(lower[at] ?? '') ? undefined : at;
}
