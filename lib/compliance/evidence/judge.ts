import { addedTo, expansionOf } from '../template/expansion.ts';
import type { Estate, Resource } from '../template/types.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { Judgement, Rule } from '../rules/rule.ts';
import { inOrder } from './order.ts';
import type { Control, Outcome, Place } from './types.ts';

/** What judging gave. */
export interface Judged {
  readonly controls: readonly Control[];
  readonly outcomes: readonly Outcome[];
}

/** Holds an estate to rules. A rule that breaks gives one `ERROR`, never a pass or a failure; two runs give the same outcomes in the same order. */
export function judgeEstate(estate: Estate, rules: readonly Rule[], parameters: Parameters): Judged {
  const doubts = doubtsOf(estate);
  return { controls: rules.map(controlOf), outcomes: inOrder(rules.flatMap((rule) => judgeRule(estate, rule, parameters, doubts))) };
}

/** A rule as the report shows it. */
export function controlOf({ id, pack, title, references, info, explanation, version }: Rule): Control {
  return { id: `${pack}-${id}`, framework: pack, title, references, info, explanation, version: String(version) };
}

/** Where a resource stands. */
export function placeOf({ stack, logicalId, type, path }: Resource): Place {
  return { stack: stack.name, logicalId, type, path };
}

/** What went wrong in a rule, in one line without paths of this machine. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n')[0]?.replaceAll(/(?:file:\/\/)?(?:\/[\w.@+-]+){2,}(?::\d+)*/g, '…').trim() ?? '';
  return line === '' ? 'no message' : line.slice(0, 200);
}

function judgeRule(estate: Estate, rule: Rule, parameters: Parameters, doubts: Doubts): Outcome[] {
  const { id: control } = controlOf(rule);
  try {
    const judgements = rule.judge(estate, parameters);
    if (judgements.length === 0) return [{ control, verdict: 'ERROR', note: 'The rule broke: it gave no judgement.' }];
    return judgements.map(({ missing, ...judgement }) => doubted(outcomeOf(control, judgement), doubts, missing));
  } catch (error) {
    return [{ control, verdict: 'ERROR', note: `The rule broke: ${messageOf(error)}` }];
  }
}

function outcomeOf(control: string, { resource, ...judgement }: Omit<Judgement, 'missing'>): Outcome {
  return { control, ...judgement, ...(resource === undefined ? {} : { place: placeOf(resource) }) };
}

/** What macros make doubtful in an estate. */
interface Doubts {
  /** What may add resources anywhere. */
  readonly added: readonly string[];
  /** Macros that may change a stack's resources, by the stack's name. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
}

function doubtsOf(estate: Estate): Doubts {
  const changed = new Map<string, readonly string[]>();
  // Stacks of two regions may have one name.
  for (const stack of estate.stacks) changed.set(stack.name, [...(changed.get(stack.name) ?? []), ...expansionOf(stack).changes]);
  return { added: addedTo(estate), changed };
}

/** What passes, or does not apply, before macros have run may fail after them, and what is missing may be there: that is not known. What else fails is left: it stands in the template. */
function doubted(outcome: Outcome, { added, changed }: Doubts, missing?: true): Outcome {
  const { verdict, place, note } = outcome;
  const says = verdict === 'PASS' ? 'It passes' : verdict === 'NOT_APPLICABLE' ? 'It does not apply' : verdict === 'FAIL' && missing === true ? 'It is missing' : undefined;
  if (says === undefined) return outcome;
  const adds = place === undefined || verdict === 'FAIL';
  const macros = adds ? added : (changed.get(place.stack) ?? []);
  if (macros.length === 0) return outcome;
  const doubt = `${says} as the template stands, but ${macros.join(', ').slice(0, 200)} may ${adds ? 'add resources' : 'change this resource'}.`;
  return { ...outcome, verdict: 'UNKNOWN', note: [note, doubt].filter((text) => text !== undefined).join(' ') };
}
