import { sentencesOf } from '../knowledge/terms.ts';
import { clausesOf, denials } from './denial.ts';
import { type ReadFigures, readFigures } from './figures.ts';
import { forMatching, plainWords } from './matching.ts';
import { type Sign, signsOf, withoutEnding } from './reach.ts';
import { contentOf, subjectOf } from './subject.ts';

/** Something that a sentence may rest on, read once. */
export interface Support {
  /** Figures of its text, as {@link readFigures} gives them. */
  readonly figures: ReadonlySet<string>;
  /** Terms of its text and of what it is about. */
  readonly terms: ReadonlySet<string>;
  readonly sentences: readonly SupportSentence[];
  /** Words of its text, without the endings of German adjectives. */
  readonly words: ReadonlySet<string>;
}

/** What one clause states, and whether it denies it. */
interface Statement {
  readonly denies: boolean;
  readonly terms: ReadonlySet<string>;
}

/** A sentence of a {@link Support}. */
export interface SupportSentence {
  readonly matching: string;
  readonly plain: string;
  readonly denies: boolean;
  /** Terms of the sentence and of what its text is about. */
  readonly terms: ReadonlySet<string>;
  readonly clauses: readonly Statement[];
  /** Its figures, and those of the parts that each speaks of one thing: read when first asked for. */
  readonly figures: () => { readonly all: ReadFigures; readonly parts: readonly FigurePart[] };
  /** How far it reaches, and for things in which state: read when first asked for. */
  readonly signs: () => readonly Sign[];
  /** Terms of the sentence alone, and of the one before when it begins with what that one speaks of. */
  readonly own: () => ReadonlySet<string>;
  /** What its "it" or "its" means: the first terms of the sentence before. */
  readonly meant: () => readonly string[];
}

/** A part of a sentence, with its figures and its terms. */
export interface FigurePart {
  readonly figures: ReadonlySet<string>;
  readonly terms: readonly string[];
}

/** Says something by itself: a pronoun or a verb that helps another. */
const STATES = /\b(?:we|you|they|it|i|is|are|was|were|can|may|must|will|do|does|has|have|get|gets|costs?|takes?|sie|wir|man|ihr|es|ist|sind|war|kann|konnen|darf|durfen|wird|werden|hat|haben|kostet|dauert)\b/;
/** Ends of a part that may have a figure of its own; never within a figure: "3,95", "8 and 10 days". */
const PART_END = /[;:()\n]|[.!?…](?!\d)|,(?!\d)|\b(?:but|however|while|whereas|aber|jedoch|sondern|wahrend)\b|\b(?:and|or|und|oder)\b(?!\s+\d)/;
/** Begins with what the sentence before speaks of. */
export const REFERS = /^(?:it|its|they|their|this|that|these|those|you|we|she|he|er|es|sie|wir|dies\w*|das|ihre?)\b/;

/** As {@link REFERS}, with a word that means a thing. */
export const MEANS = /^(?:(?:yes|in short|so|and|also|then|well|ja|und|kurz)\b ?)*(?:its?|they|their|this|that|these|those|er|es|sie (?:ist|sind|kostet|kosten|wird|werden)|dies\w*|das)\b/;

/** Statements of a sentence. What states nothing by itself belongs to what is denied: "Sale items and gift cards cannot be refunded". */
function statementsOf(matching: string): Statement[] {
  const clauses = clausesOf(matching).map((clause) => ({ denies: denials(clause) % 2 === 1, states: STATES.test(clause), terms: subjectOf(clause) }));
  const listed = clauses.filter(({ denies, states }) => !denies && !states).flatMap(({ terms }) => terms);
  const denied = clauses.filter(({ denies }) => denies);
  if (denied.length === 0) return clauses.map(({ terms }) => ({ denies: false, terms: new Set(terms) }));
  return clauses.filter(({ denies, states }) => denies || states).map(({ denies, terms }) => ({ denies, terms: new Set(denies ? [...terms, ...listed] : terms) }));
}

/** Parts of a sentence, each with its figures and its terms. */
export function partsOf(sentence: string): FigurePart[] {
  return forMatching(sentence).split(PART_END).filter((part) => part.trim() !== '').map((part) => {
    const { figures, rest } = readFigures(part);
    return { figures, terms: subjectOf(rest) };
  });
}

/**
 * Reads what a sentence may rest on.
 * @param about its title; helps to compare, supports no promise and no figure
 */
export function supportOf(about: string, text: string): Support {
  const title = subjectOf(about);
  const texts = sentencesOf(text);
  const sentences = texts.map((sentence, index): SupportSentence => {
    const matching = forMatching(sentence);
    const plain = plainWords(matching);
    let read: ReturnType<SupportSentence['figures']> | undefined;
    let signs: readonly Sign[] | undefined;
    return {
      matching,
      plain,
      denies: denials(plain) > 0,
      terms: new Set([...title, ...subjectOf(sentence)]),
      clauses: statementsOf(matching),
      figures: () => (read ??= { all: readFigures(sentence), parts: partsOf(sentence) }),
      signs: () => (signs ??= signsOf(matching)),
      own: () => new Set(contentOf(REFERS.test(plain) ? `${texts[index - 1] ?? ''} ${sentence}` : sentence)),
      meant: () => (MEANS.test(plain) ? contentOf(texts[index - 1] ?? '').slice(0, 2) : []),
    };
  });
  return { figures: readFigures(text).figures, terms: new Set([...title, ...subjectOf(text)]), sentences, words: new Set(plainWords(forMatching(text)).split(' ').map(withoutEnding)) };
}
