import type { Anchored } from './anchored.ts';

/** Something that speaks for an attempt to steer the bot. Its anchors are the rarest words that the pattern needs, so that it seldom runs. */
export interface Feature extends Anchored {
  /** Several patterns may have one name; the heaviest counts. */
  readonly name: string;
  /** 0-1; of several features the weights add up. 1 and 0.75 say it alone, the others only together. */
  readonly weight: number;
}
