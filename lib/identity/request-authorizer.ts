import { Construct } from 'constructs';
import type { ExistingConfig, FunctionSize } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import type { AuthorizerSettings } from '../../lambda/contracts/settings.ts';
import { GradualDeployment } from '../delivery/index.ts';
import type { DeliveryPipeline } from '../delivery/index.ts';
import type { Observability } from '../observability/index.ts';
import { ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';
import type { SigningSecret } from './signing-secret.ts';
import type { StaffPool } from './staff-pool.ts';

/** Props of {@link RequestAuthorizer}. */
export interface RequestAuthorizerProps {
  readonly runtime: RuntimeProps;
  readonly size: FunctionSize;
  readonly settings: AuthorizerSettings;
  readonly signing: SigningSecret;
  readonly staff: StaffPool;
  readonly customers: ExistingConfig['customerIssuer'];
  readonly pipeline: DeliveryPipeline;
  readonly observability: Observability;
}

/** Decides who a request comes from; the handler decides whose conversation it is. */
export class RequestAuthorizer extends Construct {
  readonly delivery: GradualDeployment;

  constructor(scope: Construct, id: string, props: RequestAuthorizerProps) {
    super(scope, id);
    const authorizer = new ServiceFunction(this, 'Authorizer', { runtime: props.runtime, name: 'authorizer', description: 'Who a request comes from', size: props.size, settings: props.settings });
    props.signing.grantRead(authorizer);
    props.staff.trustedBy(authorizer);
    if (props.customers) {
      authorizer.tell(ENV.customerIssuer, props.customers.issuerUrl);
      authorizer.tell(ENV.customerAudience, props.customers.audience);
    }
    this.delivery = new GradualDeployment(this, 'Delivery', {
      pipeline: props.pipeline,
      observability: props.observability,
      of: authorizer,
      name: 'authorizer',
      userImpact: 'Nobody is let in: every request with a token is refused.',
      slowMilliseconds: 1_000,
    });
  }
}
