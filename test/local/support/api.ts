import { EstateModel } from '../../../local/assembly/model.ts';
import type { ResourceDefinition } from '../../../local/assembly/template.ts';
import type { Clock } from '../../../local/clock.ts';
import { readApi } from '../../../local/gateway/definition.ts';
import type { Invoke } from '../../../local/gateway/lambda-integration.ts';
import { Gateway } from '../../../local/gateway/server.ts';
import { ManualClock } from './manual-clock.ts';

type Resources = Readonly<Record<string, ResourceDefinition>>;

const api = { Ref: 'Api' };
const functionArn = (name: string): string => `arn:aws:lambda:eu-central-1:111122223333:function:${name}:live`;
const uri = (name: string, call: string): object => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn(name)}/${call}`]] });

/** A resource of the API below another one; below the root by default. */
export const pathResource = (part: string, parent?: string): ResourceDefinition => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { ParentId: parent === undefined ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: parent }, PathPart: part, RestApiId: api },
});

/** A method with a Lambda proxy integration. */
export const lambdaMethod = (httpMethod: string, resource: string | undefined, fn: string, options: { stream?: boolean; timeout?: number; rest?: object } = {}): ResourceDefinition => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    HttpMethod: httpMethod,
    ResourceId: resource === undefined ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: resource },
    RestApiId: api,
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: uri(fn, options.stream === true ? 'response-streaming-invocations' : 'invocations'),
      ...(options.stream === true ? { ResponseTransferMode: 'STREAM' } : {}),
      ...(options.timeout === undefined ? {} : { TimeoutInMillis: options.timeout }),
    },
    ...options.rest,
  },
});

/** A Lambda authorizer. */
export const authorizer = (type: 'REQUEST' | 'TOKEN', fn: string, rest: object = {}): ResourceDefinition => ({
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: { Type: type, AuthorizerUri: uri(fn, 'invocations'), IdentitySource: 'method.request.header.Authorization', RestApiId: api, ...rest },
});

/** A gateway response. */
export const declaredResponse = (type: string, properties: object): ResourceDefinition => ({ Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: type, RestApiId: api, ...properties } });

/** What a running gateway offers to a test. */
export interface RunningGateway {
  readonly url: string;
  readonly clock: ManualClock;
  readonly reports: readonly string[];
  close(): Promise<void>;
}

/** A gateway over the given resources. `invoke` stands in for the functions. */
export async function startGateway(resources: Resources, invoke: Invoke, options: { api?: object; clock?: Clock; requestMilliseconds?: number } = {}): Promise<RunningGateway> {
  const template = { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', ...options.api } }, Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { StageName: 'live', RestApiId: api } }, ...resources } };
  const model = new EstateModel([{ name: 's', accountId: '111122223333', region: 'eu-central-1', template, assets: new Map() }], { aws: () => '', issuer: () => '' });
  const clock = new ManualClock();
  const reports: string[] = [];
  const gateway = new Gateway({ api: readApi(model), invoke, clock: options.clock ?? clock, report: (line) => void reports.push(line), ...(options.requestMilliseconds !== undefined && { requestMilliseconds: options.requestMilliseconds }) });
  const url = await gateway.listen('127.0.0.1', 0);
  return { url, clock, reports, close: () => gateway.close() };
}

/** A result of a buffered function. */
export const returned = (value: unknown): Promise<{ requestId: string; payload: string; streamed: boolean }> =>
  Promise.resolve({ requestId: 'r', payload: JSON.stringify(value) ?? 'null', streamed: false });

/** A buffered answer with the event in its body. */
export const echo: Invoke = (functionArn, event) => returned({ statusCode: 200, body: JSON.stringify({ functionArn, event }) });
