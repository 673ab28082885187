import { isDenied } from './denial.ts';
import { readFigures } from './figures.ts';
import { plainWords } from './matching.ts';
import { contentOf, subjectOf, tellingOf } from './subject.ts';
import { MEANS, REFERS, type Support, type SupportSentence } from './support.ts';

/** Ends of the part of a sentence in which a price or a favour is said of one thing: lists stay whole. */
const PART_END = /[,;:()–—\n]|[.!?…](?!\d)|\b(?:but|however|aber|jedoch|sondern)\b/;
/** What a price or favour depends on. */
const DEPENDS = '(?:for|from|over|above|if|until|till|up to|with|when|as long as|on|in|within|during|to|at|ab|bei|fur|bis|wenn|mit|im|innerhalb|uber)\\b(?! (?:both|all|full|any|request)\\b)(.*)';
const CONDITION_NEXT = new RegExp(`^(?:again |too |only )?${DEPENDS}`);
const CONDITION_LATER = new RegExp(`\\b${DEPENDS}`);
const CONDITION_BEFORE = /\b(?:ab|bis|wenn|falls|uber)\b(.*)|^(?:from|over|above|if|when|for|with|up to)\b(.*)/;
/** What follows "free" when that is said of what stands before it. */
const PREDICATE = /^ (?:(?:of|for|from|over|above|if|until|till|up|with|when|as|on|in|within|during|to|at|and|or|too|again|both|ab|bei|fur|bis|wenn|mit|im|und|oder|innerhalb|uber|sein|werden|ist|abgeholt|zuruck\w*|geliefert)\b|$)/;
/** Share of what a sentence speaks of that one sentence of a source may lack, and share of that one's that must be said. */
const MAY_LACK = 1 / 3;
const MUST_SAY = 0.6;

/** Terms that two sentences must have in common, of either, to be nearly one. */
const NEARLY = 0.8;

/** A price or favour in a sentence. */
interface Favour {
  readonly denied: boolean;
  /** What it is said of, before its words and behind them, without figures. */
  readonly before: string;
  readonly behind: string;
  readonly words: string;
  readonly figures: ReadonlySet<string>;
  readonly figuresBefore: ReadonlySet<string>;
  readonly figuresBehind: ReadonlySet<string>;
}

/**
 * Whether one sentence of a source gives what a sentence gives (for nothing, as an exception, as a gift): of what that sentence speaks
 * of, on the conditions that it names. A title supports none, nor does another sentence that speaks of the same things.
 * @param last the sentence before, which "it" means
 */
export function isFavourSupported(pattern: RegExp, matching: string, last: string, sources: readonly Support[]): boolean {
  const plain = plainWords(matching);
  const means = MEANS.test(plain);
  const said = new Set([...contentOf(means ? `${last} ${plain}` : plain), ...unitsOf(matching)]);
  const givers = sources.flatMap(({ sentences }) => sentences.filter((one) => pattern.test(one.plain)));
  return favoursIn(pattern, matching).every((favour) => {
    const own = new Set(subjectOf(favour.words));
    const of = (text: string): string[] => tellingOf(text).filter((term) => !own.has(term));
    // "Delivery takes 2 days and is free" speaks of delivery before.
    const subject = [of(`${favour.before} ${favour.behind}`), favour.figures.size > 0 ? [] : of(plain), means ? of(last) : []].find((terms) => terms.length > 0) ?? [];
    return givers.some((giver) => {
      if (isNearly(said, giver)) return true;
      const given = favoursIn(pattern, giver.matching).filter(({ denied }) => denied === favour.denied);
      return isTold(subject, favour.figures, giver) && given.some((one) => one.denied || isMeant(one, of, said, giver, means && last === ''));
    });
  });
}

