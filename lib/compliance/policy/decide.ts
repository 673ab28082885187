import { conditionsHold } from './condition.ts';
import type { Context } from './condition.ts';
import { matches, matchesArn } from './match.ts';
import type { Statement } from './statement.ts';
import { every, not, some, type Truth } from './truth.ts';

/** What somebody wants to do. */
export interface Request {
  /** As in a policy, e.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN; `*` for an action that knows no resources. */
  readonly resource: string;
  /** What is known of the circumstances. @default - nothing */
  readonly context?: Context;
}

/** `allow` and `deny` are certain; `unknown` depends on a condition that the request says nothing of. */
export type Decision = 'allow' | 'deny' | 'unknown';

/** Whether a statement speaks of a request, its effect aside. */
export function covers(statement: Statement, request: Request): Truth {
  return every([names(statement, request), conditionsHold(statement.conditions, request.context ?? {})]);
}

/** Whether a statement names the action and the resource of a request, its conditions aside. */
export function names(statement: Statement, { action, resource }: Pick<Request, 'action' | 'resource'>): Truth {
  const named = namesAction(statement, action);
  // Most statements speak of something else: what comes next costs more.
  return named === false ? false : every([named, namesResource(statement, resource)]);
}

/** Resources that a statement was asked about last: every action on a resource asks again. */
const asked = new WeakMap<Statement, Map<string, Truth>>();

/** Whether a statement names a resource. */
export function namesResource(statement: Statement, resource: string): Truth {
  const known = asked.get(statement) ?? new Map<string, Truth>();
  asked.set(statement, known);
  const found = known.get(resource) ?? speaksOf(statement, resource);
  if (known.size >= 20) known.clear();
  known.set(resource, found);
  return found;
}

function speaksOf({ resources, notResources }: Statement, resource: string): Truth {
  const fits = (pattern: string): Truth => matchesArn(pattern, resource);
  return notResources === undefined ? some(resources.map(fits)) : not(some(notResources.map(fits)));
}

/** Whether a statement names an action. */
export function namesAction({ actions, notActions }: Pick<Statement, 'actions' | 'notActions'>, action: string): Truth {
  const fitsAction = (pattern: string): Truth => matches(pattern.toLowerCase(), action.toLowerCase());
  return notActions === undefined ? some(actions.map(fitsAction)) : not(some(notActions.map(fitsAction)));
}

/** What the statements of one identity decide, as IAM does: a denial wins, and what nothing allows is denied. */
export function decide(statements: readonly Statement[], request: Request): Decision {
  const by = (effect: Statement['effect']): readonly Truth[] => statements.filter((statement) => statement.effect === effect).map((statement) => covers(statement, request));
  const [denials, permissions] = [by('Deny'), by('Allow')];
  if (denials.includes(true)) return 'deny';
  if (!permissions.includes(true)) return permissions.includes('unknown') ? 'unknown' : 'deny';
  return denials.includes('unknown') ? 'unknown' : 'allow';
}
