import { sentencesOf } from '../knowledge/terms.ts';
import { clausesOf, denials, isDenied } from './denial.ts';
import { type ReadFigures, readFigures } from './figures.ts';
import { forMatching, plainWords } from './matching.ts';
import { type Topic, TOPICS } from './promise-topics.ts';
import { isFavourSupported } from './favours.ts';
import { contrariesOf, holdsSign, signsOf, withoutEnding } from './reach.ts';
import { subjectOf } from './subject.ts';
import { partsOf, type Support, type SupportSentence } from './support.ts';

/** Share of a sentence's terms that its source must have: a promise about something else is another promise. */
const SHARED_TERMS = 0.5;
/** Share of the terms beside the promise itself that the very sentence, with the title of its article, must have: they say what is promised. */
const SUBJECT_TERMS = 1 / 3;
/** Terms that make a clause speak of what a source denies, however many other words stand around them. */
const DENIED_TERMS = 2;
/** Terms of a sentence, and the share of them in one sentence of a source, that make it nearly that one. */
const CLOSE_TERMS = 5;
const CLOSE_SHARE = 0.8;
/** A sentence that says what is done, not what was done. */
const IN_GENERAL = /\b(?:if|when|once|until|after|before|as soon as|will|can|may|must|are|be|gets?|wenn|sobald|falls|bis|werden|wird|kann|konnen)\b/;
/** Numbers up to which a figure without a unit says little. */
const SMALL = 12;
/** Words of the sentence before that a promise may begin in. */
const WORDS_BEFORE = 6;
/** A sentence about when and how a human is reached. */
const OF_CONTACT = /\b(?:reach\w*|call\w*|phone\w*|write|contact\w*|team|hours|open|available|weekdays|colleagues?|erreich\w*|ruf\w*|anruf\w*|schreib\w*|kontakt\w*|geoffnet|werktags|mitarbeiter\w*)\b/;

/**
 * Whether a sentence promises what no source supports. A figure with a unit (money, times, dates, per cent) must stand in a sentence of a
 * source that speaks of the same thing, in words or digits; other numbers in a source or in what the visitor wrote. A promise must stand in
 * one sentence of a source: the same topic, not denied there when it is not denied here, and most of its words. What a source denies stays
 * denied, whatever the words.
 * @param before what was said before, for a promise that is spread over two sentences
 * @param contact how a human is reached: supports times and days of that
 * @param said figures of what the visitor wrote
 */
export function isUnsupported(sentence: string, before: string, sources: readonly Support[], contact: Support, said: ReadonlySet<string>): boolean {
  const matching = forMatching(sentence);
  const plain = plainWords(matching);
  const all = [...sources, contact];
  // A whole sentence of a source is its own support.
  if (all.some(({ sentences }) => sentences.some((one) => one.plain === plain))) return false;
  const read = readFigures(sentence);
  const { figures, rest } = read;
  const terms = subjectOf(rest);
  const parts = figures.size === 0 ? [] : partsOf(sentence);
  const holds = (figure: string): boolean => {
    if (figure.startsWith('number:')) return isHarmless(figure, all, said);
    if (/^(?:clock|weekday):/.test(figure) && contact.figures.has(figure) && OF_CONTACT.test(plain)) return true;
    const own = parts.find((part) => part.figures.has(figure) && part.terms.length > 0)?.terms ?? terms;
    const subject = own.length > 0 ? own : subjectOf(sentencesOf(before.trim()).at(-1) ?? '');
    return standsWith(figure, read.beyond.has(figure), subject, own.length > 0, all);
  };
  if (![...read.added].every((figure) => all.some(({ sentences }) => sentences.some((one) => one.figures().all.added.has(figure))))) return true;
  const closely = all.some(({ sentences }) => sentences.some((one) => isCloseTo(one, terms, read, denials(plain))));
  if (!closely && ![...figures].every(holds)) return true;
  // Without its figures: what is denied is denied for any period.
  if (!closely && clausesOf(rest).some((clause) => isDeniedElsewhere(clause, all))) return true;
  const clauses = clausesOf(matching);
  const tail = plainWords(forMatching(before)).split(' ').slice(-WORDS_BEFORE).join(' ');
  const close = all.filter((source) => terms.filter((term) => source.terms.has(term)).length >= terms.length * SHARED_TERMS);
  const topics: Topic[] = [];
  const unsupported = TOPICS.some((topic) => {
    const within = clauses.filter((clause) => topic.pattern.test(clause));
    // Also where a comma, "and" or the end of a sentence stands within the promise.
    const joined = `${tail} ${plain}`;
    const spread = within.length === 0 && (topic.pattern.test(plain) || spans(topic.pattern, joined, tail.length)) ? [joined] : [];
    const promising = [...within, ...spread];
    if (promising.length > 0) topics.push(topic);
    return topic.needs === 'one' && within.length > 0 ? !isFavourSupported(topic.pattern, matching, sentencesOf(before.trim()).at(-1) ?? '', all) : promising.some((clause) => !isSupported(topic, clause, terms, figures, close));
  });
  return unsupported || ((topics.length > 0 || [...figures].some((figure) => !figure.startsWith('number:'))) && reachesFurther(matching, plain, topics, figures, all));
}

