import { clausesOf, denials } from './denial.ts';
import { contentOf } from './subject.ts';

/** A word that says how far a promise reaches, or for things in which state. */
export interface Sign {
  /** What it says; two words of one kind say the same. */
  readonly kind: string;
  /** Terms that stand by it. The first is what it is said of. */
  readonly near: readonly string[];
}

/** Look like signs and are none. */
const NO_SIGN = /\b(?:all (?:of )?your questions?|all (?:that )?you (?:need|have)|all set|all the (?:same|best|more)|after all|above all|at all(?! times)|first of all|(?:like )?any other|(?:if|when|whether|should)(?: \w+){0,4} any|any (?:further |more )?(?:questions?|problems?|trouble|doubts?|help)|each other|even (?:more|so|though|better)|wie jede[rs]? andere\w*|alles gute|alle (?:ihre )?fragen|vor allem)\b/g;

/** Words that widen a promise, by what they widen. */
const WIDE: readonly (readonly [string, RegExp])[] = [
  ['all', /\b(?:all|every|each|any|everything|anything|everybody|everyone|anybody|anyone|whatever|whichever|whoever|(?:no|without) exceptions?|(?:ohne|keine) ausnahmen?|alles?|alle[nrm]|jede[nrms]?|jegliche\w*|samtliche\w*|beliebige\w*)\b/g],
  ['always', /\b(?:always|anytime|(?:any|every|each) time|at all times|forever|whenever|permanently|indefinitely|unlimited\w*|for life|immer|stets|jederzeit|unbegrenzt\w*|unbefristet\w*|lebenslang\w*)\b/g],
  ['even', /\b(?:even|sogar|(?:selbst|auch) (?=wenn\b|ohne\b|nach\b|getragen|benutzt|gebraucht|geoffnet))/g],
];
const WITHOUT = /\b(?:without|ohne|(?:no need|not (?:have|has) to have|(?:not|dont|no longer) need(?:ed)?) (?:for |of )?|need no|brauchen (?:sie )?keine?n?)\b/g;
const WITH = /\b(?:with|mit)\b(?! or without| oder ohne)/g;

/** States of goods: sellers mean these when they say what may come back. Each with whatever denies it before. */
const stateOf = (words: string): RegExp => new RegExp(`\\b((?:(?:not|never|nicht|nie|un|non|isnt|arent|wasnt|havent|hasnt|noch nicht)\\b ?(?:been |yet |be |even )?|un)*)(?:${words})(?:e[nrms]?)?\\b`, 'g');
const STATES: readonly (readonly [string, RegExp])[] = [
  ['used', stateOf('used|worn|benutzt|gebraucht|getragen|(?:after|nach)(?: \\w+)? (?:use|using|wearing|gebrauch|benutzung)')],
  ['washed', stateOf('washed|laundered|gewaschen')],
  ['opened', stateOf('opened|unsealed|geoffnet|angebrochen|ausgepackt')],
  ['damaged', stateOf('damaged|broken|torn|ripped|scratched|defective|defects?|faulty|faults?|beschadigt|kaputt|defekt|zerrissen|mangelhaft|fehlerhaft')],
  ['dirty', stateOf('dirty|soiled|stained|muddy|smelly|schmutzig|verschmutzt|fleckig')],
  ['second-hand', stateOf('second hand|pre ?owned')],
];
/** States whose words are verbs as well: "the card that was used". */
const ALSO_VERBS = new Set(['used', 'opened']);
/** Words that a sign's thing stands in, behind it or before it. */
const REACHED_WORDS = 5;

const termsBehind = (clause: string, at: number): string[] => contentOf(clause.slice(at).trim().split(' ').slice(0, REACHED_WORDS).join(' '));
const termsBefore = (clause: string, at: number): string[] => contentOf(clause.slice(0, at).trim().split(' ').slice(-REACHED_WORDS).join(' '));

/** Signs of a copy made for matching. What a denied clause says of all things, always or even, widens nothing. */
export function signsOf(matching: string): Sign[] {
  return clausesOf(matching).flatMap((whole) => {
    const clause = whole.replace(NO_SIGN, ' ');
    const found = (kind: string, pattern: RegExp): Sign[] =>
      [...clause.matchAll(pattern)].map(({ index, 0: words }) => {
        const behind = termsBehind(clause, index + words.length).slice(0, 2);
        return { kind, near: behind.length > 0 ? behind : termsBefore(clause, index).slice(-1) };
      });
    const states = STATES.flatMap(([state, pattern]) =>
      [...clause.matchAll(pattern)].map(({ index, 0: words, 1: denied = '' }): Sign => {
        const not = (denied.match(/not|never|nicht|nie|un|non|nt\b/g)?.length ?? 0) % 2 === 1;
        return { kind: not ? `not ${state}` : state, near: ALSO_VERBS.has(state) ? [...termsBehind(clause, index + words.length), ...termsBefore(clause, index)] : [] };
      }),
    );
    const wide = denials(clause) % 2 === 1 && !/\b(?:without|ohne)\b/.test(clause) ? [] : WIDE.flatMap(([kind, pattern]) => found(kind, pattern));
    return [...wide, ...found('without', WITHOUT), ...found('with', WITH), ...states];
  });
}

/** Whether a sign is among those of another sentence, said of the same thing. */
export function holdsSign({ kind, near }: Sign, signs: readonly Sign[]): boolean {
  const verbs = ALSO_VERBS.has(kind.replace('not ', ''));
  return signs.some((other) => other.kind === kind && (near.length === 0 || other.near.length === 0 || (verbs ? near : near.slice(0, 1)).some((term) => other.near.includes(term))));
}

/** Words that a prefix turns round, but for those that only look so. */
const PREFIXED = /^(?:un|non)(?!der|ter|ser|less|til|ion|it|iq|iv|gef|mittel)(?=\p{L}{4})|^(?:in|im|ir)(?=(?:complet|valid|correct|eligibl|direct|activ|accurat|sufficient|proper|perfect|regular))/u;
const TURNABLE = /^(?:complet|valid|correct|eligibl|direct|activ|accurat|sufficient|proper|perfect|regular)/;

/** A word without the ending that a German adjective takes. */
export function withoutEnding(word: string): string {
  return word.length > 5 ? word.replace(/e[nrms]?$/, '') : word;
}

/** What a word would be with a prefix that turns it round, or without the one that it has. */
export function contrariesOf(word: string): string[] {
  const rest = word.replace(PREFIXED, '');
  if (rest !== word) return [rest];
  if (word.length < 4) return [];
  return ['un', 'non', ...(TURNABLE.test(word) ? ['in', 'im', 'ir'] : [])].map((prefix) => prefix + word).filter((turned) => PREFIXED.test(turned));
}
