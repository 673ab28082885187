import { EndpointAccessMode, EndpointType, IpAddressType, LogGroupLogDestination, MethodLoggingLevel, RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import type { CfnRestApi, MethodDeploymentOptions, RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ApiConfig } from '../../config/schema/index.ts';
import type { OperationId } from '../../lambda/contracts/routes.ts';
import { acceptRisk } from '../compliance/index.ts';
import { ACCESS_LOG_FORMAT } from './logs.ts';
import { routeOf } from './route-of.ts';
import { API_STAGE } from './stage.ts';

/** TLS 1.3 and nothing older, for regional and private endpoints alike. */
export const TLS_POLICY = SecurityPolicy.TLS13_1_3_2025_09;

/**
 * Media types whose bodies reach the functions as the bytes that were sent, in base64. The gateway decodes others as UTF-8 and replaces what is
 * none, so that nobody could tell any more what was sent.
 */
const BYTES_OF = ['application/json'];

/** What every method of the stage has: errors in the execution log, never bodies; metrics; no cache. */
const METHOD_DEFAULTS = { loggingLevel: MethodLoggingLevel.ERROR, dataTraceEnabled: false, metricsEnabled: true, cachingEnabled: false } as const;

/** Props of {@link makeRestApi}. */
export interface RestApiSettings {
  readonly prefix: string;
  readonly api: ApiConfig;
  readonly accessLog: ILogGroup;
}

/** Makes the REST API with its stage; routes come later. @throws Error when a private API is given a custom domain. */
export function makeRestApi(scope: Construct, id: string, { prefix, api, accessLog }: RestApiSettings): RestApi {
  const rest = new RestApi(scope, id, {
    restApiName: prefix,
    description: 'Conversations, their feedback, and the chat page',
    binaryMediaTypes: BYTES_OF,
    // The role is one for the whole account and region: a precondition of the account, not a resource of an environment.
    cloudWatchRole: false,
    // The default host name would be a second door beside a custom domain.
    disableExecuteApiEndpoint: api.domain !== undefined,
    ...endpoint(scope, api),
    deployOptions: {
      stageName: API_STAGE,
      description: 'The only stage; versions are part of the routes',
      tracingEnabled: true,
      ...METHOD_DEFAULTS,
      // API Gateway gives this rate to each method that has none of its own.
      ...throttle(api.stageThrottle),
      methodOptions: { [methodKey('createConversation')]: methodThrottle(api.creationThrottle), [methodKey('sendMessage')]: methodThrottle(api.messageThrottle) },
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: ACCESS_LOG_FORMAT,
    },
  });
  // Its own output would be of the default host name, which a custom domain switches off.
  rest.node.tryRemoveChild('Endpoint');
  const resource = rest.node.defaultChild as CfnRestApi;
  resource.securityPolicy = TLS_POLICY;
  resource.endpointAccessMode = EndpointAccessMode.STRICT;
  acceptStageRisks(rest);
  return rest;
}

function endpoint(scope: Construct, api: ApiConfig): Pick<RestApiProps, 'endpointConfiguration' | 'policy'> {
  if (api.access.kind === 'public') return { endpointConfiguration: { types: [EndpointType.REGIONAL], ipAddressType: IpAddressType.DUAL_STACK } };
  if (api.domain) {
    throw new Error(`api.domain "${api.domain.name}" cannot be used with api.access.kind "private": a regional custom domain does not lead to a private API. Remove api.domain, or set api.access to { kind: 'public' }.`);
  }
  const { vpcEndpointIds } = api.access;
  return {
    endpointConfiguration: {
      types: [EndpointType.PRIVATE],
      ipAddressType: IpAddressType.DUAL_STACK,
      vpcEndpoints: vpcEndpointIds.map((vpcEndpointId) => InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(scope, vpcEndpointId, { vpcEndpointId, port: 443 })),
    },
    policy: onlyFrom(vpcEndpointIds),
  };
}

/** Everybody may call, but only through the named endpoints; who they are is the authorizer's question. */
function onlyFrom(vpcEndpointIds: readonly string[]): PolicyDocument {
  const invoke = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'ThroughTheEndpoints', ...invoke }),
      new PolicyStatement({ sid: 'NoOtherWay', effect: Effect.DENY, ...invoke, conditions: { StringNotEquals: { 'aws:SourceVpce': [...vpcEndpointIds] } } }),
    ],
  });
}

function throttle({ ratePerSecond, burst }: ApiConfig['stageThrottle']): { throttlingRateLimit: number; throttlingBurstLimit: number } {
  return { throttlingRateLimit: ratePerSecond, throttlingBurstLimit: burst };
}

/** A method with settings of its own inherits none of the stage's, so all are repeated. */
function methodThrottle(limits: ApiConfig['stageThrottle']): MethodDeploymentOptions {
  return { ...METHOD_DEFAULTS, ...throttle(limits) };
}

function methodKey(operation: OperationId): string {
  const { path, method } = routeOf(operation);
  return `${path}/${method}`;
}

function acceptStageRisks(rest: RestApi): void {
  acceptRisk(
    {
      id: 'gateway-features-for-other-backends',
      findings: [
        'HIPAA.Security::HIPAA.Security-APIGWCacheEnabledAndEncrypted',
        'NIST.800.53.R5::NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
        'HIPAA.Security::HIPAA.Security-APIGWSSLEnabled',
        'NIST.800.53.R5::NIST.800.53.R5-APIGWSSLEnabled',
      ],
      justification:
        'Both are made for backends that this API does not have. A cache suits answers that many callers share: here every answer belongs to one conversation and changes with each turn, so a cache could only hand a transcript to the wrong caller, and it cannot hold streams. A client certificate lets an HTTP backend recognise the gateway: the only backends are Lambda functions, which are invoked inside AWS and have no HTTP endpoint.',
      compensatingControl: 'Stage and method throttles bound the load that a cache would take off. Each function admits this API alone, method by method, by its resource policy; clients reach the API over TLS 1.3 only.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    rest.deploymentStage,
  );
  acceptRisk(
    {
      id: 'bodies-are-validated-by-handlers',
      findings: ['AwsSolutions::AwsSolutions-APIG2'],
      justification: 'The gateway checks required headers, but its body models cannot name the field and the rule that was broken, which this API promises in every 400.',
      compensatingControl: 'Handlers validate every body against the strict schemas that the API description is generated from, after a limit on its bytes.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    rest,
  );
}
