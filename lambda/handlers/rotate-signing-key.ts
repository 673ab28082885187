import { compose } from '../runtime/compose.ts';
import { rotationRoot } from '../runtime/roots/rotate-signing-key.ts';
import { rotate, type RotationRequest } from './rotate-signing-key/rotate.ts';

const dependencies = compose(rotationRoot);

/** Secrets Manager's rotation function for the key that signs conversation tokens. */
export const handler = (event: RotationRequest) => rotate(dependencies, event);
