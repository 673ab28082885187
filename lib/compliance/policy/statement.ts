/** Condition block of a statement: operator, then key, then the values of which one must fit. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement of a policy, with every list written out and every reference resolved. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** `NotAction`: all but these. @default - `actions` says which */
  readonly notActions?: readonly string[];
  /** Empty in a trust policy, whose resource is the role itself. */
  readonly resources: readonly string[];
  /** `NotResource`: all but these. @default - `resources` says which */
  readonly notResources?: readonly string[];
  /** By kind: `Service`, `AWS`, `Federated`; `*` stands for anybody. Absent in a policy of an identity. */
  readonly principals?: Readonly<Record<string, readonly string[]>>;
  readonly conditions: Conditions;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Statements of a resolved policy document, or of its JSON text.
 * @throws Error for a document without statements, or an effect other than Allow and Deny
 */
export function statementsOf(document: unknown): Statement[] {
  const parsed: unknown = typeof document === 'string' ? JSON.parse(document) : document;
  if (!isObject(parsed) || parsed['Statement'] === undefined) throw new Error(`No policy document: ${JSON.stringify(document)?.slice(0, 200)}.`);
  return listOf(parsed['Statement']).map(statementOf);
}

function statementOf(statement: unknown): Statement {
  if (!isObject(statement)) throw new Error(`No statement: ${JSON.stringify(statement)}.`);
  const { Effect: effect, Sid, Action, NotAction, Resource, NotResource, Principal } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`The effect of a statement is Allow or Deny, not ${JSON.stringify(effect)}.`);
  return {
    ...(typeof Sid === 'string' ? { sid: Sid } : {}),
    effect,
    actions: textsOf(Action),
    ...(NotAction === undefined ? {} : { notActions: textsOf(NotAction) }),
    resources: textsOf(Resource),
    ...(NotResource === undefined ? {} : { notResources: textsOf(NotResource) }),
    ...(Principal === undefined ? {} : { principals: principalsOf(Principal) }),
    conditions: conditionsOf(statement['Condition']),
  };
}

function principalsOf(principal: unknown): Readonly<Record<string, readonly string[]>> {
  if (!isObject(principal)) return { '*': textsOf(principal) };
  return Object.fromEntries(Object.entries(principal).map(([kind, who]) => [kind, textsOf(who)]));
}

function conditionsOf(block: unknown): Conditions {
  const entries = isObject(block) ? Object.entries(block) : [];
  return Object.fromEntries(entries.map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => [key, textsOf(values)]))]));
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value]);
const textsOf = (value: unknown): string[] => listOf(value).map(String);
