import { demands } from '../rules/exposure/somebody.ts';
import type { Estate, Resource } from '../template/types.ts';
import type { Context } from './condition.ts';
import { hasHole, kindOf, readable, tokensOf } from './hole.ts';
import type { Holder } from './holder.ts';
import { accountOf } from './identity.ts';
import { matchesArn } from './match.ts';
import type { ResourceStatement } from './resource-policies.ts';
import type { Statement } from './statement.ts';

/** Somebody outside the templates, as a policy names him. */
interface Who {
  /** How he is written: an account, an ARN, the id of an organisation, `*`. */
  readonly id: string;
  /** How a reviewer reads him. */
  readonly name: string;
  /** ARN as which he comes; of an account, its root. Empty for one that is not told. */
  readonly arn: string;
  /** What is known of his requests besides. */
  readonly context: Context;
  /** Why it is not told whether he is somebody outside. @default - he is */
  readonly uncertain?: string;
}

/** Type under which those who stand in no template are listed. */
export const OUTSIDE = 'outside the templates';

const ANYBODY: Who = { id: '*', name: 'anybody', arn: '', context: {} };

/** Keys of conditions whose values say who comes, by what they hold. */
const ACCOUNTS = new Set(['aws:principalaccount', 'kms:calleraccount']);
const ORGANISATIONS = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/**
 * Principals of other accounts, organisations and anybody, whom statements on resources admit, and roles of the account that stand in no
 * template: each with the statements that name him. In the order of the statements. Never throws.
 */
export function outsidersIn(estate: Estate, holders: readonly Holder[], onResources: readonly ResourceStatement[]): Holder[] {
  const own = new Set(estate.resources.map(accountOf));
  const found = new Map<string, { readonly who: Who; readonly allowing: ResourceStatement[] }>();
  for (const each of onResources) {
    if (each.statement.effect !== 'Allow') continue;
    for (const who of admitted(each.statement, own)) {
      if (holders.some(({ arn }) => matchesArn(who.arn, arn) === true)) continue;
      const entry = found.get(who.id) ?? { who, allowing: [] };
      found.set(who.id, entry);
      entry.allowing.push(who.uncertain === undefined ? each : { ...each, uncertain: each.uncertain ?? who.uncertain });
    }
  }
  const denying = onResources.filter(({ statement }) => statement.effect === 'Deny');
  return [...found.values()].map(({ who, allowing }) => ({ role: standIn(who, allowing), arn: who.arn, statements: [], trust: [], outside: { admittedBy: [...allowing, ...denying], context: who.context } }));
}

/** What stands in the matrix and in findings for somebody who is no resource. */
function standIn({ id, name }: Who, [first]: readonly ResourceStatement[]): Resource {
  const { stack } = (first as ResourceStatement).source;
  return { stack, logicalId: id, type: OUTSIDE, properties: {}, metadata: {}, attributes: {}, path: name };
}

function admitted({ principals = {}, conditions }: Statement, own: ReadonlySet<string>): Who[] {
  const named = ['AWS', 'CanonicalUser', '*'].flatMap((kind) => principals[kind] ?? []);
  return [...new Set(named)].flatMap((text) => (text === '*' ? narrowed(conditions, own) : (whoOf(text, own) ?? [])));
}

/** Whom a statement for anybody leaves, where its conditions name accounts, identities or organisations. */
function narrowed(conditions: Statement['conditions'], own: ReadonlySet<string>): Who[] {
  const demanded = Object.entries(conditions).flatMap(([operator, keys]) => (demands(operator) ? Object.entries(keys) : []));
  const of = (keys: ReadonlySet<string>): string[] | undefined => demanded.find(([key, values]) => keys.has(key.toLowerCase()) && values.every((value) => !/[*?]/.test(value)))?.[1].slice();
  const identities = of(ACCOUNTS) ?? of(new Set(['aws:principalarn']));
  if (identities !== undefined) return identities.flatMap((text) => whoOf(text, own) ?? []);
  // Roles of the account itself, however many, are nobody outside.
  if (demanded.some(([key, values]) => key.toLowerCase() === 'aws:principalarn' && values.every((value) => own.has(value.split(':')[4] ?? '')))) return [];
  const [key, values = []] = demanded.find(([name]) => ORGANISATIONS.has(name.toLowerCase())) ?? [];
  return key === undefined ? [ANYBODY] : values.map((value) => ({ ...ANYBODY, id: value, name: `organisation ${readable(value)}`, context: { [key]: [value] } }));
}

/** Undefined for who stands in the templates, and for the account itself, whose policies decide. */
function whoOf(text: string, own: ReadonlySet<string>): Who | undefined {
  const account = text.startsWith('arn:') ? (text.split(':')[4] ?? '') : text;
  const last = text.startsWith('arn:') ? text.split(':').slice(5).join(':') : 'root';
  if (own.has(account)) return last === 'root' ? undefined : { id: text, name: `${readable(last)} of the account itself`, arn: text, context: contextOf(account, text) };
  if (tokensOf(text).some((token) => kindOf(token) === 'identity')) return undefined;
  const plain = account.length === 12 && /^\d+$/.test(account);
  const name = plain || hasHole(text) ? `${last === 'root' ? '' : `${readable(last)} of `}account ${readable(account)}` : `principal ${text}`;
  const arn = text.startsWith('arn:') ? text : `arn:aws:iam::${account}:root`;
  const who: Who = { id: last === 'root' ? account : text, name, arn, context: plain ? contextOf(account, last === 'root' ? undefined : text) : {} };
  return hasHole(text) ? { ...who, uncertain: `who ${readable(text)} is` } : who;
}

const contextOf = (account: string, arn: string | undefined): Context => ({ 'aws:PrincipalAccount': [account], 'kms:CallerAccount': [account], ...(arn !== undefined && { 'aws:PrincipalArn': [arn] }) });
