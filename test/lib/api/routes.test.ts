import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { ROUTES } from '../../../lambda/contracts/routes.ts';
import type { Route } from '../../../lambda/contracts/routes.ts';
import { only, propertiesOf, synthesizeApi, text } from './api-app.ts';
import type { Properties } from './api-app.ts';

const { template, functions } = synthesizeApi({ api: Api.parse({ integrationTimeoutSeconds: 12 }) });
const methods = [...propertiesOf(template, 'AWS::ApiGateway::Method').values()];
const methodOf = (route: Route): Properties => methods.find((properties) => properties['OperationName'] === route.operationId) as Properties;
const [apiId] = propertiesOf(template, 'AWS::ApiGateway::RestApi').keys();
const authorizers = propertiesOf(template, 'AWS::ApiGateway::Authorizer');
const authorizer = (name: string): string => [...authorizers].find(([, properties]) => properties['Name'] === name)?.[0] as string;

describe('routes of the contract', () => {
  it('are the only methods', () => {
    expect(methods.map((properties) => properties['OperationName'])).toEqual(expect.arrayContaining(ROUTES.map(({ operationId }) => operationId)));
    expect(methods).toHaveLength(ROUTES.length);
  });

  it.each(ROUTES)('$method $path leads to its function in the mode that it needs', (route: Route) => {
    const integration = methodOf(route)['Integration'] as Properties;
    expect(integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', TimeoutInMillis: 12_000, ResponseTransferMode: route.servedBy === 'chat' ? 'STREAM' : 'BUFFERED' });
    const uri = text(integration['Uri']);
    expect(uri).toMatch(
      route.servedBy === 'chat'
        ? /^arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path\/2021-11-15\/functions\/<Services:\w*ChatLive\w*>\/response-streaming-invocations$/
        : /^arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path\/2015-03-31\/functions\/<Services:\w*PagesLive\w*>\/invocations$/,
    );
  });

  it.each(ROUTES)('$method $path asks its caller who it is: $caller', (route: Route) => {
    const { AuthorizationType: type, AuthorizerId: id } = methodOf(route);
    const expected = { public: undefined, anyone: authorizer('demo-anyone'), conversation: authorizer('demo-signed-in'), 'conversation-or-staff': authorizer('demo-signed-in'), staff: authorizer('demo-signed-in') }[route.caller];
    expect({ type, id: id === undefined ? undefined : text(id) }).toEqual({ type: expected ? 'CUSTOM' : 'NONE', id: expected ? `<${expected}.AuthorizerId>` : undefined });
  });

  it('demand the Idempotency-Key where it is required, and nothing elsewhere', () => {
    const demanding = methods.filter((properties) => properties['RequestValidatorId'] !== undefined || properties['RequestParameters'] !== undefined);
    expect(demanding.map((properties) => [properties['OperationName'], properties['RequestParameters']])).toEqual([['sendMessage', { 'method.request.header.Idempotency-Key': true }]]);
    expect(only(template, 'AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestParameters: true, ValidateRequestBody: false });
  });
});

describe('authorizers', () => {
  it('remember an answer by the token, and ask each time where the token is optional', () => {
    expect(authorizers.get(authorizer('demo-signed-in'))).toMatchObject({ Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 60 });
    expect(authorizers.get(authorizer('demo-anyone'))).toMatchObject({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0 });
    expect(authorizers.get(authorizer('demo-anyone'))).not.toHaveProperty('IdentitySource');
    const judging = [...propertiesOf(synthesizeApi({ staffNetworks: ['192.0.2.0/24'] }).template, 'AWS::ApiGateway::Authorizer').values()];
    // Else a token would be good from anywhere for as long as its first answer is remembered.
    expect(judging.find(({ Name: name }) => name === 'demo-signed-in')).toMatchObject({ IdentitySource: 'method.request.header.Authorization,context.identity.sourceIp', AuthorizerResultTtlInSeconds: 60 });
    expect(judging.find(({ Name: name }) => name === 'demo-anyone')).not.toHaveProperty('IdentitySource');
    for (const { AuthorizerUri: uri } of authorizers.values()) expect(text(uri)).toMatch(/2015-03-31\/functions\/<Services:\w*AuthorizerLive\w*>\/invocations$/);
  });
});

describe('permissions', () => {
  it('are exactly one a method and one an authorizer, each for that source alone', () => {
    const permissions = [...propertiesOf(template, 'AWS::Lambda::Permission').values()];
    const source = `arn:<AWS::Partition>:execute-api:eu-central-1:111111111111:<${apiId}>`;
    const account = '<AWS::AccountId>';
    expect(permissions.map((properties) => `${text(properties['FunctionName']).replace(/^.*(Chat|Pages|Authorizer)Live.*$/, '$1')} ${text(properties['SourceArn'])}`).toSorted()).toEqual(
      [
        `Chat ${source}/live/POST/v1/conversations`,
        `Chat ${source}/live/POST/v1/conversations/*/messages`,
        `Chat ${source}/live/GET/v1/conversations/*`,
        `Chat ${source}/live/POST/v1/conversations/*/token`,
        `Chat ${source}/live/POST/v1/conversations/*/reveals`,
        `Chat ${source}/live/POST/v1/conversations/*/feedback`,
        `Chat ${source}/live/GET/v1/health`,
        `Pages ${source}/live/GET/`,
        `Pages ${source}/live/GET/pages/*`,
        ...['demo-signed-in', 'demo-anyone'].map((name) => `Authorizer arn:<AWS::Partition>:execute-api:eu-central-1:${account}:<${apiId}>/authorizers/<${authorizer(name)}.AuthorizerId>`),
      ].toSorted(),
    );
    for (const permission of permissions) expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } });
  });

  it('stand in the stack of the API, so that the functions know nothing of it', () => {
    expect(propertiesOf(functions, 'AWS::Lambda::Permission').size).toBe(0);
    expect(JSON.stringify(functions.toJSON())).not.toContain('execute-api');
  });
});
