import type { Estate, Resource } from '../template/types.ts';
import type { Verdict } from '../verdict.ts';
import type { Parameters } from './parameters.ts';

/** What a rule found, for one resource or for the estate as a whole. */
export interface Judgement {
  /** @default - the estate as a whole */
  readonly resource?: Resource;
  readonly verdict: Exclude<Verdict, 'ACCEPTED' | 'ERROR'>;
  /** Property that decided, as a path (`SSESpecification.SSEEnabled`). @default - none by itself */
  readonly property?: string;
  /** What stands there, as a reviewer reads it. @default - nothing */
  readonly actual?: string;
  /** What should. @default - nothing */
  readonly expected?: string;
  /** More in a sentence, e.g. what is not known and why. @default - nothing */
  readonly note?: string;
  /** Tells several findings on one resource apart, e.g. `Statement 2`. @default - the resource has one */
  readonly part?: string;
  /** It fails because nothing of the estate does what is wanted: something that a macro adds may do it. @default - what fails stands in the template */
  readonly missing?: true;
}

/** A rule that an estate is held to. */
export interface Rule {
  /** E.g. `G01`. */
  readonly id: string;
  /** One of ours ({@link PackId}), or a name of your own. */
  readonly pack: string;
  /** Changes with what the rule demands: evidence names it. */
  readonly version: number;
  /** Articles or paragraphs that it supports, e.g. `GDPR Art. 5(1)(e)`. */
  readonly references: readonly string[];
  /** One line: what is demanded. */
  readonly title: string;
  /** What is looked at, and when it passes. */
  readonly info: string;
  /** Why it matters, and what to change when it fails. */
  readonly explanation: string;
  /** Resource types that it looks at. */
  readonly looksAt: readonly string[];
  /** Judges every resource that it looks at; `NOT_APPLICABLE` for the estate when there is none. */
  readonly judge: (estate: Estate, parameters: Parameters) => readonly Judgement[];
}

/** Packs of our own. */
export type PackId = 'GDPR' | 'HIPAA-Additions' | 'Blind-Spots';

/** Most types that a note names. */
const MOST_NAMED = 20;

/** Judges resources of some types one by one; one `NOT_APPLICABLE` for the estate when it has none of them. */
export function each(types: readonly string[], judge: (resource: Resource, estate: Estate, parameters: Parameters) => Omit<Judgement, 'resource'> | readonly Omit<Judgement, 'resource'>[]): Rule['judge'] {
  return (estate, parameters) => {
    const found = estate.resources.filter(({ type }) => types.includes(type));
    if (found.length === 0) return [{ verdict: 'NOT_APPLICABLE', note: types.length > MOST_NAMED ? `There is none of the ${types.length} types that it looks at.` : `There is no ${types.join(', ')}.` }];
    return found.flatMap((resource) => [judge(resource, estate, parameters)].flat().map((judgement) => ({ ...judgement, resource })));
  };
}