/**
 * Whether a promise reaches further than the sentences of sources that make it: to all things or for ever, without what they ask for, or to
 * things in a state that they do not name (used, where they say unused).
 */
function reachesFurther(matching: string, plain: string, topics: readonly Topic[], figures: ReadonlySet<string>, sources: readonly Support[]): boolean {
  const making = sources.flatMap(({ sentences }) => sentences.filter((one) => (topics.length > 0 ? topics.some(({ pattern }) => pattern.test(one.plain)) : [...figures].some((figure) => one.figures().all.figures.has(figure)))));
  const held = making.map((one) => one.signs());
  const further = signsOf(matching).some((sign) => {
    // "With a label" matters where a source says "without a label".
    if (sign.kind === 'with' && !held.some((signs) => holdsSign({ ...sign, kind: 'without' }, signs) && sign.near.length > 0)) return false;
    return !held.some((signs) => holdsSign(sign, signs));
  });
  const turned = plain.split(' ').map(withoutEnding).filter((word) => contrariesOf(word).some((contrary) => sources.some(({ words }) => words.has(contrary))));
  return further || turned.some((word) => !making.some((one) => one.denies === denials(plain) > 0 && one.plain.split(' ').some((known) => withoutEnding(known) === word)));
}

/** Whether a long sentence is nearly that of a source: the same figures, as many denials, and hardly a term of its own. */
function isCloseTo({ plain, terms: known, figures }: SupportSentence, terms: readonly string[], read: ReadFigures, denied: number): boolean {
  if (terms.length < CLOSE_TERMS || sharedWith(terms, known) < terms.length * CLOSE_SHARE || denials(plain) !== denied) return false;
  const { all } = figures();
  return [...read.figures].every((figure) => all.figures.has(figure) && all.beyond.has(figure) === read.beyond.has(figure));
}

const sharedWith = (subject: readonly string[], terms: ReadonlySet<string>): number => subject.filter((term) => terms.has(term)).length;
/** What a figure measures: a period in days and one in working days are rivals. */
const kindOf = (figure: string): string => {
  const unit = figure.slice(0, figure.indexOf(':'));
  return PERIODS.has(unit) ? 'period' : CURRENCIES.has(unit) ? 'money' : unit;
};
const PERIODS = new Set(['working-day', 'minute', 'hour', 'day', 'week', 'month', 'year', 'fortnight']);
const CURRENCIES = new Set(['euro', 'dollar', 'pound', 'franc', 'cent']);

/** Whether a figure stands in a sentence that speaks of a subject, and no other sentence or part has another such figure for it. */
function standsWith(figure: string, beyond: boolean, subject: readonly string[], own: boolean, sources: readonly Support[]): boolean {
  const holding = sources.filter((source) => source.figures.has(figure)).flatMap(({ sentences }) => sentences);
  const found = holding.filter((one) => one.figures().all.figures.has(figure) && one.figures().all.beyond.has(figure) === beyond);
  if (found.length === 0) return false;
  if (subject.length === 0) return true;
  const best = Math.max(...found.map(({ terms }) => sharedWith(subject, terms)));
  if (best < (own ? subject.length * SUBJECT_TERMS : 1)) return false;
  const rivals = sources.flatMap(({ sentences }) => sentences).filter((one) => sharedWith(subject, one.terms) > best);
  if (rivals.some((one) => [...one.figures().all.figures].some((other) => kindOf(other) === kindOf(figure)))) return false;
  return found.some((one) => sharedWith(subject, one.terms) === best && !isOfAnotherPart(figure, subject, one));
}

