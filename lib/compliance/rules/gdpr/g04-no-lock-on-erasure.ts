import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { booleanOf, shown, textOf, type Value } from '../../template/value.ts';
import { reasonsOf } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';
import { tagOf } from '../stores.ts';

/** Properties that lock what a type keeps, of which one suffices; a type without any is locked by nature. */
const LOCKS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['ObjectLockEnabled', 'ObjectLockConfiguration'],
  'AWS::Backup::BackupVault': ['LockConfiguration'],
  'AWS::Backup::LogicallyAirGappedBackupVault': [],
};
const TYPES = Object.keys(LOCKS);

/** Legal bases under which Art. 17(3) lets data outlive a request for erasure, as tags write them. */
const BASES = /legal.?(obligation|claim|duty)|public.?(interest|task|health)|official.?authority|archiv|6\(1\)\((c|e)\)/i;

/** G04: what is locked against deletion may be kept against a request for erasure. */
export const g04NoLockOnErasure: Rule = {
  id: 'G04',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 17(1)', 'GDPR Art. 17(3)'],
  title: 'Personal data is locked against deletion only with a legal basis for it, or where keys are shredded',
  info: 'Passes when a bucket has no object lock and a backup vault no vault lock; when the store is tagged with a legal basis that Art. 17(3) knows (legal obligation, legal claims, public interest or task, public health, archiving); or when it is declared to hold data under a key per person that is destroyed instead. Stores that are tagged as not personal are not judged.',
  explanation: 'Nobody can delete what is locked, so a request for erasure could not be met until the lock ends. Consent, contract and legitimate interest do not outweigh such a request. Remove the lock, declare the basis by the tag, or encrypt under a key per person and declare the store in keyShredded.',
  looksAt: TYPES,
  judge: each(TYPES, (store, estate, parameters) => asPersonal(estate, store, parameters, () => {
    const [property, lock] = lockOf(estate, store);
    const expected = 'no lock, or a legal basis under Art. 17(3), or key shredding';
    const finding = { property, actual: lock === undefined ? 'locked by its type' : shown(lock), expected };
    if (lock?.kind === 'absent' || (lock !== undefined && booleanOf(lock) === false)) return { ...finding, verdict: 'PASS', note: 'It is not locked.' };
    const basis = tagOf(estate, store, parameters.tags.legalBasis);
    if (basis.kind === 'literal' && BASES.test(String(basis.value))) return { ...finding, verdict: 'PASS', note: `Locked on the declared basis ${String(basis.value)}.` };
    if (shredded(store, parameters)) return { ...finding, verdict: 'PASS', note: 'Locked, but declared to be erased by destroying keys; that this happens is not in the template.' };
    if (lock?.kind === 'unknown') return { ...finding, verdict: 'UNKNOWN', note: `Not told by the template: ${reasonsOf(lock)}.` };
    if (basis.kind !== 'absent' && basis.kind !== 'literal') return { ...finding, verdict: 'UNKNOWN', note: `Locked on a basis that the template does not tell: ${reasonsOf(basis)}.` };
    return { ...finding, verdict: 'FAIL', note: `Locked, and its legal basis is ${textOf(basis) ?? 'not declared'}.` };
  })),
};

/** The property that locks a store, or may do so; undefined for a type that always locks. */
function lockOf(estate: Estate, store: Resource): [property: string, lock: Value | undefined] {
  const found = (LOCKS[store.type] ?? []).map((property): [string, Value] => [property, valueAt(estate, store, property)]);
  const set = found.filter(([, value]) => value.kind !== 'absent' && booleanOf(value) !== false);
  return set.find(([, { kind }]) => kind !== 'unknown') ?? set[0] ?? found[0] ?? ['MinRetentionDays', undefined];
}

function shredded(store: Resource, { keyShredded = [] }: Parameters): boolean {
  return keyShredded.some((part) => part !== '' && (store.logicalId.includes(part) || store.path.includes(part)));
}