/** Whether what is said is nearly a sentence of a source, and the other way round. */
function isNearly(said: ReadonlySet<string>, giver: SupportSentence): boolean {
  const all = new Set([...contentOf(giver.plain), ...unitsOf(giver.matching)]);
  const both = [...all].filter((one) => said.has(one)).length;
  return all.size > 2 && both >= all.size * NEARLY && both >= said.size * NEARLY && [...unitsOf(giver.matching)].every((figure) => said.has(figure));
}

/** Whether a sentence of a source speaks of a subject, with its figures. */
function isTold(subject: readonly string[], figures: ReadonlySet<string>, giver: SupportSentence): boolean {
  const known = giver.own();
  const held = giver.figures().all.figures;
  const lacks = subject.filter((term) => !known.has(term)).length + [...figures].filter((figure) => !held.has(figure)).length;
  return lacks <= (subject.length + figures.size) * MAY_LACK;
}

/** Whether what a source gives is said: of what it gives it for, and on its conditions. */
function isMeant(given: Favour, of: (text: string) => string[], said: ReadonlySet<string>, giver: SupportSentence, open: boolean): boolean {
  const attributive = given.behind !== '' && !PREDICATE.test(` ${given.behind}`);
  const behind = (attributive ? CONDITION_LATER : CONDITION_NEXT).exec(given.behind)?.[1];
  const [, first, other] = CONDITION_BEFORE.exec(given.before) ?? [];
  if (!isConditionSaid(behind, given.figuresBehind, said) || !isConditionSaid(first ?? other, given.figuresBefore, said)) return false;
  // "Its delivery is free" is of what the sentence before speaks of.
  if (!open && !isSaid(giver.meant(), said, 0)) return false;
  const before = of(given.before);
  const whole = of(giver.plain.slice(0, giver.plain.indexOf(given.words)).replace(/\d+/g, ' '));
  const refers = REFERS.test(giver.plain);
  if (attributive) {
    const holders = before.length > 0 ? before : whole;
    return isSaid(contentOf(given.behind).slice(0, 2), said, 0) && (refers || giver.plain.startsWith(given.words) || (holders.length > 0 && isSaid(holders, said, 0)));
  }
  const spoken = before.length > 0 || REFERS.test(given.before) ? before : whole.length > 0 || refers ? whole : of(given.behind);
  return isSaid(spoken, said, MUST_SAY) || isSaid(whole.slice(0, 2), said, 1);
}

/** Whether a condition is said: one of its figures, or of its terms when it has none. */
function isConditionSaid(condition: string | undefined, figures: ReadonlySet<string>, said: ReadonlySet<string>): boolean {
  return condition === undefined || isSaid(figures.size > 0 ? [...figures] : contentOf(condition), said, 0);
}

/** Whether more than nothing, and at least a share, of some terms is said. */
function isSaid(terms: readonly string[], said: ReadonlySet<string>, share: number): boolean {
  const count = terms.filter((term) => said.has(term)).length;
  return terms.length === 0 || (count > 0 && count >= terms.length * share);
}

function favoursIn(pattern: RegExp, matching: string): Favour[] {
  const parts = matching.split(PART_END).filter((part) => pattern.test(plainWords(part)));
  return (parts.length > 0 ? parts : [matching]).flatMap((part) => {
    const plain = plainWords(readFigures(part).rest);
    const match = pattern.exec(plain);
    if (match === null) return [];
    const [before, behind] = [plain.slice(0, match.index), plain.slice(match.index + match[0].length)];
    const at = part.indexOf(match[0]);
    const [figuresBefore, figuresBehind] = at < 0 ? [new Set<string>(), unitsOf(part)] : [unitsOf(part.slice(0, at)), unitsOf(part.slice(at))];
    return [{ denied: isDenied(before, behind), before: before.trim(), behind: behind.trim(), words: match[0], figures: unitsOf(part), figuresBefore, figuresBehind }];
  });
}

/** Figures with a unit. */
function unitsOf(text: string): Set<string> {
  return new Set([...readFigures(text).figures].filter((figure) => !figure.startsWith('number:')));
}
