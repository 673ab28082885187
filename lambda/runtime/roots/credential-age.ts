import { secretsManagerAges } from '../../adapters/credential-age/ages.ts';
import { ENV } from '../../contracts/env.ts';
import { requiredJson, type Variables } from '../environment.ts';
import { serviceOptions } from '../service-options.ts';
import { basics, now } from './basics.ts';

/** Composes the watch over vendors' credentials. */
export function credentialAgeRoot(variables: Variables) {
  const secrets: readonly string[] = requiredJson(variables, ENV.vendorSecrets);
  return { secrets, ages: secretsManagerAges({ client: serviceOptions(variables, 'secrets', 'background'), now }), observe: basics('credential-age', variables).observe };
}
