import { RemovalPolicy } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { declareData } from '../governance/index.ts';
import { maskingPolicy, retentionOf } from '../runtime/index.ts';
import { API_STAGE } from './stage.ts';

/** How the log groups of the API are kept. */
export interface LogProps {
  /** Key of operational log groups; its policy must admit CloudWatch Logs of this account and region. */
  readonly logsKey: IKey;
  /** Key of the {@link auditLogGroups}; its policy must admit CloudWatch Logs for them. */
  readonly auditKey: IKey;
  /** Days; one of the values that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /** Role that answers for the logs. */
  readonly owner: string;
}

/** What a log group of the API holds. */
export interface LogContent {
  /** A few words, for the record of processing. */
  readonly purpose: string;
  /** Whether lines may hold what clients sent, or their addresses: it is masked then, and counts as audit, which is personal. */
  readonly fromClients: boolean;
  /** Why it may be kept, when it is personal. */
  readonly legalBasis: string;
}

/**
 * One line a request, without anything personal: no address, user agent, query, claim, subject or conversation id.
 * `resource` is the template of the path, such as `/v1/conversations/{id}`. Times are milliseconds.
 */
const FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  stage: '$context.stage',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  timeToFirstContent: '$context.integration.timeToFirstContent',
  transferMode: '$context.integration.responseTransferMode',
  authorizerLatency: '$context.authorizer.latency',
  principal: '$context.authorizer.kind',
  errorType: '$context.error.responseType',
  firewall: '$context.waf.status',
  tls: '$context.tlsVersion',
  trace: '$context.xrayTraceId',
} as const;

/** Log group of the firewall; AWS WAF delivers only to names that begin like this. */
export const firewallLogGroup = (prefix: string): string => `aws-waf-logs-${prefix}`;

/** Log group that API Gateway looks for, by the id of the API. */
const executionLogGroup = (apiId: string): string => `API-Gateway-Execution-Logs_${apiId}/${API_STAGE}`;

/** Names of the log groups that count as audit, for the policy of their key: the id of the API is not known where the key is made. */
export const auditLogGroups = (prefix: string): string[] => [executionLogGroup('*'), firewallLogGroup(prefix)];

/** Format of the access log. */
export const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify(FIELDS));

/** Makes an encrypted log group that expires and goes with its stack. */
export function makeLogGroup(scope: Construct, id: string, logGroupName: string, props: LogProps, { purpose, fromClients, legalBasis }: LogContent): LogGroup {
  const masking = fromClients ? { dataProtectionPolicy: maskingPolicy(`${id}-masking`) } : {};
  const logGroup = new LogGroup(scope, id, { logGroupName, encryptionKey: fromClients ? props.auditKey : props.logsKey, retention: retentionOf(props.logRetentionDays), removalPolicy: RemovalPolicy.DESTROY, ...masking });
  declareData(logGroup, { dataClass: fromClients ? 'audit' : 'operational', purpose, legalBasis, retentionDays: props.logRetentionDays, owner: props.owner });
  return logGroup;
}

/**
 * The log group that API Gateway writes execution errors to. The service would make it on first use, unencrypted and
 * kept for ever; made here under the name that it looks for, it is neither.
 */
export function makeExecutionLogGroup(scope: Construct, id: string, api: RestApi, props: LogProps): LogGroup {
  // Errors of a template or an integration may quote a request.
  return makeLogGroup(scope, id, executionLogGroup(api.restApiId), props, { purpose: 'errors of the API', fromClients: true, legalBasis: 'legitimate interest' });
}
