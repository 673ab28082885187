import type { EstateModel, Resource } from '../assembly/model.ts';
import { arrayOf, booleanOf, numberOf, objectOf, textOf } from '../json.ts';
import { authorizerOf } from './authorizer-definition.ts';
import type { AuthorizerDefinition } from './authorizer-definition.ts';
import { mockOf } from './mock-definition.ts';
import type { MockIntegration } from './mock-definition.ts';
import type { GatewayResponseDefinition } from './gateway-response.ts';
import { methodThrottles } from './throttle-definition.ts';
import type { Throttle } from './throttle-definition.ts';

/** Calls a Lambda function with the request, and answers with what it returns. */
export interface LambdaIntegration {
  readonly type: 'lambda';
  /** ARN of the function or its alias. */
  readonly functionArn: string;
  /** Content goes to the client as it is written. */
  readonly stream: boolean;
}

/** A method of a resource. */
export interface MethodDefinition {
  readonly resourceId: string;
  /** Path of the resource, e.g. `/v1/conversations/{id}`. */
  readonly path: string;
  /** HTTP method, or `ANY`. */
  readonly httpMethod: string;
  readonly authorizer: AuthorizerDefinition | undefined;
  /** Parameters that must be there, as `method.request.header.Name`; empty when nothing validates them. */
  readonly requiredParameters: readonly string[];
  readonly integration: LambdaIntegration | MockIntegration;
  /** Time that the integration has, in milliseconds. */
  readonly timeoutMilliseconds: number;
  readonly throttle: Throttle | undefined;
}

/** A REST API as its template declares it. */
export interface ApiDefinition {
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
  readonly stage: string;
  readonly deploymentId: string;
  readonly methods: readonly MethodDefinition[];
  readonly responses: ReadonlyMap<string, GatewayResponseDefinition>;
  /** Media types whose bodies travel as base64. */
  readonly binaryMediaTypes: readonly string[];
  /** Buffered responses of at least so many bytes are compressed; undefined: none. */
  readonly minimumCompressionBytes: number | undefined;
}

/** Time that an integration has unless its method says otherwise, in milliseconds (API Gateway's default). */
const DEFAULT_TIMEOUT_MILLISECONDS = 29_000;

/** @throws Error when the environment has no REST API, or a method that cannot be served here */
export function readApi(model: EstateModel): ApiDefinition {
  const [api, other] = model.ofType('AWS::ApiGateway::RestApi');
  if (api === undefined) throw new Error('The environment has no AWS::ApiGateway::RestApi, so there is nothing to serve.');
  if (other !== undefined) throw new Error(`The environment has two REST APIs (${api.logicalId} and ${other.logicalId}); the local runner serves one.`);
  const stage = model.ofType('AWS::ApiGateway::Stage')[0];
  const paths = resourcePaths(model, api);
  const throttles = methodThrottles(stage?.get('MethodSettings'));
  return {
    apiId: api.ref,
    accountId: api.stack.accountId,
    region: api.stack.region,
    stage: stage?.ref ?? 'local',
    deploymentId: textOf(stage?.get('DeploymentId')) ?? 'local',
    methods: model.ofType('AWS::ApiGateway::Method').map((method) => methodOf(model, method, paths, throttles)),
    responses: new Map(model.ofType('AWS::ApiGateway::GatewayResponse').map((response) => [String(response.get('ResponseType')), responseOf(response)])),
    binaryMediaTypes: arrayOf(api.get('BinaryMediaTypes')).map(String),
    minimumCompressionBytes: numberOf(api.get('MinimumCompressionSize')),
  };
}

function resourcePaths(model: EstateModel, api: Resource): ReadonlyMap<string, string> {
  const root = api.attribute('RootResourceId');
  const parents = new Map(model.ofType('AWS::ApiGateway::Resource').map((resource) => [resource.ref, { parent: String(resource.get('ParentId')), part: String(resource.get('PathPart')) }]));
  const pathOf = (id: string): string => {
    const resource = parents.get(id);
    return resource === undefined ? '' : `${pathOf(resource.parent)}/${resource.part}`;
  };
  return new Map([[root, '/'], ...[...parents.keys()].map((id): [string, string] => [id, pathOf(id)])]);
}

function methodOf(model: EstateModel, method: Resource, paths: ReadonlyMap<string, string>, throttles: (path: string, httpMethod: string) => Throttle | undefined): MethodDefinition {
  const resourceId = String(method.get('ResourceId'));
  const path = paths.get(resourceId);
  const httpMethod = String(method.get('HttpMethod'));
  if (path === undefined) throw new Error(`The method ${method.stack.name}/${method.logicalId} belongs to no resource of the REST API.`);
  const integration = objectOf(method.get('Integration'));
  return {
    resourceId,
    path,
    httpMethod,
    authorizer: authorizerOf(model, method, `${httpMethod} ${path}`),
    requiredParameters: requiredParameters(model, method),
    integration: integrationOf(integration, `${httpMethod} ${path}`),
    timeoutMilliseconds: numberOf(integration['TimeoutInMillis']) ?? DEFAULT_TIMEOUT_MILLISECONDS,
    throttle: throttles(path, httpMethod),
  };
}

function requiredParameters(model: EstateModel, method: Resource): readonly string[] {
  const validator = model.byRef('AWS::ApiGateway::RequestValidator', method.get('RequestValidatorId'));
  if (validator === undefined || !booleanOf(validator.get('ValidateRequestParameters'))) return [];
  return Object.entries(objectOf(method.get('RequestParameters'))).flatMap(([name, required]) => (booleanOf(required) ? [name] : []));
}

function integrationOf(integration: Readonly<Record<string, unknown>>, where: string): LambdaIntegration | MockIntegration {
  const type = integration['Type'];
  if (type === 'MOCK') return mockOf(integration);
  const uri = textOf(integration['Uri']) ?? '';
  const functionArn = /\/functions\/(arn:[^/]+)\/(?:invocations|response-streaming-invocations)$/.exec(uri)?.[1];
  if (type !== 'AWS_PROXY' || functionArn === undefined) {
    throw new Error(`The integration of ${where} is of the type ${String(type)} (${uri}); the local runner serves AWS_PROXY to Lambda, and MOCK.`);
  }
  const stream = integration['ResponseTransferMode'] === 'STREAM';
  if (stream !== uri.endsWith('/response-streaming-invocations')) {
    throw new Error(`The integration of ${where} has the transfer mode ${stream ? 'STREAM' : 'BUFFERED'} and the URI ${uri}; API Gateway refuses that. STREAM goes with /response-streaming-invocations.`);
  }
  return { type: 'lambda', functionArn, stream };
}

function responseOf(response: Resource): GatewayResponseDefinition {
  const texts = (property: string): ReadonlyMap<string, string> =>
    new Map(Object.entries(objectOf(response.get(property))).map(([name, value]) => [name, String(value)]));
  return { status: numberOf(response.get('StatusCode')), parameters: texts('ResponseParameters'), templates: texts('ResponseTemplates') };
}
