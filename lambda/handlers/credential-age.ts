import { compose } from '../runtime/compose.ts';
import { credentialAgeRoot } from '../runtime/roots/credential-age.ts';
import { publishAges } from './credential-age/publish.ts';

const dependencies = compose(credentialAgeRoot);

/** Publishes the age of each vendor credential, daily. */
export const handler = () => publishAges(dependencies);
