import { sentencesOf, termsOf } from '../knowledge/terms.ts';
import { readFigures } from './figures.ts';
import { forMatching, plainWords } from './matching.ts';

/** Something that a sentence may rest on, read once. */
export interface Support {
  /** Figures of its text, as {@link readFigures} gives them. */
  readonly figures: ReadonlySet<string>;
  /** Terms of its text and of what it is about. */
  readonly terms: ReadonlySet<string>;
  readonly sentences: readonly SupportSentence[];
}

interface SupportSentence {
  readonly plain: string;
  readonly denies: boolean;
  readonly terms: ReadonlySet<string>;
}

/** What a sentence may promise, and how. */
interface Topic {
  /**
   * `topic`: the source must say something of the topic. `words`: it must use the very words. `done`: it must say so of this case, not of
   * cases in general. `never`: nothing supports it.
   */
  readonly needs: 'topic' | 'words' | 'done' | 'never';
  readonly pattern: RegExp;
}

const DONE = '(?:refunded|cancell?ed|processed|issued|approved|shipped|dispatched|credited|extended|waived|sent|delivered|paid|booked|arranged|confirmed|granted|reserved|escalated|forwarded|changed|updated|replaced|resolved|fixed)';
const DONE_GERMAN = '(?:erstattet|storniert|bearbeitet|genehmigt|verschickt|versendet|gutgeschrieben|verlangert|erlassen|zugestellt|bezahlt|gebucht|bestatigt|reserviert|weitergeleitet|geandert|ersetzt|veranlasst)';
const ACT = '(?:cancel|refund|book|change|update|escalate|forward|arrange|send|ship|process|issue|credit|extend|waive|contact|call|notify|make an exception|approve|confirm|reserve|order|reimburse|grant|upgrade|promise|guarantee|assure)';

/** Promises by what they are about: money, guarantees, rights and law, health and safety, prices, what was done. */
const TOPICS: readonly Topic[] = [
  { needs: 'topic', pattern: /\b(?:refund\w*|money back|reimburs\w*|compensat\w*|credited|pay(?:s|ing)? you|paid out|pay out|pay back|give you money|store credit|cash ?back|erstatt\w*|ruckerstatt\w*|geld zuruck|ruckzahl\w*|gutschrift\w*|gutgeschrieben|entschadig\w*|auszahl\w*)\b/ },
  { needs: 'topic', pattern: /\b(?:replacements?|replace it|replace them|free repair|ersatzlieferung|ersatzartikel|umtausch\w*)\b/ },
  { needs: 'words', pattern: /\b(?:guarantee[ds]?|promise[ds]?|assure[ds]?|definitely|certainly|surely|no matter what|in any case|in every case|without fail|100 ?(?:%|percent)|you can rely on|rest assured|garantier\w*|garantie|versprech\w*|versprochen|zusicher\w*|zugesichert|versichern (?:ihnen|dir)|auf jeden fall|in jedem fall|bestimmt|sicherlich|verlassen sie sich)\b/ },
  { needs: 'topic', pattern: /\b(?:entitled|entitlement|(?:legal|statutory|your|a|the) rights? (?:to|of|under)|your rights|legal\w*|illegal\w*|lawful\w*|unlawful\w*|liab\w+|lawsuit|sue|court|by law|the law|warrant(?:y|ies)|anspruch|ihr recht|recht auf|gesetz\w*|rechtlich\w*|legal|illegal|haft(?:en|et|bar|ung)|verklagen|gewahrleistung\w*)\b/ },
  { needs: 'topic', pattern: /\b(?:safe(?:ly)? (?:to|for|in|with(?! us\b)|around|during)|(?:is|are|its|be|totally|completely|perfectly|absolutely) safe(?! with us\b)|harmless|cures?|cured|heals?|medic\w+|dos(?:e|age|es)|diagnos\w+|symptoms?|allerg\w+|hypoallergenic|pregnan\w+|toxic|non toxic|nontoxic|poison\w*|doctor|therapy|pain relief|relieves?|infection|carcinogen\w*|fireproof|flame retardant|unbedenklich|ungefahrlich|ungiftig|giftig|heilt|heilung|arzt|arztlich\w*|dosis|dosierung|schwanger\w*|allergi\w*|schmerz\w*|sicher (?:fur|bei|zu))\b/ },
  { needs: 'topic', pattern: /\b(?:free of charge|for free|is free|are free|free (?:shipping|delivery|returns?|repair|replacement|exchange|of cost)|at no (?:extra |additional )?(?:cost|charge)|no (?:extra |additional )?(?:cost|costs|charge|charges|fee|fees)|costs? nothing|on the house|discount\w*|price match\w*|vouchers?|coupons?|complimentary|kostenlos\w*|kostenfrei\w*|gratis|umsonst|rabatt\w*|gutschein\w*|ohne (?:zusatz)?kosten|portofrei|versandkostenfrei)\b/ },
  { needs: 'done', pattern: new RegExp(`\\b(?:has|have|was|were|is|are)(?: now| already| just| successfully)* (?:(?<=(?:has|have|now|already|just|successfully) )|(?<=(?:was|were) ))(?:been |being )?${DONE}\\b|\\b(?:we|ive|weve)(?: have| just| already| now){0,2} ${DONE}\\b`) },
  { needs: 'done', pattern: new RegExp(`\\b(?:wurde|wurden|ist|sind|haben wir|wir haben)(?: \\w+){0,6} ${DONE_GERMAN}\\b`) },
  { needs: 'never', pattern: new RegExp(`\\b(?:i|ive|ill|im)(?: have| will| can| am| just| already| now| going| to| happily| gladly| personally){0,4} (?:${ACT}|${DONE}|cancell?ing|refunding|sending|processing|issuing)\\b`) },
  { needs: 'never', pattern: new RegExp(`\\b(?:ich habe|ich werde|ich kann|werde ich|habe ich)(?: \\w+){0,6} (?:${DONE_GERMAN}|erstatten|stornieren|andern|veranlassen|verschicken|gutschreiben|verlangern|erlassen|genehmigen|buchen|uberweisen)\\b`) },
  { needs: 'never', pattern: /\b(?:legally binding|my word|trust me|rechtsverbindlich|mein wort)\b/ },
];

