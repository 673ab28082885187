import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Conditions, Grantee } from '../runtime/index.ts';

/** Props of {@link DutyRole}. */
export interface DutyRoleProps {
  /** Physical name, at most 64 characters: by it the role is handed to what will run under it. */
  readonly roleName: string;
  readonly description: string;
}

/** A role for one duty, that stands before the code that does it. It may do what it is allowed and nothing else: no log and no trace either. */
export class DutyRole extends Construct implements Grantee {
  readonly role: Role;
  readonly #policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: DutyRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', { roleName: props.roleName, description: props.description, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.#policy = new ManagedPolicy(this, 'Policy', { description: `Everything that ${props.roleName} may do`, roles: [this.role] });
  }

  allow(actions: readonly string[], resources: readonly string[], conditions?: Conditions): void {
    this.#policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }));
  }
}
