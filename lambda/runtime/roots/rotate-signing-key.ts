import { clientOptions } from '../../adapters/aws/client-options.ts';
import { signingKeyRotation } from '../../adapters/rotation/signing-key.ts';
import type { Variables } from '../environment.ts';
import { basics } from './basics.ts';

/** Composes the rotation of the signing key. */
export function rotationRoot(variables: Variables) {
  return { rotation: signingKeyRotation({ client: clientOptions('background') }), observe: basics('rotate-signing-key', variables).observe };
}
