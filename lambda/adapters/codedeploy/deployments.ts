import { CodeDeployClient, DeploymentCreator, GetDeploymentCommand, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import type { ClientOptions } from '../aws/client-options.ts';

/** A deployment, as far as the pre-traffic hook has to know it. */
export interface FoundDeployment {
  /** Deployment group that it belongs to. In this estate a group has the name of its function. */
  readonly group: string;
  /** It takes a version back. The version that it brings had traffic before. */
  readonly takesBack: boolean;
}

/** What the pre-traffic hook asks CodeDeploy, and tells it. */
export interface Deployments {
  /** @throws Error when the deployment names no group */
  find(deploymentId: string): Promise<FoundDeployment>;
  /** Reports the outcome of a hook. */
  report(hook: { readonly deploymentId: string; readonly executionId: string }, status: 'Succeeded' | 'Failed'): Promise<void>;
}

const TAKES_BACK: ReadonlySet<string> = new Set([DeploymentCreator.CodeDeployRollback, DeploymentCreator.CloudFormationRollback]);

/** Deployments in CodeDeploy. */
export function codeDeployDeployments(options: { readonly client: ClientOptions }): Deployments {
  const client = new CodeDeployClient(options.client);
  return {
    async find(deploymentId) {
      const { deploymentGroupName, creator } = (await client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo ?? {};
      if (deploymentGroupName === undefined) throw new Error(`Deployment ${deploymentId} names no deployment group.`);
      return { group: deploymentGroupName, takesBack: creator !== undefined && TAKES_BACK.has(creator) };
    },
    async report({ deploymentId, executionId }, status) {
      await client.send(new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId: executionId, status }));
    },
  };
}
