import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parametersOf } from '../../bin/report/parameters.ts';
import { CONTEXT } from '../../bin/synthesize.ts';
import { validateEnvironment } from '../../config/index.ts';
import { ChatbotStage } from '../../lib/chatbot-stage.ts';
import { RULES } from '../../lib/compliance/index.ts';
import { sample } from '../config/sample.ts';
import { openFindings } from '../lib/api/api-app.ts';
import type { Changes } from '../config/sample.ts';
import type { Found, Json } from './assembly.ts';
import { list } from './capability-app.ts';
import { gateOf } from './gate.ts';
import type { Gate } from './gate.ts';
import { stubBundles } from './stub-bundles.ts';

/** Finds what rule packs find. */
type Findings = (options?: { readonly ignoreDecisions?: boolean }) => string[];

/** A whole environment, synthesized in this process with stub bundles. */
export class Estate {
  /** Templates by stack. */
  readonly templates: Readonly<Record<string, Json>>;
  /** Every resource of every stack. */
  readonly resources: readonly Found[];

  /** Findings of the rule packs that no decision accepts; with `ignoreDecisions`, all of them. */
  readonly openFindings: Findings;

  /** What our own rules leave, with the decisions applied. */
  readonly gate: () => Gate;

  constructor(templates: Readonly<Record<string, Json>>, findings: Findings = () => [], gate: () => Gate = () => ({ open: [], accepted: [], decisions: [], wrong: [] })) {
    this.templates = templates;
    this.openFindings = findings;
    this.gate = gate;
    this.resources = Object.entries(templates).flatMap(([stack, template]) =>
      Object.entries<Json>(template.Resources).map(([id, resource]) => ({ stack, id, properties: resource.Properties ?? {}, metadata: resource.Metadata, resource })),
    );
  }

  /** Resources of some types. */
  of(...types: readonly string[]): Found[] {
    return this.resources.filter(({ resource }) => types.includes(resource.Type));
  }

  /** The resource that a reference leads to, through outputs of other stacks too; undefined for text and for pseudo parameters. */
  target(value: Json, stack: string): Found | undefined {
    const output = value?.['Fn::GetStackOutput']?.OutputName;
    if (output !== undefined) {
      const owner = Object.keys(this.templates).find((name) => this.templates[name].Outputs?.[output] !== undefined);
      return owner === undefined ? undefined : this.target(this.templates[owner].Outputs[output].Value, owner);
    }
    const id = value?.Ref ?? value?.['Fn::GetAtt']?.[0];
    return this.resources.find((resource) => resource.stack === stack && resource.id === id);
  }
}

/** A sample environment with changes, as its own rules accept it. */
export function estateOf(name: 'dev' | 'prod', changes: Changes = {}): Estate {
  const validation = validateEnvironment(sample(name, changes));
  if (!validation.ok) throw new Error(validation.problems.map(({ path, problem }) => `${path}: ${problem}`).join('\n'));
  const app = new App({ context: CONTEXT, analyticsReporting: false });
  const stage = new ChatbotStage(app, { config: validation.config, bundles: stubBundles(), release: '1.2.3' });
  const templates = new Map(stage.node.children.filter((child) => Stack.isStack(child)).map((stack) => [stack, Template.fromStack(stack).toJSON()]));
  return new Estate(
    Object.fromEntries([...templates].map(([stack, template]) => [stack.node.id, template])),
    (options) => openFindings(app, stage, options),
    () => gateOf({ stage, templates }, RULES, parametersOf(validation.config)),
  );
}

/** A statement with the resource that it stands in. */
export interface Statement {
  readonly where: string;
  readonly type: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly Json[];
  readonly statement: Json;
}

/** Statements of all policies: of roles, keys, queues, topics and buckets. Those of logs are written as text, which its own test reads. */
export function statementsIn(estate: Estate): Statement[] {
  return estate.resources.flatMap(({ stack, id, properties, resource }) => {
    const documents: Json[] = [properties.PolicyDocument, properties.KeyPolicy, ...list(properties.Policies ?? []).map((policy: Json) => policy.PolicyDocument)].filter((document) => document?.Statement);
    return documents.flatMap(({ Statement: statements }: Json) =>
      list(statements).map((statement: Json) => ({ where: `${stack}/${id}`, type: resource.Type, effect: statement.Effect, actions: list(statement.Action) as string[], resources: list(statement.Resource ?? []), statement })),
    );
  });
}

/** Logical ids that a piece of template refers to. */
export function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  if (typeof value.Ref === 'string') return [value.Ref];
  if (Array.isArray(value['Fn::GetAtt'])) return [value['Fn::GetAtt'][0]];
  return Object.values(value).flatMap(referencesIn);
}

/** A circle in which resources of a template wait for each other, by whatever refers or depends; undefined when there is none. */
export function circleIn(template: Json): string[] | undefined {
  const next = new Map<string, string[]>(
    Object.entries<Json>(template.Resources).map(([id, { Properties, DependsOn, UpdatePolicy }]) => [id, [...referencesIn(Properties), ...referencesIn(UpdatePolicy), ...(list(DependsOn ?? []) as string[])]]),
  );
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const other of next.get(id) ?? []) {
      const found = visit(other, [...path, id]);
      if (found) return found;
    }
    done.add(id);
    return undefined;
  };
  for (const id of next.keys()) {
    const found = visit(id, []);
    if (found) return found;
  }
  return undefined;
}

/** Length of a piece of template as JSON without spaces, when every reference becomes text of so many characters. */
export function lengthOf(value: Json, reference: number): number {
  const resolved = JSON.stringify(value, (_, part: Json) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const [name] = Object.keys(part);
    if (name === 'Ref' && part.Ref.startsWith('AWS::')) return 'x'.repeat(12);
    if (name === 'Fn::Join') return part['Fn::Join'][1].map((piece: Json) => (typeof piece === 'string' ? piece : 'x'.repeat(piece.Ref?.startsWith('AWS::') ? 12 : reference))).join('');
    return name === 'Ref' || name === 'Fn::GetAtt' || name === 'Fn::GetStackOutput' ? 'x'.repeat(reference) : part;
  });
  return resolved.length;
}