/** Looks like a denial and is none. */
const NO_DENIAL = /\b(?:never ?mind|costs? nothing|no (?:(?:extra |additional )?(?:costs?|charges?|fees?)|problem|worries|doubt|questions asked|later than|need to worry|hassle)|not (?:only|later than|to worry)|(?:dont|do not|need not|no need to) worry|nothing to worry|without (?:any )?(?:problems?|delay|doubt|questions?|fail|hassle)|nothing stands in the way|kein problem|keine sorge|ohne (?:weiteres|zweifel|probleme)|nicht nur)\b/g;
const DENIAL = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|cant|wont|dont|doesnt|didnt|isnt|arent|wasnt|without|except|excluded|exclude\w*|refuse\w*|den(?:y|ies|ied)|declin\w+|reject\w*|withh\w+|kein\w*|nicht|nie|niemals|ohne|weder|ausgeschlossen|ausgenommen|ausser|verweiger\w*|ablehn\w*)\b/g;
const DENIAL_BEHIND = /\b(?:not|cannot|cant|wont|isnt|arent|excluded|nicht|ausgeschlossen|ausgenommen)\b/;
/** Ends of the part of a sentence that a denial is good for. */
const CLAUSE_END = /[,;:–—()\n]|[.!?…](?!\d)|\s-\s|\b(?:but|however|and|or|yet|so|because|while|although|whereas|still|aber|jedoch|doch|sondern|und|oder|denn|trotzdem|weil)\b/;
/** Share of a sentence's terms that its source must have: a promise about something else is another promise. */
const SHARED_TERMS = 0.5;
/** Share of the terms beside the promise itself that the very sentence, with the title of its article, must have: they say what is promised. */
const SUBJECT_TERMS = 1 / 3;
/** A sentence that says what is done, not what was done. */
const IN_GENERAL = /\b(?:if|when|once|until|after|before|as soon as|will|can|may|must|are|be|gets?|wenn|sobald|falls|bis|werden|wird|kann|konnen)\b/;
/** Numbers up to which a figure without a unit says little. */
const SMALL = 12;
/** Words of the sentence before that a promise may begin in. */
const WORDS_BEFORE = 6;

/**
 * Reads what a sentence may rest on.
 * @param about its title; helps to compare, supports no promise and no figure
 */
