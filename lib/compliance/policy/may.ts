import type { Resource } from '../template/types.ts';
import { conditionsHold, type Context } from './condition.ts';
import { namesResource, type Decision } from './decide.ts';
import type { PolicyStatement } from './document.ts';
import { readable } from './hole.ts';
import { matchesArn } from './match.ts';
import type { Holder, Policies } from './policies.ts';
import { protecting, speakingOf, type Speaking } from './speaking.ts';
import { every, some, type Truth } from './truth.ts';

/** What somebody of the estate wants to do to a resource of it. */
export interface Ask {
  /** As in a policy, e.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** Resource that it is done to. */
  readonly to: Resource;
  /** ARN that the action is checked against: the resource's, or that of something in it. */
  readonly arn: string;
  /** What is known of the circumstances. @default - nothing */
  readonly context?: Context;
}

/** Whether it is allowed, and by what. */
export interface Answer {
  readonly decision: Decision;
  /** Statement that decided. @default - none: what nothing allows is denied */
  readonly by?: PolicyStatement;
  /** What is not known; set exactly when the decision is `unknown`. */
  readonly why?: string;
  /** Whether nothing but conditions is not known. @default false */
  readonly conditional?: true;
}

/** What is so of every request that an identity makes itself, over TLS as the services demand it. */
function circumstances({ arn, outside }: Holder): Context {
  const itself = outside === undefined ? { 'aws:PrincipalArn': [arn], 'aws:PrincipalAccount': [arn.split(':')[4] ?? ''] } : outside.context;
  return { 'aws:SecureTransport': ['true'], 's3:TlsVersion': ['1.2'], 'aws:PrincipalIsAWSService': ['false'], 'aws:ViaAWSService': ['false'], 'aws:SourceArn': null, 'aws:SourceAccount': null, ...itself };
}

interface Found {
  readonly truth: Truth;
  readonly by?: PolicyStatement;
  readonly why?: string;
  readonly conditional?: true;
}

/**
 * Whether somebody may do something, as IAM decides within one account: a denial wins; the identity's policies or the resource's have to
 * allow; a boundary has to allow too; a key's policy has to admit the account before the identity's policies count. Of one outside, whom
 * the policies of his own account allow what they like, the resource's decide alone. Policies of the organisation and of endpoints are in
 * no template and are not asked.
 */
export function may({ onResources }: Pick<Policies, 'onResources'>, holder: Holder, asked: Ask): Answer {
  const onIt = protecting(holder.outside?.admittedBy ?? onResources, asked.to);
  const [allowing, denying] = [speakingOf(onIt, 'Allow', asked.action), speakingOf(onIt, 'Deny', asked.action)];
  const mine = speakingOf(holder.statements, 'Allow', asked.action);
  // Most roles have nothing to do with most actions.
  if (allowing.length === 0 && mine.length === 0) return DENIED;
  // What speaks of every resource alike is decided once: a policy whose text is not known speaks of each action on each store.
  const alike = allowing.length === 0 && denying.length === 0 && [mine, speakingOf(holder.statements, 'Deny', asked.action), speakingOf(holder.boundary ?? NONE, 'Allow', asked.action), speakingOf(holder.boundary ?? NONE, 'Deny', asked.action)].every(ofAll);
  if (!alike) return decided(holder, asked, allowing, denying, mine);
  const before = answered.get(holder) ?? new Map<string, Answer>();
  answered.set(holder, before);
  // The policy of a key has to admit the account first.
  const asks = `${asked.to.type.startsWith('AWS::KMS::') && hasPolicy(asked.to) ? 'key ' : ''}${asked.action}`;
  const answer = before.get(asks) ?? decided(holder, asked, allowing, denying, mine);
  before.set(asks, answer);
  return answer;
}

const DENIED: Answer = { decision: 'deny' };
const answered = new WeakMap<Holder, Map<string, Answer>>();

/** Whether statements speak of every resource, under any circumstances. */
const ofAll = (statements: readonly Speaking[]): boolean => statements.every(({ all }) => all);

