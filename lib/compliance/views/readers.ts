import { isCustomerKey } from '../rules/keys/customer-key.ts';
import { keyOf, keyValueOf } from '../rules/keys/key-of.ts';
import { OUTSIDE } from '../policy/outsiders.ts';
import { STORE_ACTIONS } from '../policy/store-actions.ts';
import type { Parameters } from '../rules/parameters.ts';
import { storeTag } from '../rules/stores.ts';
import { declaredWords } from '../rules/subject/declared.ts';
import { grouped } from '../report/text.ts';
import type { AccessMatrix as ReportedMatrix } from '../report/views.ts';
import type { Estate, Resource } from '../template/types.ts';
import { textOf } from '../template/value.ts';
import type { AccessCell, AccessMatrix, MatrixStore } from './access-matrix.ts';
import type { Names } from './names.ts';

/** Actions that list what is there, and give nothing of its content. */
const NO_CONTENT = new Set(['s3:ListBucket', 's3:ListBucketVersions']);

interface Reading {
  readonly store: MatrixStore;
  readonly sure: boolean;
  /** How it is decrypted, in words. */
  readonly key: string;
}

/** Who can read what people wrote in clear: reads a personal store and decrypts under its key, or cannot be told not to. In the order of the roles. */
export function readersOf(estate: Estate, parameters: Parameters, matrix: AccessMatrix, names: Names): ReportedMatrix['readers'] {
  const stores = matrix.stores.map(({ resource }) => resource);
  const byRole = grouped(matrix.cells, ({ role }) => role);
  return matrix.roles.flatMap((named) => {
    const [{ resource: role, type }, cells] = [named, byRole.get(named) ?? []];
    const byStore = grouped(cells, ({ store }) => store);
    const readings = [...byStore].flatMap(([store, allowed]) => reading(estate, store, allowed, (key) => names.short(key, stores)));
    if (readings.length === 0) return [];
    const name = ({ resource }: MatrixStore): string => names.short(resource, stores);
    const said = [...grouped(readings, ({ sure, key }) => `${sure ? 'reads' : 'may read'}|${key}`)].map(([words, read]) => {
      const [verb = '', key = ''] = words.split('|');
      return `${verb} ${read.map(({ store }) => name(store)).join(', ')}${key}`;
    });
    const sealed = readings.filter(({ store }) => isShredded(store.resource, parameters));
    const alone = unseals(cells);
    const who = type === OUTSIDE ? 'It' : 'The role';
    const seal = sealed.length === 0 ? '' : ` What stands in ${sealed.map(({ store }) => name(store)).join(', ')} is declared to be encrypted under a key per person besides, and ${who.toLowerCase()} decrypts ${alone ? 'by itself' : 'with no key of the estate but through a service'}.`;
    const declared = declaredWords(role, parameters);
    const clear = alone || readings.some((each) => !sealed.includes(each) && !keepsKeys(estate, each.store.resource, parameters));
    return [{ role: names.id(role), clear, how: `${said.join('; ')}.${seal}${declared === '' ? '' : ` ${who} is ${declared}.`}${isBound(role) ? '' : ' It is another account, unless the templates are deployed to it: they do not tell where they are.'}` }];
  });
}

function reading(estate: Estate, store: MatrixStore, cells: readonly AccessCell[], keyName: (key: Resource) => string): Reading[] {
  if (store.personal === false || store.type === 'AWS::KMS::Key') return [];
  const reads = cells.filter(({ kind }) => kind === 'read one' || kind === 'read many').flatMap(({ actions }) => actions).filter(({ action }) => !NO_CONTENT.has(action));
  if (reads.length === 0) return [];
  const may = reads.some(({ access }) => access === 'allow') && store.personal === true;
  const key = keyOf(estate, store.resource);
  if (STORE_ACTIONS[store.type]?.through === undefined) return [{ store, sure: may, key: '' }];
  if (key === undefined) {
    // Under a key outside the templates, who decrypts stands there.
    const foreign = isCustomerKey(keyValueOf(estate, store.resource)) !== false;
    return [{ store, sure: may && !foreign, key: foreign ? ', if it decrypts with a key that is not in the templates' : ', which asks for no key of its own' }];
  }
  const decrypt = cells.find(({ kind }) => kind === 'decrypt');
  if (decrypt === undefined) return [];
  return [{ store, sure: may && decrypt.access === 'allow', key: ` and ${decrypt.access === 'allow' ? 'decrypts' : 'may decrypt'} with ${keyName(key)}` }];
}

/** Whether somebody is surely of another account: where a template does not tell its own, any account could be it. */
function isBound({ logicalId, type, stack }: Resource): boolean {
  return type !== OUTSIDE || stack.account !== undefined || !/\d{12}/.test(logicalId);
}

/** Whether the items of a store are declared to be encrypted under a key per person. */
function isShredded({ logicalId, path }: Resource, { keyShredded = [] }: Parameters): boolean {
  return keyShredded.some((part) => part !== '' && (logicalId.includes(part) || path.includes(part)));
}

/** Whether a store keeps wrapped keys of persons, and nothing that they wrote. */
function keepsKeys(estate: Estate, store: Resource, { tags, keyMaterialClasses }: Parameters): boolean {
  return keyMaterialClasses.includes(textOf(storeTag(estate, store, tags.dataClass)) ?? '');
}

/** Whether a role decrypts by itself, and not only through a service that keeps what it encrypts. */
function unseals(cells: readonly AccessCell[]): boolean {
  return cells.some(({ store, kind, actions }) => store.type === 'AWS::KMS::Key' && kind === 'decrypt' && actions.some(({ access, when }) => access === 'unknown' || when?.includes('kms:ViaService') !== true));
}