export function supportOf(about: string, text: string): Support {
  const sentences = sentencesOf(text).map((sentence) => {
    const plain = plainWords(forMatching(sentence));
    return { plain, denies: denials(plain) > 0, terms: new Set(termsOf(`${about}\n${sentence}`)) };
  });
  return { figures: readFigures(text).figures, terms: new Set(termsOf(`${about}\n${text}`)), sentences };
}

/**
 * Whether a sentence promises what no source supports. Figures with a unit (money, times, dates, per cent) must stand in a source, in
 * words or digits; other numbers there or in what the visitor wrote. A promise must stand in one sentence of a source: the same topic,
 * not denied there when it is not denied here, and most of its words.
 * @param before what was said before, for a promise that is spread over two sentences
 * @param said figures of what the visitor wrote
 */
export function isUnsupported(sentence: string, before: string, sources: readonly Support[], said: ReadonlySet<string>): boolean {
  const plain = plainWords(forMatching(sentence));
  // A whole sentence of a source is its own support.
  if (sources.some(({ sentences }) => sentences.some((one) => one.plain === plain))) return false;
  const { figures, rest } = readFigures(sentence);
  if (![...figures].every((figure) => sources.some((source) => source.figures.has(figure)) || isHarmless(figure, sources, said))) return true;
  const matching = forMatching(sentence);
  const tail = plainWords(forMatching(before)).split(' ').slice(-WORDS_BEFORE).join(' ');
  const terms = [...new Set(termsOf(rest))].filter((term) => !/\d/.test(term));
  const close = sources.filter((source) => terms.filter((term) => source.terms.has(term)).length >= terms.length * SHARED_TERMS);
  return TOPICS.some((topic) => {
    const clauses = clausesOf(matching).filter((clause) => topic.pattern.test(clause));
    // Also where a comma, "and" or the end of a sentence stands within the promise.
    const joined = `${tail} ${plain}`;
    const spread = clauses.length === 0 && (topic.pattern.test(plain) || spans(topic.pattern, joined, tail.length)) ? [joined] : [];
    return [...clauses, ...spread].some((clause) => !isSupported(topic, clause, terms, close));
  });
}

function isSupported({ needs, pattern }: Topic, clause: string, terms: readonly string[], sources: readonly Support[]): boolean {
  const { 0: words = '', index = 0 } = pattern.exec(clause) ?? {};
  // What denies stands before the promise, or right behind it: "refunds are not possible".
  const behind = clause.slice(index + words.length).trim().split(' ').slice(0, 3).join(' ');
  const denied = (denials(clause.slice(0, index)) + (DENIAL_BEHIND.test(behind) ? 1 : 0)) % 2 === 1;
  if (needs === 'never') return denied;
  const says = ({ plain }: SupportSentence): boolean => {
    if (needs === 'topic') return pattern.test(plain);
    return ` ${plain} `.includes(` ${words} `) || (needs === 'done' && ` ${plain} `.includes(` ${words.split(' ').at(-1)} `) && !IN_GENERAL.test(plain));
  };
  const own = new Set(termsOf(words));
  const subject = terms.filter((term) => !own.has(term));
  const shared = (sentence: SupportSentence): number => subject.filter((term) => sentence.terms.has(term)).length;
  const found = sources.flatMap(({ sentences }) => sentences.filter(says)).map((sentence) => ({ denies: sentence.denies, shared: shared(sentence) }));
  // "Sale items cannot be refunded" speaks of sale items, whatever another sentence says of refunds.
  const most = Math.max(...found.map((one) => one.shared), subject.length * SUBJECT_TERMS);
  return found.some((one) => one.shared >= most && one.denies === denied);
}

function clausesOf(matching: string): string[] {
  return matching.split(CLAUSE_END).map(plainWords).filter((clause) => clause !== '');
}

function denials(plain: string): number {
  return plain.replace(NO_DENIAL, ' ').match(DENIAL)?.length ?? 0;
}

/** Whether a pattern matches over the place where two sentences meet. */
function spans(pattern: RegExp, text: string, at: number): boolean {
  const match = pattern.exec(text);
  return match !== null && match.index < at && match.index + match[0].length > at + 1;
}

function isHarmless(figure: string, sources: readonly Support[], said: ReadonlySet<string>): boolean {
  if (!figure.startsWith('number:')) return false;
  const value = figure.slice('number:'.length);
  const known = [...sources.flatMap(({ figures }) => [...figures]), ...said];
  return Number(value) <= SMALL || known.some((one) => one.slice(one.indexOf(':') + 1) === value);
}
