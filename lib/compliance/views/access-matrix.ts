import { arnOf, regionOf } from '../policy/identity.ts';
import { conditionsShown, type Answer } from '../policy/may.ts';
import { matches, matchesArn } from '../policy/match.ts';
import { policiesOf, type Holder } from '../policy/policies.ts';
import { reaches } from '../policy/reach.ts';
import { KINDS, STORE_ACTIONS, type Kind } from '../policy/store-actions.ts';
import { keyOf } from '../rules/keys/key-of.ts';
import { holdsPersonal } from '../rules/personal.ts';
import type { Parameters } from '../rules/parameters.ts';
import { STORE_TYPES } from '../rules/stores.ts';
import type { Estate, Resource } from '../template/types.ts';

/** A role, user or group, somebody outside the templates (whose type is `OUTSIDE`), or a store or key, as the matrix names it. */
export interface Named {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly path: string;
  readonly resource: Resource;
}

/** A store or key of the matrix. */
export interface MatrixStore extends Named {
  /** Whether it holds personal data; undefined when its class is not told, and for a key. */
  readonly personal?: boolean;
}

/** One action that a role has. */
export interface GrantedAction {
  readonly action: string;
  /** `unknown`: the template does not tell whether it is allowed. */
  readonly access: 'allow' | 'unknown';
  /** Whether the statement that decided names action or resource with a star that reaches further than this store. */
  readonly wildcard: boolean;
  /** Conditions under which it is allowed, as text. @default - none */
  readonly when?: string;
  /** Where the statement stands: `<logical id> <property>`. */
  readonly by: string;
  /** What is not known; set exactly when the access is `unknown`. */
  readonly why?: string;
}

/** What a role may do to a store, of one kind. */
export interface AccessCell {
  readonly role: Named;
  readonly store: MatrixStore;
  readonly kind: Kind;
  /** `allow` when one of the actions certainly is. */
  readonly access: 'allow' | 'unknown';
  /** Whether one of the actions is granted by a wildcard. */
  readonly wildcard: boolean;
  readonly actions: readonly GrantedAction[];
}

/** Who may do what to which store. */
export interface AccessMatrix {
  readonly roles: readonly Named[];
  readonly stores: readonly MatrixStore[];
  /** Only what is allowed or not known: what is not here is denied. In the order of roles, stores and kinds. */
  readonly cells: readonly AccessCell[];
}

/** The matrix of an estate: every identity of its templates, everybody outside whom its policies admit, every store and every key. Never throws. */
export function accessMatrix(estate: Estate, parameters: Parameters): AccessMatrix {
  const { holders, outsiders } = policiesOf(estate);
  const stores = estate.resources.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type) || type === 'AWS::KMS::Key').map((resource) => ({ resource, named: storeOf(estate, resource, parameters) }));
  const rows = [...holders, ...outsiders].map((holder) => ({ holder, named: namedOf(holder.role) })).map(({ holder, named: role }) => ({ holder, role, cells: stores.flatMap(({ resource, named: store }) => cellsOf(estate, holder, role, resource, store)) }));
  // Somebody outside whom policies admit to nothing that is kept is nobody here.
  const shown = rows.filter(({ holder, cells }) => holder.outside === undefined || cells.length > 0);
  return { roles: shown.map(({ role }) => role), stores: stores.map(({ named }) => named), cells: shown.flatMap(({ cells }) => cells) };
}

function cellsOf(estate: Estate, holder: Holder, role: Named, resource: Resource, store: MatrixStore): AccessCell[] {
  const found: AccessCell[] = [];
  for (const kind of KINDS) {
    const actions = kind !== 'decrypt' ? granted(estate, holder, resource, kind) : decrypts(estate, holder, resource, found.some((cell) => cell.kind === 'read one' || cell.kind === 'read many'));
    if (actions.length > 0) found.push({ role, store, kind, access: actions.some(({ access }) => access === 'allow') ? 'allow' : 'unknown', wildcard: actions.some(({ wildcard }) => wildcard), actions });
  }
  return found;
}

