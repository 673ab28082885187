import { itemsOf, type Value } from '../../template/value.ts';
import { check, patternOf, type Finding } from '../check.ts';

/** Nothing is allowed across origins. */
export const NO_CORS: Finding = { verdict: 'PASS', actual: 'absent', expected: 'named https origins', note: 'Without CORS no other origin can read an answer.' };

/** Whether a list of origins names https origins alone, without a wildcard. */
export function namesOrigins(property: string, origins: Value): Finding {
  return check(property, origins, 'named https origins', () => {
    const texts = itemsOf(origins).map(patternOf);
    if (texts.some((text) => text.includes('*') || text.startsWith('http:'))) return false;
    return itemsOf(origins).some(({ kind }) => kind === 'unknown') ? undefined : true;
  });
}
