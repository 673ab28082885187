import { Aspects, DefaultStackSynthesizer, PermissionsBoundary, Stage, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/schema/index.ts';
import { IamPath } from './governance/index.ts';
import { DataStack, EdgeStack, OperationsStack, ServiceStack } from './stacks/index.ts';

/** Props of {@link ChatbotStage}. */
export interface ChatbotStageProps {
  readonly config: EnvironmentConfig;
  /** Folder of the built bundles: one folder a function. */
  readonly bundles: string;
  /** Version of this release, stored with every reply. */
  readonly release: string;
}

/** One environment: its stacks in the order in which they stand on each other. */
export class ChatbotStage extends Stage {
  constructor(scope: Construct, props: ChatbotStageProps) {
    const { config, bundles, release } = props;
    const { naming, existing } = config;
    super(scope, config.name, {
      env: { account: config.account, region: config.region },
      ...(existing.permissionBoundaryArn ? { permissionsBoundary: PermissionsBoundary.fromArn(existing.permissionBoundaryArn) } : {}),
    });
    const stack = (name: string, description: string) => ({
      stackName: `${naming.prefix}-${name}`,
      description,
      synthesizer: new DefaultStackSynthesizer({ qualifier: naming.bootstrapQualifier }),
      config,
    });
    const data = new DataStack(this, 'Data', { ...stack('data', 'Chatbot: keys, stores, secrets, staff, audit trail'), bundles, release });
    const service = new ServiceStack(this, 'Service', { ...stack('service', 'Chatbot: functions, queues, events, gradual deployment'), data });
    const edge = new EdgeStack(this, 'Edge', { ...stack('edge', 'Chatbot: API, domain, firewall'), data, service });
    new OperationsStack(this, 'Operations', { ...stack('operations', 'Chatbot: dashboard'), watched: [data, service, edge] });

    for (const [key, value] of Object.entries({ ...naming.tags, application: naming.prefix, environment: config.name })) Tags.of(this).add(key, value);
    if (naming.iamPath !== '/') Aspects.of(this).add(new IamPath(naming.iamPath));
  }
}
