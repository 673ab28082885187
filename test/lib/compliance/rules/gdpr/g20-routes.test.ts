import { g20Routes } from '../../../../../lib/compliance/rules/gdpr/g20-routes.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const API: Json = { Ref: 'Api' };
const tree: Record<string, Json> = {
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  V1: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: API, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'v1' } },
  Health: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: API, ParentId: { Ref: 'V1' }, PathPart: 'health' } },
};
const method = (more: Record<string, Json>): Json => ({ Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: API, ResourceId: { Ref: 'Health' }, HttpMethod: 'GET', Integration: { Type: 'AWS_PROXY' }, ...more } });
const stage = (...MethodSettings: Json[]): Json => ({ Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: API, StageName: 'live', MethodSettings } });
const LIMIT: Record<string, Json> = { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };
const wall = (ResourceArn: Json = { 'Fn::Sub': 'arn:aws:apigateway:eu-central-1::/restapis/${Api}/stages/live' }): Json => ({ Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn, WebACLArn: 'w' } });
const NONE: Record<string, Json> = { AuthorizationType: 'NONE' };
const HEALTH = { publicRoutes: ['/v1/health'] };
const others = ['Api NOT_APPLICABLE'];
const route = (RouteKey: Json, more: Record<string, Json> = {}): Json => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Http' }, RouteKey, ...more } });
const http = (ProtocolType: string): Json => ({ Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType } });
const pool = (more: Record<string, Json>): Json => ({ Type: 'AWS::Cognito::UserPool', Properties: more });

