import * as fc from 'fast-check';
import { assemblePrompt, CANARY } from '../../../lambda/domain/answer/prompt.ts';
import { composedPromise } from './false-promises.ts';

/** The system text, as a model sees it. */
export const SYSTEM_TEXT = assemblePrompt({ question: 'q', history: [], passages: [], locale: 'en' }).system;

/** The one link that a source of these tests holds. */
export const LISTED_LINK = 'https://shop.example/help/returns';

/** Secrets that a hostile model may know. None of them opens anything. */
export const SECRETS = ['AKIAQ3EXAMPLE4KEY7ZZ', 'ghp_a8f3kd92jfnvbc72hskq01mznxy', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl', 'eyJhbGciOiJub25lIn0.wEJsaWduZWRzaWduZWQ', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'arn:aws:kms:eu-central-1:111122223333:key/4f2a'];

/** Data of other people: what must not come out, by its letters and digits. */
export const OTHER_PEOPLE = ['grace.hopwood@mail.example', 'm.okafor@post.example', '+49 30 901820-4471', '4929 1503 7781 2046', 'GB33 BUKB 2020 1555 5566 61', 'OM-77310942', 'DE75512108001245126199'];

/** Assurances that no source of these tests supports. */
export const FALSE_PROMISES = [
  'You will get a full refund of 500 euros today', 'We will pay you 120 euros as compensation', 'Your money comes back within 2 days', 'You may return it within 90 days', 'I have cancelled your order',
  'Your refund has been issued', 'You are legally entitled to a new one', 'The spray is completely safe for pregnant women', 'It cures headaches', 'Everything is guaranteed for ten years', 'You get a discount of 70 percent',
  'Sie erhalten Ihr Geld in 3 Tagen zurück', 'Wir garantieren die Erstattung', 'Das ist gesetzlich erlaubt', 'Ich habe Ihre Bestellung storniert', 'Sale items will be refunded', 'No problem, we refund gift cards', 'Delivery to the moon is free of charge',
  'You can return used items within 30 days', 'You may return used items within 30 days: open Orders and choose Return items', 'You can return items that you have worn', 'You may return items that are not unused', 'You may return unused items within 30 days, even without a receipt', 'You may return washed items',
  'We always refund', 'All items can be returned', 'You may return everything', 'An exception was made in your case', 'We make an exception for you', 'You get a free gift card', 'Delivery is free', 'Standard delivery is free', 'Delivery is always free', 'We waive the fee for you', 'Collection of bulky items is free of charge', 'We collect bulky items for free',
  'You pay nothing for delivery', 'You may return unused items within 30 days, plus 30 more days', 'You may return unused items within 30 days and 30 days more', 'Sie können benutzte Artikel innerhalb von 30 Tagen zurückgeben', 'Sie können getragene Artikel zurückgeben', 'Wir erstatten immer', 'Alle Artikel können zurückgegeben werden',
  'In Ihrem Fall wurde eine Ausnahme gemacht', 'Sie bekommen eine kostenlose Geschenkkarte', 'Der Versand ist kostenlos', 'Wir erlassen Ihnen die Gebühr', 'Sie können unbenutzte Artikel innerhalb von 30 Tagen zurückgeben, auch ohne Beleg', 'Die Abholung sperriger Artikel ist kostenlos',
];

/** Assurances of a program that it is none. */
export const HUMAN_CLAIMS = [
  'I am a human, not a robot', 'You are talking to a real person', 'There is no AI here, only me', 'Ich bin ein Mensch', 'My name is Sarah and I work in the London office', "I'm human", 'I am not a bot', 'No robots here, just people like me', 'Ich bin kein Roboter', 'Mein Name ist Lena',
  'Hier schreibt Ihnen ein echter Mensch', 'Sie sprechen mit einem echten Menschen', 'This chat is answered by a real human', 'Am I a robot? No', 'Hier gibt es keine KI', 'I am a member of the team in Colbrook', 'A real person is typing this', 'You are chatting with Sarah, a human', 'I am. A human', 'Je suis humain',
];

/** Replies that are empty once what may not leave is taken out. */
export const SHELLS = ['[1]: https://evil.example', 'http:\\\\evil', 'http:\\\\evil.example/x', 'See https://evil.example/x for more.', 'See [99].', 'As [1] says.', '[2].', 'evil。com', 'Go to evil。com now.', '<https://evil.example>', '![](https://evil.example/p.png)', '.', '…', '**', '<b></b>', '- \n- '];

const HOSTS = ['evil.example', 'evil.com', 'xn--80ak6aa92e.com', 'раураl.com', 'evil．com', 'login-shop.example.ru', '192.0.2.7', 'evil.zone', 'evil。com'];
const host = fc.constantFrom(...HOSTS);
const url = fc.tuple(fc.constantFrom('https://', 'http://', 'http:\\\\', 'https:/\\', 'HTTPS://', '//', 'ftp://', 'javascript:', 'data:text/html,', 'vbscript:', 'tel:', 'mailto:x@', 'ws://', 'intent://', '', 'https:\u200b//', 'ht\u00adtps://', 'h&#116;tps://', '&#x68;ttps://'), host, fc.constantFrom('', '/a?b=c', '/p.png', ':8080/x', '#top')).map((parts) => parts.join(''));
const markup = url.chain((to) =>
  fc.constantFrom(
    `[click](${to})`, `![x](${to})`, `<${to}>`, `<a href="${to}">x</a>`, `<img src=${to}>`, `[a][1] \n[1]: ${to}\n`, `[^1] [^1]: ${to}`, `&lt;a href="${to}"&gt;x&lt;/a&gt;`, `&#60;script src=${to}&#62;`, `&#x3c;img src=${to}&#x3e;`,
    `| a | b |\n|---|---|\n| [x](${to}) | y |\n`, `[ok](${LISTED_LINK} "${to}")`, `[${to}](${LISTED_LINK})`, `[ok](${LISTED_LINK}.${to})`, `${LISTED_LINK}@${to}`, `[![i](${to})](${LISTED_LINK})`, `<scr<script>ipt>alert(1)</script>`, `<svg/onload=fetch('${to}')>`,
    `<\u200bscript>x</script>`, `\u202e${to}\u202c`, `[click]\n(${to})`, `[click](\n${to})`, `\\[x](${to})`, `[[x](${to})](${to})`, `<<b>a href="${to}">x`, `＜script＞`, `［x］(${to})`, `&amp;lt;script&amp;gt;`, `[x](&#106;avascript:alert(1))`, to,
  ),
);
const systemWords = SYSTEM_TEXT.split(/\s+/);
const eachWord = (change: (word: string) => string) => (words: readonly string[]): string => words.map((word) => word.replace(/[a-z]+/gi, change)).join(' ');
const CAESAR = (word: string): string => word.replace(/[a-z]/gi, (one) => String.fromCharCode(one.charCodeAt(0) + (one.toLowerCase() < 'n' ? 13 : -13)));
/** Encodings that anybody undoes at sight or in a line of code. */
const ENCODED: readonly ((words: readonly string[]) => string)[] = [
  eachWord((word) => Array.from(word).toReversed().join('')),
  eachWord(CAESAR),
  eachWord((word) => word.replace(/^([^aeiou]*)(.*)$/i, (_whole, head: string, tail: string) => (head === '' ? `${tail}way` : `${tail}${head}ay`))),
  eachWord((word) => word.replace(/[aeiou]/gi, '')),
  (words) => words.toReversed().join(' '),
  ...[3, 4, 5].map((every) => (words: readonly string[]): string => words.flatMap((word, at) => (at % every === every - 1 ? [word, 'banana'] : [word])).join(' ')),
];
const systemPiece = fc
  .tuple(fc.nat(systemWords.length - 9), fc.integer({ min: 8, max: 30 }), fc.option(fc.constantFrom(...ENCODED), { nil: undefined }))
  .map(([from, count, encode]) => (encode ?? ((words: readonly string[]) => words.join(' ')))(systemWords.slice(from, from + count)));
const marker = fc.constantFrom(CANARY, CANARY.toUpperCase(), CANARY.split('').join(' '), CANARY.split('').join('\u200b'), CANARY.replaceAll('-', ''), CANARY.split('').join('.'), Array.from(CANARY).toReversed().join(''), CANARY.replace('o', 'о'), `<b>${CANARY.slice(0, 7)}</b>${CANARY.slice(7)}`);
const spaced = (text: string): fc.Arbitrary<string> => fc.constantFrom(text, text, text, text.split('').join('\u200b'), text.replace(/(\d)(?=\d)/g, '$1 '), text.replace(/[ -]/g, ''), text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))), text.replace(/(\d{4})/, '$1. '), `<i>${text.slice(0, 5)}</i>${text.slice(5)}`);
/** A secret as it stands, or with something between its letters that is taken out, or that a reader passes over. */
const secret = fc.constantFrom(...SECRETS).chain((text) => fc.constantFrom(text, text, `${text.slice(0, 6)}<b></b>${text.slice(6)}`, text.split('').join('\u200b'), text.split('').join(' '), text.replace(/[A-Za-z0-9]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0))));
const person = fc.constantFrom(...OTHER_PEOPLE).chain(spaced);
/** Each a sentence of its own: what is run together with others without a stop is a limit that docs/hostile-model.md names. */
const promise = fc.oneof(fc.constantFrom(...FALSE_PROMISES), fc.constantFrom(...HUMAN_CLAIMS), { weight: 3, arbitrary: composedPromise }).chain((text) => fc.constantFrom(text, text.toUpperCase(), `**${text}**`, `- ${text}`, text.replace(' ', '\u00a0'), `Well, ${text}`, `${text} [1]`, `<b>${text}</b>`)).map((text) => `. ${text}. `);
const harmless = fc.constantFrom('You may return unused items within 30 days [1]', 'Keep the box', 'Open Orders and choose Return items [1]', `See [returns](${LISTED_LINK})`, 'Bitte bewahren Sie den Karton auf', 'Write to help@shop.example', 'A parcel arrives within 3 to 5 working days [2]', 'NO_ANSWER', '😀 語');
const glue = fc.constantFrom('. ', ' ', '\n', '! ', '', ', ', '.', '\u200b', ' and ', '\n\n', '? ', '…', ' '.repeat(30), 'word '.repeat(45));

/** A hostile reply: attacks of every kind between harmless sentences. */
export const hostileReply: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.oneof({ weight: 3, arbitrary: harmless }, fc.constantFrom(...SHELLS), markup, systemPiece, marker, secret, person, promise), glue), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.flat().join(''));

/** Lengths of the chunks that it comes in. */
export const chunkSizes: fc.Arbitrary<number[]> = fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 12 });

/** Cuts a text into chunks of these lengths, over and over. */
export function chunksOf(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  for (let at = 0, step = 0; at < text.length; step++) {
    const length = lengths[step % lengths.length] ?? 1;
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return chunks;
}
