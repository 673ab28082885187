import { signingKeyRotation } from '../../adapters/rotation/signing-key.ts';
import type { Variables } from '../environment.ts';
import { serviceOptions } from '../service-options.ts';
import { basics } from './basics.ts';

/** Composes the rotation of the signing key. */
export function rotationRoot(variables: Variables) {
  return { rotation: signingKeyRotation({ client: serviceOptions(variables, 'secrets', 'background') }), observe: basics('rotate-signing-key', variables).observe };
}
