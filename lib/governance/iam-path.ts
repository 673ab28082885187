import type { IAspect } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Puts every role and managed policy under the path that the organisation prescribes. */
export class IamPath implements IAspect {
  readonly #path: string;

  /** @param path begins and ends with a slash */
  constructor(path: string) {
    this.#path = path;
  }

  visit(node: IConstruct): void {
    if (node instanceof CfnRole || node instanceof CfnManagedPolicy) node.path = this.#path;
  }
}
