import { compose } from '../runtime/compose.ts';
import { preTrafficRoot } from '../runtime/roots/pre-traffic.ts';
import { checkVersion, type HookEvent } from './pre-traffic/check.ts';

const dependencies = compose(preTrafficRoot);

/** CodeDeploy's hook: proves a new version before it gets traffic. */
export const handler = (event: HookEvent) => checkVersion(dependencies, event);
