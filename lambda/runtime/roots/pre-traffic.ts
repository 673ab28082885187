import { clientOptions } from '../../adapters/aws/client-options.ts';
import { codeDeployDeployments } from '../../adapters/codedeploy/deployments.ts';
import { lambdaFunctions } from '../../adapters/lambda/functions.ts';
import type { Variables } from '../environment.ts';
import { basics } from './basics.ts';

/** Composes the pre-traffic hook. */
export function preTrafficRoot(variables: Variables) {
  return {
    deployments: codeDeployDeployments({ client: clientOptions('background') }),
    functions: lambdaFunctions({ client: clientOptions('invoke') }),
    observe: basics('pre-traffic', variables).observe,
  };
}
