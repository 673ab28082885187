import type { PreTrafficCheck } from '../../contracts/events.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What CodeDeploy sends to a hook. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** What the hook needs. */
export interface HookDependencies {
  readonly deployments: {
    target(deploymentId: string): Promise<{ readonly functionName: string; readonly version: string }>;
    report(hook: { readonly deploymentId: string; readonly executionId: string }, status: 'Succeeded' | 'Failed'): Promise<void>;
  };
  readonly functions: { invoke(functionName: string, version: string, payload: unknown): Promise<unknown> };
  readonly observe: LazyObserver;
}

const CHECK: PreTrafficCheck = { check: 'pre-traffic' };

/**
 * Invokes the very version that a deployment wants to bring, and tells CodeDeploy whether it is healthy. Whatever goes
 * wrong on the way counts as failed: no traffic moves without a proof.
 * @throws when CodeDeploy cannot be told; it then gives up by itself and rolls back
 */
export async function checkVersion(deps: HookDependencies, event: HookEvent): Promise<void> {
  const hook = { deploymentId: event.DeploymentId, executionId: event.LifecycleEventHookExecutionId };
  await deps.deployments.report(hook, await outcome(deps, hook.deploymentId));
}

async function outcome({ deployments, functions, observe }: HookDependencies, deploymentId: string): Promise<'Succeeded' | 'Failed'> {
  const observer = await observe();
  try {
    const { functionName, version } = await deployments.target(deploymentId);
    const result = await functions.invoke(functionName, version, CHECK);
    if (!isHealthy(result)) throw new Error(`Version ${version} of ${functionName} did not answer the check with {"ok": true}.`);
    observer.info('A new version is healthy', { deploymentId, target: `${functionName}:${version}` });
    return 'Succeeded';
  } catch (error) {
    observer.error('A new version gets no traffic', error, { deploymentId });
    return 'Failed';
  }
}

const isHealthy = (result: unknown): boolean => typeof result === 'object' && result !== null && 'ok' in result && result.ok === true;