function namedOf(resource: Resource): Named {
  const { stack, logicalId, type, path } = resource;
  return { stack: stack.name, logicalId, type, path, resource };
}

function storeOf(estate: Estate, resource: Resource, parameters: Parameters): MatrixStore {
  const personal = resource.type === 'AWS::KMS::Key' ? undefined : holdsPersonal(estate, resource, parameters);
  return { ...namedOf(resource), ...(personal !== undefined && { personal }) };
}

function granted(estate: Estate, holder: Holder, store: Resource, kind: Exclude<Kind, 'decrypt'>): GrantedAction[] {
  return (STORE_ACTIONS[store.type]?.kinds[kind] ?? []).flatMap((action) => asAction(estate, store, action, reaches(estate, holder, store, action)));
}

/** Decrypting with a key for whatever reason, or with the key of a store through the service of that store. @param reads whether it may read what lies in the store */
function decrypts(estate: Estate, holder: Holder, store: Resource, reads: boolean): GrantedAction[] {
  if (store.type === 'AWS::KMS::Key') {
    // Each statement by itself: conditions of all of them are worth knowing, not those of the first.
    const denials = holder.statements.filter(({ statement }) => statement.effect === 'Deny');
    const alone = holder.statements.filter(({ statement }) => statement.effect === 'Allow').map((one) => asAction(estate, store, 'kms:Decrypt', reaches(estate, Object.assign({}, holder, { statements: [...denials, one] }), store, 'kms:Decrypt')));
    const found = alone.length === 0 ? asAction(estate, store, 'kms:Decrypt', reaches(estate, holder, store, 'kms:Decrypt')) : alone.flat();
    return [...new Map(found.map((each) => [`${each.by} ${each.when ?? ''}`, each])).values()];
  }
  // A key is of no use to who cannot read what lies under it.
  if (!reads) return [];
  const [key, through] = [keyOf(estate, store), STORE_ACTIONS[store.type]?.through];
  if (key === undefined || through === undefined) return [];
  return asAction(estate, key, 'kms:Decrypt', reaches(estate, holder, key, 'kms:Decrypt', { 'kms:ViaService': [`${through}.${regionOf(store)}.amazonaws.com`] }));
}

function asAction(estate: Estate, on: Resource, action: string, answer: Answer): GrantedAction[] {
  if (answer.decision === 'deny') return [];
  const { by } = answer;
  const when = by === undefined ? '' : conditionsShown(by);
  // What depends on conditions alone is allowed under them, and says so.
  const access = answer.decision === 'allow' || answer.conditional === true ? 'allow' : 'unknown';
  return [{
    action,
    access,
    wildcard: isWide(estate, on, action, answer),
    ...(when !== '' && { when }),
    by: by === undefined ? 'no single statement' : `${by.source.logicalId} ${by.property}`,
    ...(access === 'unknown' && { why: answer.why ?? 'a value that the template does not tell' }),
  }];
}

function isWide(estate: Estate, on: Resource, action: string, { by }: Answer): boolean {
  // A policy that cannot be read says nothing of stars, and the policy of a key writes a star for the key itself.
  if (by === undefined || by.uncertain !== undefined) return false;
  const { actions, resources, notActions, notResources } = by.statement;
  if (notActions !== undefined || notResources !== undefined) return true;
  if (actions.some((pattern) => /[*?]/.test(pattern) && matches(pattern.toLowerCase(), action.toLowerCase()) !== false)) return true;
  const own = arnOf(estate, on);
  return by.source !== on && resources.some((pattern) => /[*?]/.test(pattern) && !(pattern.startsWith(own) && /^[/:]/.test(pattern.slice(own.length))) && matchesArn(pattern.replace(/\*?$/, '*'), own) !== false);
}
