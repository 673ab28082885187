import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import type { Alias, Version } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link PreTrafficCheck}. */
export interface PreTrafficCheckProps {
  readonly runtime: RuntimeProps;
  /** Name of the CodeDeploy application, whose deployment groups have the names of their functions. */
  readonly applicationName: string;
}

/** The function that CodeDeploy runs before a new version gets traffic: it invokes that very version and reads its answer. */
export class PreTrafficCheck extends Construct {
  readonly function: ServiceFunction;
  readonly #applicationName: string;
  readonly #versions: string[] = [];
  readonly #groups: string[] = [];

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
    // A deployment names its revision; which version that is stands in the revision itself.
    this.function.allow(['codedeploy:GetApplicationRevision'], [this.#arn('application', props.applicationName)]);
    this.function.allow(['lambda:InvokeFunction'], Lazy.list({ produce: () => this.#versions }));
  }

  /** Lets the check invoke one version of a function: exactly the one that this deployment brings. */
  covers(target: ServiceFunction, version: Version, alias: Alias): void {
    this.#versions.push(version.functionArn);
    this.#groups.push(this.#arn('deploymentgroup', `${this.#applicationName}/${target.function.functionName}`));
    alias.node.addDependency(this.function);
  }

  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'codedeploy', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}
