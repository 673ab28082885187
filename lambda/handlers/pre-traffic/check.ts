import type { PreTrafficCheck } from '../../contracts/events.ts';
import type { LazyObserver } from '../../runtime/observe.ts';
import { isAccessDenied, patiently, type Patience } from './patience.ts';

/** What CodeDeploy sends to a hook. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** What the hook needs. */
export interface HookDependencies extends Pick<Patience, 'now' | 'wait'> {
  readonly deployments: {
    find(deploymentId: string): Promise<{ readonly group: string; readonly takesBack: boolean }>;
    report(hook: { readonly deploymentId: string; readonly executionId: string }, status: 'Succeeded' | 'Failed'): Promise<void>;
  };
  readonly functions: { invoke(functionName: string, version: string, payload: unknown): Promise<unknown> };
  /** Version that this release brings, by function name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly observe: LazyObserver;
}

const CHECK: PreTrafficCheck = { check: 'pre-traffic' };

/**
 * Milliseconds for which a refusal is tried again. A release writes this function's policy, and that of the function which it checks, seconds
 * before it asks: IAM may take longer to know them everywhere. With the last invocation (16 s) and the report (9.2 s) it ends within 60 s.
 */
export const PATIENCE_MILLISECONDS = 30_000;

/**
 * Invokes the very version that a deployment wants to bring, and tells CodeDeploy whether it is healthy. Whatever goes
 * wrong on the way counts as failed: no traffic moves without a proof, unless it moves back to a version that had it before.
 * The version is the one that this release brings for the function; of a deployment made by hand for another version it proves nothing.
 * @throws when CodeDeploy cannot be told; it then gives up by itself and rolls back
 */
export async function checkVersion(deps: HookDependencies, event: HookEvent): Promise<void> {
  const hook = { deploymentId: event.DeploymentId, executionId: event.LifecycleEventHookExecutionId };
  const patience: Patience = { now: deps.now, wait: deps.wait, until: deps.now() + PATIENCE_MILLISECONDS };
  const status = await outcome(deps, patience, hook.deploymentId);
  await patiently(patience, isAccessDenied, () => deps.deployments.report(hook, status));
}

async function outcome({ deployments, functions, versions, observe }: HookDependencies, patience: Patience, deploymentId: string): Promise<'Succeeded' | 'Failed'> {
  const observer = await observe();
  try {
    const { group, takesBack } = await patiently(patience, isAccessDenied, () => deployments.find(deploymentId));
    if (takesBack) {
      observer.info('A version is taken back, and needs no check', { deploymentId, target: group });
      return 'Succeeded';
    }
    const version = Object.hasOwn(versions, group) ? versions[group] : undefined;
    if (version === undefined) throw new Error(`This release brings no version of ${group}; it brings ${Object.keys(versions).join(', ') || 'none'}.`);
    // Any failure is tried again: what the version itself may do is as new as what this function may do.
    const result = await patiently(patience, () => true, () => functions.invoke(group, version, CHECK));
    if (!isHealthy(result)) throw new Error(`Version ${version} of ${group} did not answer the check with {"ok": true}.`);
    observer.info('A new version is healthy', { deploymentId, target: `${group}:${version}` });
    return 'Succeeded';
  } catch (error) {
    observer.error('A new version gets no traffic', error, { deploymentId });
    return 'Failed';
  }
}

const isHealthy = (result: unknown): boolean => typeof result === 'object' && result !== null && 'ok' in result && result.ok === true;
