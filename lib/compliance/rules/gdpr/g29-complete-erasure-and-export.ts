import type { Holder } from '../../policy/policies.ts';
import { STORE_ACTIONS } from '../../policy/store-actions.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { shown, textOf } from '../../template/value.ts';
import type { Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { asPersonal } from '../personal.ts';
import type { Judgement, Rule } from '../rule.ts';
import { storeTag, STORE_TYPES } from '../stores.ts';
import { reachesFor, type Right } from '../subject/completeness.ts';
import { declaredFor } from '../subject/declared.ts';
import { inUse } from '../subject/in-use.ts';

const RIGHTS: readonly Right[] = [{ part: 'erase', verb: 'delete from' }, { part: 'export', verb: 'read' }];

/** G29: who erases and who exports reach every personal store. */
export const g29CompleteErasureAndExport: Rule = {
  id: 'G29',
  pack: 'GDPR',
  version: 3,
  references: ['GDPR Art. 15', 'GDPR Art. 17', 'GDPR Art. 20'],
  title: 'The erase role can delete from, and the export role can read, every personal store, and somebody can use them',
  info: 'Asks the policies of the roles that are declared for erasure and export (dataSubjectRoles) about every personal store of the template: the identity’s policies, its boundary, the policies of the store and of its key, with references between stacks followed. Passes for a store when one declared role certainly has one of the actions that its type needs, and the use of its key. A store whose service deletes no single record (log groups, queues, streams, archives) is MANUAL: only expiry erases there. Rights inside a database, file system or cache are in no template, and of some types the rule knows no action that reaches one person’s records: UNKNOWN. Audit trails are MANUAL: Art. 17(3) decides. Each role that is declared passes “in use” when something of the estate runs under it (a function, a state machine, a task, an instance profile …) or its trust admits somebody else than a service; it fails when its trust admits services alone and nothing in the templates uses it. UNKNOWN: what may run under it is a parameter or a condition, or the role leaves its stack as an output.',
  explanation: 'Access, erasure and portability are owed for all personal data, not for the stores that somebody thought of. A store that no declared role reaches is one that a request will miss. Declare the roles, and give them the actions named here on every store; or tag the store with a class that is not personal, if that is true. Rights that nobody can use serve no request either: give the role to what serves the requests, or let the people take it who do.',
  looksAt: [...STORE_TYPES, 'AWS::IAM::Role'],
  judge: (estate, parameters) => {
    const stores = estate.resources.filter((store) => (STORE_TYPES as readonly string[]).includes(store.type));
    if (stores.length === 0) return [{ verdict: 'NOT_APPLICABLE', note: 'There is no store.' }];
    const found = stores.flatMap((store) => judged(estate, store, parameters));
    // Where nothing personal is kept there is nothing to ask for.
    return found.every(({ verdict }) => verdict === 'NOT_APPLICABLE') ? found : [...found, ...used(estate, parameters)];
  },
};

function judged(estate: Estate, store: Resource, parameters: Parameters): Judgement[] {
  const audit = textOf(storeTag(estate, store, parameters.tags.dataClass)) === parameters.auditClass;
  const judge = (): Finding[] => RIGHTS.map((right) => (audit ? { verdict: 'MANUAL' as const, part: right.part, note: 'It keeps the audit trail. Whether a record of it has to be erased or handed out is decided by Art. 17(3) and 15(4), request by request.' } : asked(right, estate, store, parameters)));
  return asPersonal(estate, store, parameters, judge).map((finding) => ({ resource: store, ...finding }));
}

/** Whether the declared roles can be used. Users and groups stand for people. */
function used(estate: Estate, parameters: Parameters): Judgement[] {
  const duties = new Map<Holder, string>();
  for (const { part } of RIGHTS) for (const holder of declaredFor(estate, parameters, part)) duties.set(holder, [duties.get(holder), part].filter(Boolean).join(' and '));
  return [...duties].filter(([{ role }]) => role.type === 'AWS::IAM::Role').map(([holder, duty]) => ({ resource: holder.role, ...inUse(estate, holder, duty) }));
}

function asked(right: Right, estate: Estate, store: Resource, parameters: Parameters): Finding {
  const { part } = right;
  const known = STORE_ACTIONS[store.type];
  const how = part === 'erase' ? known?.erase : known?.read;
  if (store.type === 'AWS::SNS::Topic' && valueAt(estate, store, 'ArchivePolicy').kind === 'absent') return { verdict: 'NOT_APPLICABLE', part, note: 'A topic without an archive keeps nothing.' };
  if (how === 'expiry') return { verdict: 'MANUAL', part, actual: expiryOf(estate, store), note: 'Its service deletes no single record: what belongs to one person goes when it expires. Whether that is without undue delay is for a person to judge.' };
  if (how === 'passing') return { verdict: 'MANUAL', part, actual: expiryOf(estate, store), note: 'What is read there is on its way to another store, which is judged by itself.' };
  if (how === undefined) return { verdict: 'UNKNOWN', part, expected: `a declared role may ${right.verb} it`, note: `Which rights reach what ${store.type} keeps of one person is not known here: ask who runs it.` };
  if (how === 'inside') return { verdict: 'UNKNOWN', part, expected: `a declared role may ${right.verb} it`, note: 'Rights inside the store decide, and no template tells them.' };
  const holders = declaredFor(estate, parameters, part);
  if (holders.length > 0) return reachesFor(right, estate, store, holders);
  const names = parameters.dataSubjectRoles[part];
  return { verdict: 'FAIL', part, actual: names.length === 0 ? `no role is declared to ${part}` : `no role of the estate is named ${names.join(', ')}`, expected: `a role declared in dataSubjectRoles.${part} may ${right.verb} ${store.logicalId}` };
}

/** How long a store keeps what passes through it. */
function expiryOf(estate: Estate, store: Resource): string {
  const [property, unit, without] = { 'AWS::Logs::LogGroup': ['RetentionInDays', 'days', 'for ever'], 'AWS::SQS::Queue': ['MessageRetentionPeriod', 'seconds', '4 days'], 'AWS::Kinesis::Stream': ['RetentionPeriodHours', 'hours', '24 hours'], 'AWS::Events::Archive': ['RetentionDays', 'days', 'for ever'], 'AWS::Timestream::Table': ['RetentionProperties.MagneticStoreRetentionPeriodInDays', 'days', 'for 200 years'] }[store.type] ?? [];
  if (property === undefined || unit === undefined) return 'kept until delivered';
  const value = valueAt(estate, store, property);
  return value.kind === 'absent' ? `kept ${without}` : `${property} ${shown(value)} (${unit})`;
}
