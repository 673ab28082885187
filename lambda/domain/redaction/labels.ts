import type { RedactionKind } from './types.ts';

/** What a value behind a label looks like. */
export type Shape =
  | { readonly form: 'digits'; readonly min: number; readonly max: number; /** A year is none. @default true */ readonly year?: false }
  | { readonly form: 'code' }
  | { readonly form: 'password' }
  | { readonly form: 'date' | 'expiry' | 'postcode' }
  | { readonly form: 'words'; readonly most: number }
  | { readonly form: 'address' };

/** What people call a value, and what it then is. */
export interface Label {
  readonly kind: RedactionKind;
  readonly shape: Shape;
  /** Names, each of one to five words. */
  readonly names: readonly string[];
  /** Only an answer to a question counts: in a statement the words are too common. @default false */
  readonly askedOnly?: boolean;
}

const COUNTS: Readonly<Record<string, number>> = { three: 3, '3': 3, four: 4, '4': 4, five: 5, '5': 5, six: 6, '6': 6, drei: 3, vier: 4, fünf: 5, sechs: 6 };
const ends = Object.entries(COUNTS).map(([word, count]): Label => ({
  kind: 'digits',
  shape: { form: 'digits', min: count, max: count },
  names: ['last', 'final', 'first', 'letzten', 'letzte', 'ersten'].flatMap((place) => {
    const counted = ['digits', 'numbers', 'ziffern', 'stellen'].map((noun) => `${place} ${word} ${noun}`);
    // "the last three" may be anything; "the last four" is how people name a card.
    return word === 'four' || word === '4' || word === 'vier' ? counted.concat(`${place} ${word}`) : counted;
  }),
}));

const digits = (kind: RedactionKind, min: number, max: number, ...names: string[]): Label => ({ kind, shape: { form: 'digits', min, max }, names });

/** Labels, English and German, with what other languages share. */
export const LABELS: readonly Label[] = [
  ...ends,
  { kind: 'digits', shape: { form: 'digits', min: 3, max: 6, year: false }, names: ['ending in', 'ending with', 'ends in', 'ends with', 'ending', 'endet auf', 'endend auf', 'endziffern', 'last digits'] },
  { kind: 'secret', shape: { form: 'password' }, names: ['password', 'pass word', 'passwort', 'kennwort', 'passwd', 'passcode', 'pass code', 'passphrase', 'pass phrase', 'pwd', 'pw', 'log in password', 'mot de passe', 'contraseña', 'wachtwoord', 'secret word', 'memorable word', 'codewort'] },
  digits('secret', 3, 10, 'pin', 'pin code', 'pin number', 'pincode', 'security code', 'safety code', 'secret code', 'cvv', 'cvc', 'cvv2', 'cvc2', 'csc', 'cvv code', 'cvc code', 'card code', 'three digits on the back', '3 digits on the back', 'number on the back', 'otp', 'one-time code', 'one time code', 'one-time password', 'one time password', 'otp code', 'verification code', 'confirmation pin', 'access code', 'login code', 'log-in code', 'sms code', 'authentication code', 'auth code', 'code you sent', 'code you sent me', 'code i got', 'code i received', 'code from the text', 'code from the sms', 'code from my phone', 'passkey', 'door code', 'gate code', 'tan-nummer', 'tan nummer', 'sicherheitscode', 'prüfziffer', 'prüfnummer', 'kartenprüfnummer', 'geheimzahl', 'bestätigungscode', 'zugangscode', 'code secret'),
  digits('card', 4, 19, 'card number', 'credit card', 'debit card', 'credit card number', 'debit card number', 'card no', 'card nr', 'visa', 'mastercard', 'amex', 'visa card', 'number on the card', 'number on my card', 'numbers on my card', 'kartennummer', 'kreditkartennummer', 'kreditkarte', 'long number'),
  { kind: 'card', shape: { form: 'expiry' }, names: ['expiry date', 'expiration date', 'exp date', 'exp', 'expiry', 'card expires', 'ablaufdatum'] },
  digits('national-id', 4, 15, 'ssn', 'social', 'social security', 'social security number', 'social insurance number', 'sin number', 'national insurance', 'national insurance number', 'ni number', 'tax id', 'tax number', 'tin', 'steuer-id', 'steuernummer', 'steueridentifikationsnummer', 'ahv-nummer', 'ahv nummer', 'bsn', 'pesel', 'nhs number', 'medicare number', 'sozialversicherungsnummer', 'rentenversicherungsnummer'),
  { kind: 'national-id', shape: { form: 'code' }, names: ['passport', 'passport number', 'passport no', 'id card number', 'identity card number', 'id number', 'driving licence', 'driving licence number', 'driving license', "driver's license", "driver's licence", "driver's license number", 'drivers license', 'drivers license number', 'licence number', 'license plate', 'number plate', 'ausweisnummer', 'reisepassnummer', 'personalausweisnummer', 'führerscheinnummer'] },
  { kind: 'account', shape: { form: 'code' }, names: ['bank account', 'account number', 'account no', 'account nr', 'bank account number', 'acct', 'acct number', 'acct no', 'routing number', 'routing', 'sort code', 'kontonummer', 'bankleitzahl', 'blz', 'iban', 'iban number', 'bic', 'policy number', 'insurance number', 'member id'] },
  digits('phone', 6, 15, 'phone', 'phone number', 'mobile', 'mobile number', 'cell', 'cell number', 'cellphone', 'cell phone', 'telephone', 'telephone number', 'tel', 'call me at', 'call me on', 'call me back on', 'call me back at', 'reach me at', 'reach me on', 'text me at', 'text me on', 'ring me on', 'contact me on', 'contact me at', 'contact number', 'my number', 'whatsapp', 'fax', 'landline', 'telefonnummer', 'telefon', 'handynummer', 'handy', 'mobilnummer', 'rückrufnummer', 'rufnummer', 'callback number', 'call-back number', 'number to call'),
  { kind: 'birth-date', shape: { form: 'date' }, names: ['date of birth', 'birth date', 'birthdate', 'birthday', 'dob', 'd.o.b', 'born', 'born on', 'geburtsdatum', 'geboren am', 'geboren', 'geburtstag'] },
  { kind: 'name', shape: { form: 'words', most: 3 }, names: ['my name is', 'my full name is', 'name on the card', 'name on the card is', 'full name', 'mein name ist', 'ich heiße', 'cardholder', 'cardholder name', 'karteninhaber', "mother's maiden name", 'mothers maiden name', 'maiden name', 'mädchenname'] },
  { kind: 'name', shape: { form: 'words', most: 3 }, names: ['your name', 'ihr name', 'ihren namen', 'name please', 'your full name'], askedOnly: true },
  { kind: 'secret', shape: { form: 'words', most: 3 }, names: ['security answer', 'secret answer', 'security question'], askedOnly: true },
  { kind: 'account', shape: { form: 'password' }, names: ['user name', 'username', 'user id', 'userid', 'login name', 'benutzername'] },
  { kind: 'address', shape: { form: 'address' }, names: ['my address is', 'home address is', 'i live at', 'delivery address is', 'shipping address is', 'billing address is', 'meine adresse ist', 'meine adresse lautet'] },
  { kind: 'address', shape: { form: 'address' }, names: ['your address', 'home address', 'street address', 'postal address', 'billing address', 'delivery address', 'shipping address', 'ihre adresse', 'lieferadresse', 'anschrift'], askedOnly: true },
  { kind: 'address', shape: { form: 'postcode' }, names: ['zip', 'zip code', 'zipcode', 'postcode', 'post code', 'postal code', 'postleitzahl', 'plz'] },
];
