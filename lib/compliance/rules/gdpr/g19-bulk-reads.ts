import { OUTSIDE } from '../../policy/outsiders.ts';
import { policiesOf, type Holder } from '../../policy/policies.ts';
import { grouped } from '../../report/text.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { Parameters } from '../parameters.ts';
import type { Judgement, Rule } from '../rule.ts';
import { STORE_TYPES } from '../stores.ts';
import { bulkReads, targetsOf, wideDecrypts, type Targets, type Wide } from '../subject/bulk.ts';
import { isDeclared } from '../subject/declared.ts';

const IDENTITIES = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** G19: only declared identities read personal stores in bulk. */
export const g19BulkReads: Rule = {
  id: 'G19',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 25(2)', 'GDPR Art. 32(4)'],
  title: 'Personal stores are read in bulk, and their keys used widely, only by declared roles',
  info: 'Asks the policies of every role, user (with the groups that it is in) and group about every personal store, and the policies of the stores and keys about everybody else whom they admit: other accounts, organisations, anybody, identities of the account that stand in no template. Bulk reads are Scan, PartiQLSelect and export of a table, its stream (unless the stream wakes the role’s function), copying it by a backup and its restoration or to a point in time, a bucket’s listing together with its objects (or versions), searching and reading log groups, listing users, replaying archives; wide is kms:Decrypt with a key of personal data when neither the service that calls (kms:ViaService) nor the encryption context is demanded. Reading by key (GetItem, BatchGetItem, Query on the table, whose partition key the caller has to know) is no bulk read. Query on a global index without dynamodb:LeadingKeys is UNKNOWN: whose data one key of the index stands for is not told; so are rights that stand in no template, one finding for all stores that they may reach, and an account by its number where the template does not tell its own. Whoever dataSubjectRoles declares passes, a principal outside by a part of its account or ARN.',
  explanation: 'By default personal data must not be accessible to more than its purpose needs. A role that can read a store from end to end turns one mistake or one stolen credential into a breach about everybody; another account that can is a recipient. Grant reading by key, tie decryption to a service or a subject, and declare the few roles that serve requests of data subjects or support.',
  looksAt: [...IDENTITIES, ...STORE_TYPES, 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  judge: (estate, parameters) => {
    const { holders, outsiders } = policiesOf(estate);
    const targets = targetsOf(estate, parameters);
    if (targets.stores.length === 0 && targets.keys.length === 0 && !estate.resources.some(({ type }) => type === 'AWS::KMS::Key')) return [{ verdict: 'NOT_APPLICABLE', note: 'There is no personal store and no key.' }];
    const found = [...holders.flatMap((holder) => judged(estate, holder, targets, parameters)), ...outsiders.flatMap((holder) => outside(estate, holder, targets, parameters))];
    return found.length > 0 ? found : [{ verdict: 'NOT_APPLICABLE', note: `There is no ${IDENTITIES.join(', ')}, and no policy admits anybody else to what they could read.` }];
  },
};

const wideOf = (estate: Estate, holder: Holder, targets: Targets, parameters: Parameters): Wide[] => [...bulkReads(estate, holder, targets, parameters), ...wideDecrypts(estate, holder, targets, parameters)];
const isFree = (identity: Resource, parameters: Parameters): boolean => isDeclared(identity, parameters, ['erase', 'export', 'support']);
const DECLARED = 'It is declared for requests of data subjects or for support.';

function judged(estate: Estate, holder: Holder, targets: Targets, parameters: Parameters): Judgement[] {
  const wide = wideOf(estate, holder, targets, parameters);
  const resource = holder.role;
  if (isFree(resource, parameters)) return [{ resource, verdict: 'PASS', actual: told(wide), note: DECLARED }];
  const found = wide.filter(({ certain }) => certain !== 'expected');
  if (found.length === 0) return [{ resource, verdict: 'PASS', actual: told(wide), ...(wide.length > 0 && { note: wide.map(({ why }) => why).join(' ') }) }];
  const expected = 'no bulk read or wide decrypt, or the role declared in dataSubjectRoles';
  // What one statement gives of a store is one finding; one that cannot be read is one thing that is not known, whatever it may reach.
  return [...grouped(found, ({ certain, on, property, why }) => JSON.stringify(certain === true ? [on.stack.name, on.logicalId, property] : [property, why ?? null])).values()].map((same): Judgement => {
    const [{ on, certain, property, why = 'Not told by the template.' }] = same as readonly [Wide];
    const action = same.map((each) => each.action).join(', ');
    if (certain === true) return { resource, verdict: 'FAIL', part: `${action} ${on.logicalId}`, property, actual: `may ${action} ${on.logicalId}`, expected };
    if (same.length === 1) return { resource, verdict: 'UNKNOWN', part: `${action} ${on.logicalId}`, property, actual: `may ${action} ${on.logicalId}`, expected, note: why };
    return { resource, verdict: 'UNKNOWN', part: property, property, actual: `may, of ${countOf(same)}: ${together(same)}`, expected, note: why };
  });
}

/** Somebody outside the templates: the finding stands on what he is admitted to. */
function outside(estate: Estate, holder: Holder, targets: Targets, parameters: Parameters): Judgement[] {
  const { role: who } = holder;
  const free = isFree(who, parameters);
  return [...grouped(wideOf(estate, holder, targets, parameters), ({ certain, on, property, why }) => JSON.stringify([on.stack.name, on.logicalId, certain, property, why ?? null])).values()].map((same): Judgement => {
    const [{ certain, on, property, why }] = same as readonly [Wide];
    const action = same.map((each) => each.action).join(', ');
    const place = { resource: on, part: `${action} by ${who.path}`, property, actual: `${who.path} may ${action}`, expected: `nobody ${OUTSIDE} who may, or who is declared in dataSubjectRoles` };
    const unbound = on.stack.account === undefined && /\d{12}/.test(who.logicalId) ? `Whether ${who.path} is another account is not told: the template does not tell its own.` : undefined;
    if (free) return { ...place, verdict: 'PASS', note: DECLARED };
    return certain === true && unbound === undefined ? { ...place, verdict: 'FAIL' } : { ...place, verdict: 'UNKNOWN', note: [why, unbound].filter(Boolean).join(' ') };
  });
}

function countOf(wide: readonly Wide[]): string {
  const count = new Set(wide.map(({ on }) => on)).size;
  return count === 1 ? 'one store' : `${count} stores and keys`;
}

/** Actions that are the same for several stores, with the stores. */
function together(wide: readonly Wide[]): string {
  const actions = new Map([...grouped(wide, ({ on }) => on)].map(([on, each]) => [on, each.map(({ action }) => action).join(', ')]));
  return [...grouped([...actions], ([, what]) => what)].map(([what, same]) => `${what} on ${same.map(([on]) => on.logicalId).join(', ')}`).join('; ');
}

const told = (wide: readonly Wide[]): string => (wide.length === 0 ? 'no bulk read, no wide decrypt' : wide.map(({ action, on }) => `${action} ${on.logicalId}`).join(', '));