/** Whether another part of the sentence, with another figure of the unit, speaks of the subject, and the figure's own part does not. */
function isOfAnotherPart(figure: string, subject: readonly string[], { figures }: SupportSentence): boolean {
  const { parts } = figures();
  const own = new Set(parts.filter((part) => part.figures.has(figure)).flatMap(({ terms }) => terms));
  if (own.size === 0 || subject.some((term) => own.has(term))) return false;
  return parts.some((part) => !part.figures.has(figure) && [...part.figures].some((other) => kindOf(other) === kindOf(figure)) && part.terms.some((term) => subject.includes(term)));
}

/** Whether a clause that denies nothing speaks of what a source denies, and no source speaks of it more closely without denying it. */
function isDeniedElsewhere(clause: string, sources: readonly Support[]): boolean {
  if (denials(clause) % 2 === 1) return false;
  const subject = subjectOf(clause);
  const statements = sources.flatMap(({ sentences }) => sentences.flatMap(({ clauses }) => clauses)).map(({ denies, terms }) => ({ denies, shared: sharedWith(subject, terms) }));
  const affirmed = Math.max(0, ...statements.filter(({ denies }) => !denies).map(({ shared }) => shared));
  return statements.some(({ denies, shared }) => denies && shared >= DENIED_TERMS && shared >= affirmed);
}

function isSupported({ needs, pattern }: Topic, clause: string, terms: readonly string[], figures: ReadonlySet<string>, sources: readonly Support[]): boolean {
  const { 0: words = '', index = 0 } = pattern.exec(clause) ?? {};
  const denied = isDenied(clause.slice(0, index), clause.slice(index + words.length));
  if (needs === 'never') return denied;
  const says = ({ plain }: SupportSentence): boolean => {
    if (needs === 'topic') return pattern.test(plain);
    return ` ${plain} `.includes(` ${words} `) || (needs === 'done' && ` ${plain} `.includes(` ${words.split(' ').at(-1)} `) && !IN_GENERAL.test(plain));
  };
  // Of a phrase with room for other words, the two at its ends are the promise.
  const ends = words.split(' ');
  const own = new Set(subjectOf(ends.length > 3 ? `${ends[0]} ${ends.at(-1)}` : words));
  // What the clause itself speaks of; "they are refunded" speaks of what the sentence does.
  const inClause = terms.filter((term) => !own.has(term) && subjectOf(clause).includes(term));
  const subject = inClause.length > 0 ? inClause : terms.filter((term) => !own.has(term));
  // A figure of its own in the same sentence is as good as a term: which period or price it is says of what.
  const same = (sentence: SupportSentence): number => [...figures].filter((figure) => !figure.startsWith('number:') && sentence.figures().all.figures.has(figure)).length;
  const found = sources.flatMap(({ sentences }) => sentences.filter(says)).map((sentence) => ({ denies: sentence.denies, shared: sharedWith(subject, sentence.terms), figures: same(sentence) }));
  // "Sale items cannot be refunded" speaks of sale items, whatever another sentence says of refunds.
  const most = Math.max(...found.map((one) => one.shared + one.figures), subject.length * SUBJECT_TERMS);
  return found.some((one) => one.shared + one.figures >= most && one.denies === denied);
}

/** Whether a pattern matches over the place where two sentences meet. */
function spans(pattern: RegExp, text: string, at: number): boolean {
  const match = pattern.exec(text);
  return match !== null && match.index < at && match.index + match[0].length > at + 1;
}

function isHarmless(figure: string, sources: readonly Support[], said: ReadonlySet<string>): boolean {
  const value = figure.slice('number:'.length);
  const known = [...sources.flatMap(({ figures }) => [...figures]), ...said];
  return Number(value) <= SMALL || known.some((one) => one.slice(one.indexOf(':') + 1) === value);
}
