import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../../config/schema/index.ts';
import { ChatApi } from '../api/index.ts';
import type { DataStack } from './data-stack.ts';
import type { ServiceStack } from './service-stack.ts';

/** Props of {@link EdgeStack}. */
export interface EdgeStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly data: DataStack;
  readonly service: ServiceStack;
}

/** What the internet, or a private network, reaches: API, domain, firewall. */
export class EdgeStack extends Stack {
  readonly api: ChatApi;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { config, data, service } = props;
    const { runtime, observability } = data;
    this.api = new ChatApi(this, 'Api', {
      prefix: config.naming.prefix,
      api: config.api,
      firewall: config.firewall,
      webAclArn: config.existing.webAclArn,
      chat: { aliasArn: service.chat.chat.alias.functionArn },
      pages: { aliasArn: service.pages.delivery.alias.functionArn },
      authorizer: { aliasArn: service.authorizer.delivery.alias.functionArn },
      staffNetworks: config.staff.networks,
      logsKey: runtime.logsKey,
      auditKey: data.keys.audit,
      logRetentionDays: runtime.logRetentionDays,
      owner: runtime.owner,
      observability,
      thresholds: config.alarms.thresholds,
    });
  }
}
