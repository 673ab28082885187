import { conditionsHold, every } from './condition.ts';
import type { Context, Truth } from './condition.ts';
import type { Statement } from './statement.ts';
import { fitsAction, fitsArn } from './wildcard.ts';

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
export function covers(statement: Statement, { action, resource, context = {} }: Request): Truth {
  return every([
    statement.notActions === undefined ? statement.actions.some((pattern) => fitsAction(pattern, action)) : !statement.notActions.some((pattern) => fitsAction(pattern, action)),
    statement.notResources === undefined ? statement.resources.some((pattern) => fitsArn(pattern, resource)) : !statement.notResources.some((pattern) => fitsArn(pattern, resource)),
    conditionsHold(statement.conditions, context),
  ]);
}

/** What the statements of one identity decide, as IAM does: a denial wins, and what nothing allows is denied. */
export function decide(statements: readonly Statement[], request: Request): Decision {
  const by = (effect: Statement['effect']): readonly Truth[] => statements.filter((statement) => statement.effect === effect).map((statement) => covers(statement, request));
  const [denials, permissions] = [by('Deny'), by('Allow')];
  if (denials.includes(true)) return 'deny';
  if (!permissions.includes(true)) return permissions.includes('unknown') ? 'unknown' : 'deny';
  return denials.includes('unknown') ? 'unknown' : 'allow';
}
