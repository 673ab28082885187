import { plainWords } from './matching.ts';

/** Looks like a denial and is none. */
const NO_DENIAL = /\b(?:never ?mind|no answer|costs? nothing|no (?:(?:extra |additional )?(?:costs?|charges?|fees?)|problem|worries|doubt|questions asked|later than|need to worry|hassle)|not (?:only|later than|to worry)|(?:dont|do not|need not|no need to) worry|nothing to worry|without (?:any )?(?:problems?|delay|doubt|questions?|fail|hassle)|nothing stands in the way|kein problem|keine sorge|ohne (?:weiteres|zweifel|probleme)|nicht nur)\b/g;
const DENIAL = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|cant|wont|dont|doesnt|didnt|isnt|arent|wasnt|without|except|excluded|exclude\w*|refuse\w*|den(?:y|ies|ied)|declin\w+|reject\w*|withh\w+|kein\w*|nicht|nie|niemals|ohne|weder|ausgeschlossen|ausgenommen|ausser|verweiger\w*|ablehn\w*)\b/g;
const DENIAL_BEHIND = /\b(?:not|cannot|cant|wont|isnt|arent|excluded|nicht|ausgeschlossen|ausgenommen)\b/;
/** Ends of the part of a sentence that a denial is good for. */
const CLAUSE_END = /[,;:–—()\n]|[.!?…](?!\d)|\s-\s|\s{3,}|\b(?:but|however|and|or|yet|so|because|while|although|whereas|still|aber|jedoch|doch|sondern|und|oder|denn|trotzdem|weil)\b/;

/** How often plain words deny. Twice is an assent. */
export function denials(plain: string): number {
  return plain.replace(NO_DENIAL, ' ').match(DENIAL)?.length ?? 0;
}

/** Whether a promise is denied, by what stands before it or right behind it: "refunds are not possible". */
export function isDenied(before: string, behind: string): boolean {
  return (denials(before) + (DENIAL_BEHIND.test(behind.trim().split(' ').slice(0, 3).join(' ')) ? 1 : 0)) % 2 === 1;
}

/** Clauses of a copy made for matching, as plain words. */
export function clausesOf(matching: string): string[] {
  return matching.split(CLAUSE_END).map(plainWords).filter((clause) => clause !== '');
}