function decided(holder: Holder, asked: Ask, allowing: readonly Speaking[], denying: readonly Speaking[], mine: readonly Speaking[]): Answer {
  const ask: Asking = { action: asked.action, arn: asked.arn, context: () => ({ ...circumstances(holder), ...asked.context }) };
  const self = asked.to.type.startsWith('AWS::KMS::');
  const admitted = (whom: 'itself' | 'account', effect: 'Allow' | 'Deny'): Found => find(effect === 'Allow' ? allowing : denying, ask, (each) => holder.outside !== undefined && effect === 'Allow' ? true : admits(each, holder, whom), self);
  const own = (statements: readonly PolicyStatement[], effect: 'Allow' | 'Deny'): Found => find(speakingOf(statements, effect, ask.action), ask);

  const denials = [own(holder.statements, 'Deny'), own(holder.boundary ?? NONE, 'Deny'), admitted('itself', 'Deny'), admitted('account', 'Deny')];
  const denied = denials.find(({ truth }) => truth === true);
  if (denied !== undefined) return { decision: 'deny', ...byOf(denied) };

  const identity = find(mine, ask);
  const throughAccount = self && hasPolicy(asked.to) ? both(admitted('account', 'Allow'), identity) : identity;
  const allowed = either(throughAccount, admitted('itself', 'Allow'));
  const bounded = holder.boundary === undefined ? allowed : both(own(holder.boundary, 'Allow'), allowed);
  if (bounded.truth === false) return { decision: 'deny' };
  const doubt = bounded.truth === 'unknown' ? bounded : denials.find(({ truth }) => truth === 'unknown');
  if (doubt === undefined) return { decision: 'allow', ...byOf(bounded) };
  return { decision: 'unknown', ...byOf(doubt), why: doubt.why ?? 'a value that the template does not tell', ...(doubt === bounded && doubt.conditional === true && { conditional: true as const }) };
}

const NONE: readonly PolicyStatement[] = [];

const byOf = ({ by }: Found): { by?: PolicyStatement } => (by === undefined ? {} : { by });
const hasPolicy = ({ properties }: Resource): boolean => properties['KeyPolicy'] !== undefined;

/** What statements are asked; most have no conditions, and ask nothing of the circumstances. */
interface Asking {
  readonly action: string;
  readonly arn: string;
  readonly context: () => Context;
}

/** The strongest that statements say. @param self whether their resource, however written, is what they stand on */
function find(statements: readonly Speaking[], ask: Asking, admits: (statement: PolicyStatement) => Truth = () => true, self = false): Found {
  if (statements.length === 0) return NOTHING;
  const found = statements.map(({ each, named: namesIt }): Found => {
    const { statement, uncertain } = each;
    const onIt = self && statement.notResources === undefined ? true : namesResource(statement, ask.arn);
    if (onIt === false) return NOTHING;
    const named = every([namesIt, onIt, admits(each)]);
    if (named === false) return NOTHING;
    const held = Object.keys(statement.conditions).length === 0 || conditionsHold(statement.conditions, ask.context());
    const truth = every([named, held, uncertain === undefined ? true : 'unknown']);
    if (truth !== 'unknown') return { truth, by: each };
    if (uncertain !== undefined) return { truth, by: each, why: uncertain };
    return named === true ? { truth, by: each, why: `it depends on ${conditionsShown(each)}`, conditional: true } : { truth, by: each, why: `${readable(statement.resources.join(', ')).slice(0, 160) || 'its principal'} is not known well enough` };
  });
  const sure = found.find(({ truth }) => truth === true);
  return sure ?? found.find(({ conditional }) => conditional === true) ?? found.find(({ truth }) => truth === 'unknown') ?? NOTHING;
}

const NOTHING: Found = { truth: false };

/** Conditions of a statement as a reviewer reads them. */
export function conditionsShown({ statement: { conditions } }: PolicyStatement): string {
  return Object.entries(conditions).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => readable(`${operator} ${key} = ${values.join(', ')}`))).join(' and ').slice(0, 200);
}

/** Whether a statement on a resource speaks of an identity by itself, or of all identities of its account. */
function admits({ statement: { principals = {} } }: PolicyStatement, { arn }: Holder, whom: 'itself' | 'account'): Truth {
  const named = [...(principals['AWS'] ?? []), ...(principals['*'] ?? [])];
  const account = arn.split(':')[4] ?? '';
  const root = (who: string): Truth => some([matchesArn(who, `arn:aws:iam::${account}:root`), who === account]);
  return whom === 'account' ? some(named.filter((who) => who !== '*').map(root)) : some(named.map((who) => (who === '*' ? true : matchesArn(who, arn))));
}

function either(one: Found, other: Found): Found {
  if (one.truth === true || (one.truth === 'unknown' && other.truth !== true)) return one;
  return other;
}

/** Both have to allow; the second is named. */
function both(one: Found, other: Found): Found {
  if (one.truth === false || other.truth === false) return { truth: false };
  return one.truth === 'unknown' && (other.truth === true || other.conditional === true) ? one : other;
}
