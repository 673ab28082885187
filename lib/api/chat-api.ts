import { CfnOutput } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { ApiConfig, ExistingConfig, FirewallConfig, StaffConfig } from '../../config/schema/index.ts';
import type { Observability } from '../observability/index.ts';
import { ApiAlarms } from './alarms.ts';
import type { ApiThresholds } from './alarms.ts';
import { Authorizers } from './authorizers.ts';
import { Domain } from './domain.ts';
import { Firewall } from './firewall.ts';
import { GatewayResponses } from './gateway-responses.ts';
import type { LiveFunction } from './invocation.ts';
import { makeExecutionLogGroup, makeLogGroup } from './logs.ts';
import type { LogProps } from './logs.ts';
import { makeRestApi } from './rest-api.ts';
import { Routes } from './routes.ts';

/** Props of {@link ChatApi}. */
export interface ChatApiProps extends LogProps {
  /** First part of physical names; also the name of the API, and of the web ACL. */
  readonly prefix: string;
  readonly api: ApiConfig;
  readonly firewall: FirewallConfig;
  /** Regional web ACL to use instead of an own one. @default - an own one, unless `firewall` is switched off */
  readonly webAclArn?: ExistingConfig['webAclArn'];
  /** Serves the conversation routes, streaming. */
  readonly chat: LiveFunction;
  /** Serves the chat page and its files. */
  readonly pages: LiveFunction;
  /** Says who a caller is. */
  readonly authorizer: LiveFunction;
  /** Networks that staff must call from, as the authorizer was told them. */
  readonly staffNetworks: StaffConfig['networks'];
  readonly observability: Observability;
  readonly thresholds: ApiThresholds;
}

/**
 * The front door: a REST API with one stage, every route of the contract, and a firewall.
 *
 * Precondition of the account: API Gateway's account-wide CloudWatch role of the region is set (`aws apigateway
 * get-account`); without it the stage cannot be made, because it logs.
 *
 * With private access, clients use the private DNS name of the interface endpoint: the strict endpoint mode matches the
 * host name of the TLS handshake, so an endpoint-specific host name with another `Host` header is refused.
 */
export class ChatApi extends Construct {
  readonly restApi: RestApi;
  /** Where the API and the chat page answer, with a slash at the end. */
  readonly url: string;
  /** Name of the own web ACL, as its metrics write it; undefined when there is none of our own. */
  readonly webAclName: string | undefined;

  /** @throws Error when a private API is given a custom domain, or the retention is none that CloudWatch Logs offers. */
  constructor(scope: Construct, id: string, props: ChatApiProps) {
    super(scope, id);
    const logs = { logsKey: props.logsKey, auditKey: props.auditKey, logRetentionDays: props.logRetentionDays, owner: props.owner };
    const crossOrigin = props.api.embedOrigins.length > 0;
    const accessLog = makeLogGroup(this, 'AccessLog', `/aws/apigateway/${props.prefix}`, logs, { purpose: 'one line a request', fromClients: false, legalBasis: 'none' });
    const api = makeRestApi(this, 'Rest', { prefix: props.prefix, api: props.api, accessLog });
    this.restApi = api;
    api.deploymentStage.node.addDependency(makeExecutionLogGroup(this, 'ExecutionLog', api, logs));
    const authorizers = new Authorizers(this, 'Authorizers', { prefix: props.prefix, api, authorizer: props.authorizer, judgesAddress: props.staffNetworks.length > 0 });
    const { publicMethods } = new Routes(this, 'Routes', { api, config: props.api, functions: { chat: props.chat, pages: props.pages }, authorizers });
    new GatewayResponses(this, 'Responses', { api, crossOrigin });
    this.url = props.api.domain ? new Domain(this, 'Domain', { api, domain: props.api.domain }).url : api.urlForPath('/');
    new CfnOutput(this, 'Url', { value: this.url, description: 'Chat page; the API is below it' }).overrideLogicalId('ApiUrl');
    this.webAclName = new Firewall(this, 'Firewall', { prefix: props.prefix, stage: api.deploymentStage, publicMethods, config: props.firewall, webAclArn: props.webAclArn, crossOrigin, ...logs }).webAclName;
    new ApiAlarms(this, 'Alarms', { observability: props.observability, thresholds: props.thresholds, apiName: props.prefix, accessLog, firewall: props.firewall, webAclName: this.webAclName });
  }
}
