import { clientOptions } from '../../adapters/aws/client-options.ts';
import { codeDeployDeployments } from '../../adapters/codedeploy/deployments.ts';
import { lambdaFunctions } from '../../adapters/lambda/functions.ts';
import { ENV } from '../../contracts/env.ts';
import { requiredJson, type Variables } from '../environment.ts';
import { basics, now, wait } from './basics.ts';

/** Composes the pre-traffic hook. */
export function preTrafficRoot(variables: Variables) {
  const versions: Readonly<Record<string, string>> = requiredJson(variables, ENV.targetVersions);
  return {
    deployments: codeDeployDeployments({ client: clientOptions('background') }),
    functions: lambdaFunctions({ client: clientOptions('invoke') }),
    versions,
    observe: basics('pre-traffic', variables).observe,
    now,
    wait: (milliseconds: number) => wait(milliseconds),
  };
}
