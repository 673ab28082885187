import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.ts';

const THINGS = ['jacket', 'tent', 'stove', 'rucksack', 'gift card', 'parcel', 'order OM-40917725', 'order OT-12345', 'return label', 'invoice', 'voucher SAVE20', 'sleeping bag 210 cm', 'size 42 boots', 'pair of 2-person tents'];
const TALK = [
  'Where is my {}?', 'I want to return the {}.', 'The {} arrived damaged on 12.10.2024.', 'How long do I have to wait for the {}, it has been 3 weeks', 'My {} cost 1,299.00 EUR and I was charged 2 times', 'Can I pay the {} with Visa or Mastercard?', 'the {} was delivered at 11:20 but nobody was home',
  'I forgot my password and cannot track the {}', 'my password is not working since I bought the {}', 'is the pin needed to collect the {}?', 'I entered my password 3 times to see the {}', 'which card did I use for the {}?', 'The last four orders were fine, only the {} was late', 'the last four weeks I asked about the {} twice', 'tracking number 1Z999AA10123456784 for the {}',
  'my phone shows an error when I open the {}', 'please call me about the {}', 'send the {} to the shop in Ashmere', 'my name is spelled wrong on the {}', 'The {} weighs 1200 g, is that right?', 'Do you ship the {} to Switzerland in 3-5 days?', 'What is the phone number of the shop for the {}?', 'app version 10.15.7 crashes when I look at the {}', 'the code on the {} does not work', 'my email address changed, what about the {}', 'my address is wrong on the {}',
  'can I change the delivery address of the {} until 24.12.2025 18:00?', 'I bought 2 of the {} for 49.90 each', 'thanks, the {} is here', 'Order 40917725: the {} is missing', 'my account is locked since I ordered the {}', 'the verification code for the {} never came', 'I have 1500 points, enough for the {}?', 'Wo ist meine Bestellung 40917725 ({})?', 'Mein Passwort geht nicht, ich brauche die {}', 'article 4006381333 ({}) is sold out?', 'EAN 4006381333931 {}',
];

/** Ordinary support utterances: what our articles say, what people ask, and what is said every day about everything in a shop. No personal value in any. */
export function ordinaryUtterances(): readonly string[] {
  const folder = join(ROOT, 'knowledge/articles');
  const articles = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith('.md'));
  const sentences = articles.flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').flatMap((line) => line.split(/(?<=[.!?]) /)));
  const questions = [...readFileSync(join(ROOT, 'knowledge/evaluation.yaml'), 'utf8').matchAll(/ask: "([^"]+)"/g)].map(([, ask]) => ask ?? '');
  const talk = TALK.flatMap((sentence) => THINGS.map((thing) => sentence.replace('{}', thing)));
  // A mail address of ours in an article is one: it is left alone where the caller says that it is ours.
  return [...sentences, ...questions, ...talk].map((text) => text.trim()).filter((text) => text.length > 3 && !text.includes('@'));
}
