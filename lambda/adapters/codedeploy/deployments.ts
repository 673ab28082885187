import { CodeDeployClient, GetApplicationRevisionCommand, GetDeploymentCommand, PutLifecycleEventHookExecutionStatusCommand, type RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { ClientOptions } from '../aws/client-options.ts';

/** Which version of which function a deployment wants to shift traffic to. */
export interface DeployedVersion {
  readonly functionName: string;
  /** Version number. */
  readonly version: string;
}

/** What the pre-traffic hook asks CodeDeploy, and tells it. */
export interface Deployments {
  /** @throws Error when the deployment names no function and version */
  target(deploymentId: string): Promise<DeployedVersion>;
  /** Reports the outcome of a hook. */
  report(hook: { readonly deploymentId: string; readonly executionId: string }, status: 'Succeeded' | 'Failed'): Promise<void>;
}

/** Deployments in CodeDeploy. */
export function codeDeployDeployments(options: { readonly client: ClientOptions }): Deployments {
  const client = new CodeDeployClient(options.client);
  return {
    async target(deploymentId) {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
      const { applicationName, revision } = deploymentInfo ?? {};
      let content = contentOf(revision);
      if (content === undefined && revision !== undefined) {
        // GetDeployment usually gives only the hash of the text.
        content = contentOf((await client.send(new GetApplicationRevisionCommand({ applicationName, revision }))).revision);
      }
      if (content === undefined) throw new Error(`Deployment ${deploymentId} has no appspec text.`);
      return targetOf(await parseAppSpec(content), deploymentId);
    },
    async report({ deploymentId, executionId }, status) {
      await client.send(new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId: executionId, status }));
    },
  };
}

const contentOf = (revision: RevisionLocation | undefined): string | undefined => revision?.appSpecContent?.content ?? revision?.string?.content;

/** CloudFormation and the console write the appspec as JSON, people also as YAML. */
async function parseAppSpec(content: string): Promise<unknown> {
  if (content.trimStart().startsWith('{')) return JSON.parse(content);
  const { parse } = await import('yaml');
  return parse(content);
}

function targetOf(spec: unknown, deploymentId: string): DeployedVersion {
  const resources = member(spec, 'Resources') ?? member(spec, 'resources');
  const entries: readonly unknown[] = Array.isArray(resources) ? resources : [];
  for (const entry of entries) {
    for (const resource of isObject(entry) ? Object.values(entry) : []) {
      const properties = member(resource, 'Properties') ?? member(resource, 'properties');
      const name = member(properties, 'Name') ?? member(properties, 'name');
      const version = member(properties, 'TargetVersion') ?? member(properties, 'targetVersion');
      if (typeof name === 'string' && (typeof version === 'string' || typeof version === 'number')) return { functionName: name, version: String(version) };
    }
  }
  throw new Error(`The appspec of deployment ${deploymentId} names no function with a TargetVersion.`);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const member = (value: unknown, name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
