import { matches } from './anchored.ts';
import type { Feature } from './injection-feature.ts';
import { OF_ORDERS } from './injection-orders.ts';
import { OF_REACH } from './injection-reach.ts';
import { OF_ROLES } from './injection-roles.ts';
import { IN_SIGNS } from './injection-signs.ts';
import { forMatching, readingsOf } from './matching.ts';

/** What the screen says of a message. */
export interface Screening {
  /** 0-1: how much of it speaks for an attempt to steer the bot. */
  readonly score: number;
  /** Names of what was seen, strongest first. */
  readonly features: readonly string[];
}

/** Score from which a message is refused. */
export const REFUSED_FROM = 0.75;

/** Seen in plain words. */
export const IN_WORDS: readonly Feature[] = [...OF_ORDERS, ...OF_ROLES, ...OF_REACH];

/** Characters that are looked at; a message is shorter by setting. */
const MOST_CHARACTERS = 16_000;

/** Length from which V8 compiles a pattern to machine code at once. For a shorter text it makes bytecode first, which for these takes four times as long. */
const PAGE_CHARACTERS = 1_024;

/** The text, filled up with empty lines, so that the first message a process screens does not wait for the compiler. */
const asPage = (text: string): string => text.padEnd(PAGE_CHARACTERS, '\n');

/**
 * Looks for attempts to steer the bot: a table of features, in copies of the text made for matching. It is the second line: whatever
 * passes still meets a model without rights and the output gate. Takes time in proportion to the length, never throws.
 */
export function screen(text: string): Screening {
  const head = text.slice(0, MOST_CHARACTERS);
  // No pattern reaches over a line's end, so one look at all readings is as good as one at each.
  const readings = readingsOf(head).join('\n');
  const signs = forMatching(head);
  const seen = new Map<string, number>();
  const note = ({ name, weight }: Feature): void => void seen.set(name, Math.max(weight, seen.get(name) ?? 0));
  const look = (features: readonly Feature[], text: string): void => {
    const page = asPage(text);
    for (const feature of features) if (matches(feature, text, page)) note(feature);
  };
  look(IN_WORDS, readings);
  look(IN_SIGNS, signs);
  const features = [...seen].toSorted(([, one], [, other]) => other - one);
  return { score: Math.min(1, features.reduce((sum, [, weight]) => sum + weight, 0)), features: features.map(([name]) => name) };
}
