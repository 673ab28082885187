import type { ApiDefinition, MethodDefinition } from './definition.ts';
import type { AuthorizerContext } from './authorizer-context.ts';
import { isOneOf } from './media-type.ts';
import { header } from './request.ts';
import type { GatewayRequest, MultiValues } from './request.ts';

/** A routed request. */
export interface RoutedRequest {
  readonly api: ApiDefinition;
  readonly method: MethodDefinition;
  readonly request: GatewayRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const single = (values: MultiValues): Record<string, string> | null =>
  values.size === 0 ? null : Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
const multiple = (values: MultiValues): Record<string, readonly string[]> | null => (values.size === 0 ? null : Object.fromEntries(values));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Time in the Common Log Format, UTC, as `requestTime` has it. */
export function commonLogTime(epochMilliseconds: number): string {
  const [date = '', time = ''] = new Date(epochMilliseconds).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

/** ARN by which a policy allows or denies the request. */
export const methodArn = ({ api, request }: RoutedRequest): string =>
  `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}/${api.stage}/${request.httpMethod}/${request.path.replace(/^\//, '')}`;

/** The part of the event that a proxy integration and an authorizer share. */
export function sharedEvent(routed: RoutedRequest, authorizer: AuthorizerContext | undefined): Record<string, unknown> {
  const { request, method, pathParameters } = routed;
  return {
    resource: method.path,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: single(request.headers),
    multiValueHeaders: multiple(request.headers),
    queryStringParameters: single(request.query),
    multiValueQueryStringParameters: multiple(request.query),
    pathParameters: Object.keys(pathParameters).length === 0 ? null : pathParameters,
    stageVariables: null,
    requestContext: requestContext(routed, authorizer),
  };
}

/** The event of a Lambda proxy integration, payload format of REST APIs. */
export function proxyEvent(routed: RoutedRequest, body: Buffer, authorizer: AuthorizerContext | undefined): Record<string, unknown> {
  const isBase64Encoded = body.length > 0 && isOneOf(header(routed.request.headers, 'content-type'), routed.api.binaryMediaTypes);
  return {
    ...sharedEvent(routed, authorizer),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

function requestContext({ api, method, request }: RoutedRequest, authorizer: AuthorizerContext | undefined): Record<string, unknown> {
  const domainName = (header(request.headers, 'host') ?? 'localhost').replace(/:\d+$/, '');
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    ...(authorizer === undefined ? {} : { authorizer }),
    deploymentId: api.deploymentId,
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: request.requestId,
    httpMethod: request.httpMethod,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: header(request.headers, 'user-agent') ?? null,
      userArn: null,
    },
    // Behind a custom domain the path has no stage in it.
    path: request.path,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: commonLogTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt,
    resourceId: method.resourceId,
    resourcePath: method.path,
    stage: api.stage,
  };
}
