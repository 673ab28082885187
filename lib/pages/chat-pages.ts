import { Construct } from 'constructs';
import type { FunctionSize } from '../../config/schema/index.ts';
import type { PageSettings } from '../../lambda/contracts/settings.ts';
import { GradualDeployment } from '../delivery/index.ts';
import type { DeliveryPipeline } from '../delivery/index.ts';
import type { Observability } from '../observability/index.ts';
import { ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link ChatPages}. */
export interface ChatPagesProps {
  readonly runtime: RuntimeProps;
  readonly size: FunctionSize;
  readonly settings: PageSettings;
  readonly pipeline: DeliveryPipeline;
  readonly observability: Observability;
}

/** The chat page and its files, served by a function whose bundle holds them: a release and its page roll back together. */
export class ChatPages extends Construct {
  readonly delivery: GradualDeployment;

  constructor(scope: Construct, id: string, props: ChatPagesProps) {
    super(scope, id);
    const pages = new ServiceFunction(this, 'Pages', { runtime: props.runtime, name: 'pages', description: 'Chat page and embeddable component', size: props.size, settings: props.settings });
    this.delivery = new GradualDeployment(this, 'Delivery', {
      pipeline: props.pipeline,
      observability: props.observability,
      of: pages,
      name: 'pages',
      userImpact: 'The chat page does not load; open conversations go on.',
      slowMilliseconds: 1_000,
    });
  }
}
