import { Stack, Validations } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import type { NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { resourcePath } from '../template/estate.ts';
import { messageOf } from './judge.ts';
import { inOrder } from './order.ts';
import type { Control, Outcome, Place } from './types.ts';

/** What a stock pack tells of a rule that it runs on a resource. */
export interface AppliedRule {
  readonly ruleSuffixOverride?: string;
  readonly info: string;
  readonly explanation: string;
  readonly node: CfnResource;
  rule(node: CfnResource): unknown;
}

/** What stock packs gave, in a synth. */
interface Recorded {
  readonly node: CfnResource;
  readonly outcome: Omit<Outcome, 'place'>;
}

/** Keeps every outcome of stock packs while they run. One is enough for a whole app; evidence is asked for by stage. */
export class Collector {
  readonly #controls = new Map<string, Control>();
  /** By control, construct path and finding: a pack that runs twice gives the same. */
  readonly #found = new Map<string, Recorded>();

  /** Notes what a rule gave. `result` throws what the rule threw. */
  record(pack: Pick<NagPack, 'readPackName'>, packVersion: string, params: AppliedRule, result: () => unknown): void {
    const framework = pack.readPackName;
    const suffix = params.ruleSuffixOverride ?? '';
    const control = `${framework}-${suffix === '' ? params.rule.name : suffix}`;
    if (!this.#controls.has(control)) this.#controls.set(control, controlOf(control, framework, packVersion, params));
    for (const outcome of outcomesOf(control, result)) {
      const finding = `${framework}::${control}${outcome.part === undefined ? '' : `[${outcome.part}]`}`;
      const reason = outcome.verdict === 'PASS' ? undefined : acknowledged(params.node, finding);
      const note = [outcome.note, reason === undefined ? undefined : `Acknowledged: ${reason}`].filter((text) => text !== undefined).join(' ');
      this.#found.set(JSON.stringify([control, params.node.node.path, outcome.part ?? '']), { node: params.node, outcome: { ...outcome, ...(note === '' ? {} : { note }) } });
    }
  }

  /** Rules that ran, by id. */
  controls(): Control[] {
    return [...this.#controls.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Outcomes for a stage, or for the app; one `NOT_APPLICABLE` for a rule that applies to nothing in it. */
  outcomes(scope: IConstruct): Outcome[] {
    const found = [...this.#found.values()].filter(({ node }) => node.node.scopes.includes(scope)).map(placed);
    const applied = new Set(found.map(({ control }) => control));
    const idle = [...this.#controls.keys()].filter((control) => !applied.has(control));
    return inOrder([...found, ...idle.map((control): Outcome => ({ control, verdict: 'NOT_APPLICABLE', note: 'It applies to none of the resources.' }))]);
  }
}

function controlOf(id: string, framework: string, version: string, { info, explanation }: AppliedRule): Control {
  const [, title = info, cited = ''] = /^(.*?)\s+-\s+\(Control IDs?: (.*)\)\.?$/s.exec(info) ?? [];
  const prefix = framework.startsWith('HIPAA') ? '45 CFR ' : framework.startsWith('NIST.800.53') ? 'NIST SP 800-53 ' : '';
  // Stock rules say what is wrong where they fail: beside a pass that would read as the contrary.
  const failsWhen = (text: string): string => `Fails when: ${text}`;
  return { id, framework, title: failsWhen(title), references: cited === '' ? [] : [...new Set(cited.split(/,\s*/))].map((reference) => `${prefix}${reference}`), info: failsWhen(info), explanation, version };
}

/** Outcomes of one run of a rule; none where it does not apply. */
function outcomesOf(control: string, result: () => unknown): Omit<Outcome, 'place'>[] {
  try {
    const given = result();
    if (Array.isArray(given)) return given.length === 0 ? [{ control, verdict: 'PASS' }] : given.map((part) => ({ control, verdict: 'FAIL', part: String(part) }));
    if (given === 'Compliant') return [{ control, verdict: 'PASS' }];
    return given === 'Non-Compliant' ? [{ control, verdict: 'FAIL' }] : [];
  } catch (error) {
    return [{ control, verdict: 'ERROR', note: `The rule broke: ${messageOf(error)}` }];
  }
}

function placed({ node, outcome }: Recorded): Outcome {
  return { ...outcome, place: placeOf(node) };
}

function placeOf(node: CfnResource): Place {
  const stack = Stack.of(node);
  return { stack: stackName(stack), logicalId: String(stack.resolve(node.logicalId)), type: node.cfnResourceType, path: resourcePath(node.node.path) };
}

/** A nested stack has no name before it is deployed: it is called by its resource in the one above, as in an estate. */
function stackName(stack: Stack): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  return parent === undefined || resource === undefined ? stack.stackName : `${stackName(parent)}/${String(parent.resolve(resource.logicalId))}`;
}

/** Reason for which a finding is acknowledged on a resource or above it, with or without its pack in front: the second form leaves no trace elsewhere. */
function acknowledged(node: CfnResource, finding: string): string | undefined {
  const bare = `annotation::${finding.slice(finding.indexOf('::') + 2)}`;
  for (const scope of node.node.scopes.toReversed()) {
    for (const { type, data } of scope.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      const known = Object.entries(data as Record<string, unknown>).find(([id]) => id === finding || id.toLowerCase() === bare.toLowerCase());
      if (known !== undefined) return String(known[1]);
    }
  }
  return undefined;
}
