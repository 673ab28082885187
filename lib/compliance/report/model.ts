import type { Control, Decision, Evidence, JudgedTemplate, Outcome } from '../evidence/types.ts';
import type { Verdict } from '../verdict.ts';
import { count, worst } from './count.ts';
import type { Counts } from './count.ts';
import { sha256 } from './hash.ts';
import { evidenceText } from './json.ts';
import { by, grouped } from './text.ts';

/** A control with what it gave. */
export interface JudgedControl {
  readonly control: Control;
  readonly outcomes: readonly Outcome[];
  readonly counts: Counts;
  /** The one that needs most attention. @default - it gave none */
  readonly verdict?: Verdict;
}

/** A framework with its controls. */
export interface Framework {
  readonly name: string;
  readonly controls: readonly JudgedControl[];
  readonly counts: Counts;
}

/** Evidence in the order of the report, with what every renderer looks up. */
export interface Model {
  readonly evidence: Evidence;
  /** Text of `evidence.json`. */
  readonly text: string;
  /** SHA-256 of that text, hex. */
  readonly digest: string;
  readonly counts: Counts;
  readonly frameworks: readonly Framework[];
  readonly controls: readonly JudgedControl[];
  readonly decision: (outcome: Outcome) => Decision | undefined;
  readonly template: (outcome: Outcome) => JudgedTemplate | undefined;
  readonly control: (outcome: Outcome) => Control;
}

/**
 * Puts evidence in order and joins it.
 * @throws Error when the evidence's time is not a time
 */
export function modelOf(given: Evidence): Model {
  const evidence = ordered(given);
  const outcomes = grouped(evidence.outcomes, ({ control }) => control);
  const controls = evidence.controls.map((control): JudgedControl => {
    const mine = outcomes.get(control.id) ?? [];
    const counts = count(mine);
    const verdict = worst(counts);
    return { control, outcomes: mine, counts, ...(verdict && { verdict }) };
  });
  const frameworks = [...grouped(controls, ({ control }) => control.framework)].map(([name, controls]) => ({ name, controls, counts: count(controls.flatMap(({ outcomes }) => outcomes)) }));
  const decisions = firsts(evidence.decisions, ({ id }) => id);
  const templates = firsts(evidence.templates, ({ stack }) => stack);
  const byId = firsts(evidence.controls, ({ id }) => id);
  const text = evidenceText(evidence);
  return {
    evidence,
    text,
    digest: sha256(text),
    counts: count(evidence.outcomes),
    frameworks,
    controls,
    decision: ({ decision }) => (decision === undefined ? undefined : decisions.get(decision)),
    template: ({ place }) => (place === undefined ? undefined : templates.get(place.stack)),
    control: ({ control }) => byId.get(control) ?? unlisted(control),
  };
}

function ordered(evidence: Evidence): Evidence {
  const at = new Date(evidence.at);
  if (Number.isNaN(at.getTime())) throw new Error(`Evidence of "${evidence.name}": at is "${evidence.at}", which is not a time; give the commit's time as ISO 8601, e.g. 2027-01-31T12:00:00Z.`);
  const listed = new Set(evidence.controls.map(({ id }) => id));
  const missing = [...new Set(evidence.outcomes.map(({ control }) => control))].filter((id) => !listed.has(id)).map(unlisted);
  const controls = [...firsts([...evidence.controls, ...missing], ({ id }) => id).values()];
  return {
    ...evidence,
    at: at.toISOString(),
    templates: evidence.templates.toSorted(by(({ stack }) => stack, ({ file }) => file)),
    controls: controls.toSorted(by(({ framework }) => framework, ({ id }) => id)),
    outcomes: evidence.outcomes.toSorted(by(...OUTCOME_ORDER)),
    decisions: evidence.decisions.map((decision) => ({ ...decision, covers: decision.covers.toSorted() })).toSorted(by(({ id }) => id, ({ expires }) => expires, ({ justification }) => justification)),
    unexamined: evidence.unexamined.map((item) => ({ ...item, resources: item.resources.toSorted() })).toSorted(by(({ type }) => type)),
    claims: evidence.claims.toSorted(by(({ tool }) => tool, ({ rule }) => rule, ({ place }) => place.stack, ({ place }) => place.path, ({ place }) => place.logicalId, ({ reason }) => reason)),
  };
}

const OUTCOME_ORDER: readonly ((outcome: Outcome) => string)[] = [
  ({ control }) => control,
  ({ place }) => place?.stack ?? '',
  ({ place }) => place?.path ?? '',
  ({ place }) => place?.logicalId ?? '',
  ({ part }) => part ?? '',
  ({ property }) => property ?? '',
  ({ verdict }) => verdict,
  ({ actual, expected, note, decision }) => JSON.stringify([actual, expected, note, decision]),
];

/** A control that an outcome names and no pack lists: shown, so that nothing is lost. */
function unlisted(id: string): Control {
  return { id, framework: 'Unlisted', title: 'This control is not in the list of controls.', references: [], info: '', explanation: '', version: '' };
}

function firsts<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T> {
  return new Map(items.toReversed().map((item) => [key(item), item]));
}
