import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import type { Alias, CfnFunction, Version } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../../lambda/contracts/env.ts';
import { ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link PreTrafficCheck}. */
export interface PreTrafficCheckProps {
  readonly runtime: RuntimeProps;
  /** Name of the CodeDeploy application, whose deployment groups have the names of their functions. */
  readonly applicationName: string;
}

/**
 * The function that CodeDeploy runs before a new version gets traffic: it invokes that very version and reads its answer.
 * Which version a release brings it is told by an environment variable, by function: CodeDeploy's own record of it gives a hash at
 * times. A release changes the variable before it changes an alias, because every alias waits for this function.
 */
export class PreTrafficCheck extends Construct {
  readonly function: ServiceFunction;
  readonly #applicationName: string;
  readonly #versions: Version[] = [];
  readonly #groups: string[] = [];
  readonly #targets: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: PreTrafficCheckProps) {
    super(scope, id);
    this.#applicationName = props.applicationName;
    this.function = new ServiceFunction(this, 'Check', {
      runtime: props.runtime,
      name: 'pre-traffic',
      description: 'Invokes a new version before it gets traffic',
      size: { memoryMegabytes: 256, timeoutSeconds: 60 },
    });
    this.function.allow(['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'], Lazy.list({ produce: () => this.#groups }));
    this.function.allow(['lambda:InvokeFunction'], Lazy.list({ produce: () => this.#versions.map(({ functionArn }) => functionArn) }));
    this.function.tell(ENV.targetVersions, Lazy.string({ produce: () => Stack.of(this).toJsonString(this.#targets) }));
  }

  /** Lets the check invoke one version of a function: exactly the one that this deployment brings. */
  covers(target: ServiceFunction, version: Version, alias: Alias): void {
    this.#versions.push(version);
    this.#groups.push(this.#arn('deploymentgroup', `${this.#applicationName}/${target.function.functionName}`));
    this.#targets[nameOf(target)] = version.version;
    alias.node.addDependency(this.function);
  }

  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'codedeploy', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}

/** Name of a function as text, which a key of JSON has to be: `functionName` is a reference. */
function nameOf(target: ServiceFunction): string {
  const { functionName } = target.function.node.defaultChild as CfnFunction;
  if (functionName === undefined) throw new Error(`The function ${target.node.path} has no name; the pre-traffic check finds its version by the name.`);
  return functionName;
}