holds(g20Routes, [
  { name: 'passes methods with IAM and with an authorizer', resources: { ...tree, One: method({ AuthorizationType: 'AWS_IAM' }), Two: method({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } }), Authorizer: { Type: 'AWS::ApiGateway::Authorizer' } }, gives: [...others, 'One PASS', 'Two PASS'] },
  { name: 'fails a method without, and one that names no authorizer', resources: { ...tree, One: method({}), Two: method({ AuthorizationType: 'CUSTOM' }), Three: method({ ApiKeyRequired: true, ...NONE }) }, gives: [...others, 'One FAIL', 'Two FAIL', 'Three FAIL'], says: ['Route: GET /v1/health.'] },
  { name: 'leaves out answers to browsers that ask first', resources: { ...tree, One: method({ ...NONE, HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } }), Two: method({ ...NONE, HttpMethod: 'OPTIONS' }) }, gives: [...others, 'One NOT_APPLICABLE', 'Two FAIL'], says: ['Route: OPTIONS /v1/health.'] },
  { name: 'passes a declared public route behind a web ACL and a throttle', resources: { ...tree, One: method(NONE), Stage: stage(LIMIT), Wall: wall() }, parameters: HEALTH, gives: [...others, 'One PASS'] },
  { name: 'knows the root', resources: { ...tree, One: method({ ...NONE, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } }), Stage: stage(LIMIT), Wall: wall() }, parameters: { publicRoutes: ['/'] }, gives: [...others, 'One PASS'], says: ['Route: GET /.'] },
  { name: 'fails it without a web ACL', resources: { ...tree, One: method(NONE), Stage: stage(LIMIT) }, parameters: HEALTH, gives: [...others, 'One FAIL'], says: ['no web ACL'] },
  { name: 'fails it without a throttle, or with one that is off for it', resources: { ...tree, One: method(NONE), Stage: stage(LIMIT, { HttpMethod: 'GET', ResourcePath: '/~1v1~1health', ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }), Wall: wall() }, parameters: HEALTH, gives: [...others, 'One FAIL'], says: ['no throttle'] },
  { name: 'cannot tell an association that is a parameter, or a limit', resources: { ...tree, One: method(NONE), Stage: stage({ ...LIMIT, ThrottlingRateLimit: UNRESOLVED }), Wall: wall(UNRESOLVED) }, parameters: HEALTH, gives: [...others, 'One UNKNOWN'] },
  { name: 'cannot tell a public route without a stage, a path, or an authorization', resources: { ...tree, One: method(NONE), Two: method({ ...NONE, ResourceId: UNRESOLVED }), Three: method({ AuthorizationType: UNRESOLVED }) }, parameters: HEALTH, gives: [...others, 'One UNKNOWN', 'Two UNKNOWN', 'Three UNKNOWN'], says: ['Route: GET (path not known).', 'AParameter'] },
  { name: 'ends at parents that go round in a circle', resources: { A: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { Ref: 'B' }, PathPart: 'a' } }, B: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: { Ref: 'A' }, PathPart: 'b' } }, One: method({ ...NONE, ResourceId: { Ref: 'A' } }) }, gives: ['One FAIL'], says: ['Route: GET (path not known).'] },
  {
    name: 'reads the routes of a document',
    resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { paths: { '/a': { get: { security: [{ pool: [] }] }, post: {} }, '/b': { put: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } } } } } }, Far: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'b' } } } },
    gives: ['Api GET /a PASS', 'Api POST /a FAIL', 'Api PUT /b PASS', 'Far UNKNOWN'],
  },
  { name: 'asks routes of HTTP APIs', resources: { Http: http('HTTP'), One: route('GET /a', { AuthorizationType: 'JWT', AuthorizerId: 'x' }), Two: route('GET /b'), Three: route('$default', { AuthorizationType: UNRESOLVED }) }, gives: ['Http NOT_APPLICABLE', 'One PASS', 'Two FAIL', 'Three UNKNOWN'], says: ['Route: GET /a.', 'Route: $default.'] },
  { name: 'fails a declared public route of an HTTP API, which no web ACL can shield', resources: { Http: http('HTTP'), One: route('GET /b'), Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Http' }, StageName: 's', DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } } }, parameters: { publicRoutes: ['/b'] }, gives: ['Http NOT_APPLICABLE', 'One FAIL'], says: ['no web ACL, throttle'] },
  { name: 'asks the connect of a WebSocket alone', resources: { Http: http('WEBSOCKET'), One: route('$connect'), Two: route('send') }, gives: ['Http NOT_APPLICABLE', 'One FAIL', 'Two NOT_APPLICABLE'] },
  { name: 'asks each way into a GraphQL API', resources: { One: { Type: 'AWS::AppSync::GraphQLApi', Properties: { AuthenticationType: 'AWS_IAM', AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] } }, Two: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: { AuthProviders: [{ AuthType: 'AWS_LAMBDA' }] } } } }, gives: ['One AWS_IAM PASS', 'One API_KEY FAIL', 'Two AWS_LAMBDA PASS'] },
  { name: 'passes a declared public GraphQL API behind a web ACL', resources: { One: { Type: 'AWS::AppSync::GraphQLApi', Properties: { AuthenticationType: 'API_KEY' } }, Wall: wall({ 'Fn::GetAtt': ['One', 'Arn'] }) }, parameters: { publicRoutes: ['/graphql'] }, gives: ['One API_KEY PASS'] },
  { name: 'lets no guests in', resources: { One: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: false } }, Two: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: true } }, Three: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: UNRESOLVED } } }, gives: ['One PASS', 'Two FAIL', 'Three UNKNOWN'] },
  { name: 'wants a second factor of staff', resources: { One: pool({ MfaConfiguration: 'ON' }), Two: pool({}), Three: pool({ MfaConfiguration: 'OPTIONAL', AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }), Four: pool({ MfaConfiguration: 'OPTIONAL' }), Five: pool({ MfaConfiguration: UNRESOLVED }) }, gives: ['One PASS', 'Two FAIL', 'Three FAIL', 'Four PASS', 'Five UNKNOWN'] },
  { name: 'cannot tell what a macro makes', resources: { One: { Type: 'AWS::Serverless::Api' } }, gives: ['One UNKNOWN'] },
]);
