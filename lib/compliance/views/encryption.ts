import type { EncryptionRow } from '../report/views.ts';
import { isTrue } from '../rules/check.ts';
import { STORE_TYPES } from '../rules/stores.ts';
import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { atRest } from './at-rest.ts';
import { inTransit } from './in-transit.ts';
import type { Names } from './names.ts';

/** Stores of an estate, in its order. */
export function storesOf({ resources }: Estate): Resource[] {
  return resources.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type));
}

/** Encryption of every store. */
export function encryptionOf(estate: Estate, names: Names): EncryptionRow[] {
  return storesOf(estate).map((store) => {
    const { kind, key, said } = atRest(estate, store);
    const rotated = rotates(estate, kind, key);
    return { store: names.id(store), type: store.type, key: key === undefined ? said : names.id(key), keyKind: kind, ...(rotated !== undefined && { rotated }), inTransit: inTransit(estate, store) };
  });
}

/** AWS rotates the keys that it manages every year; when it rotates those that it owns is not told. */
function rotates(estate: Estate, kind: EncryptionRow['keyKind'], key: Resource | undefined): boolean | undefined {
  if (kind === 'aws-managed') return true;
  if (key === undefined) return undefined;
  const value = valueAt(estate, key, 'EnableKeyRotation');
  return value.kind === 'absent' ? false : isTrue(value);
}
