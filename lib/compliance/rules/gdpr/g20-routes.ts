import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { check, literal, type Finding } from '../check.ts';
import { graphApi, httpRoute } from '../routes/http.ts';
import { identityPool, userPool } from '../routes/people.ts';
import { documentedRoutes, restMethod } from '../routes/rest.ts';
import { each, type Rule } from '../rule.ts';

type Reader = (estate: Estate, resource: Resource, publicRoutes: readonly string[]) => Finding | readonly Finding[];

const documented: Reader = (estate, api, publicRoutes) => {
  const found = documentedRoutes(estate, api, publicRoutes);
  return found.length === 0 ? { verdict: 'NOT_APPLICABLE', note: 'Its routes are resources of their own.' } : found;
};
const byMacro: Reader = () => ({ verdict: 'UNKNOWN', note: 'A macro makes its routes at deployment: synthesize the template, or judge the processed one.' });

const JUDGES: Readonly<Record<string, Reader>> = {
  'AWS::ApiGateway::Method': restMethod,
  'AWS::ApiGateway::RestApi': documented,
  'AWS::ApiGatewayV2::Route': httpRoute,
  'AWS::ApiGatewayV2::Api': (estate, api, publicRoutes) => (valueAt(estate, api, 'Target').kind === 'absent' ? documented(estate, api, publicRoutes) : { verdict: 'FAIL', property: 'Target', actual: 'a route for everything, without an authorizer', expected: 'routes of their own' }),
  'AWS::Serverless::Api': byMacro,
  'AWS::Serverless::HttpApi': byMacro,
  'AWS::AppSync::GraphQLApi': graphApi,
  'AWS::AppSync::Api': graphApi,
  'AWS::BedrockAgentCore::Gateway': (estate, gateway) => check('AuthorizerType', valueAt(estate, gateway, 'AuthorizerType'), 'CUSTOM_JWT or AWS_IAM', literal((text) => /^(CUSTOM_JWT|AWS_IAM)$/.test(text))),
  'AWS::Cognito::IdentityPool': identityPool,
  'AWS::Cognito::UserPool': userPool,
};
const TYPES = Object.keys(JUDGES);

/** G20: every route asks who comes, or is public on purpose. */
export const g20Routes: Rule = {
  id: 'G20',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'Every route has an authorizer, or is declared public behind a web ACL and a throttle; no guests; a second factor for staff',
  info: 'Looks at methods of REST APIs (their path is read through the resources above), routes of HTTP and WebSocket APIs, routes of OpenAPI documents inside a template, GraphQL and event APIs, gateways of agents, identity pools and user pools. A route passes with AWS_IAM or with an authorizer; without one when its path is in the parameter publicRoutes (a GraphQL API as /graphql), a web ACL is associated with its stage, and the stage sets a rate and a burst for it. An API key is no authorizer. An OPTIONS method with a mock is left out. A user pool passes with MFA ON; OPTIONAL will do where people sign themselves up.',
  explanation: 'A route that somebody forgot gives data to whoever finds it. Attach an authorizer; or declare the path in publicRoutes, associate a web ACL and set ThrottlingRateLimit and ThrottlingBurstLimit. AWS WAF takes no HTTP APIs: a public route belongs on a REST API.',
  looksAt: [...TYPES, 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Stage', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation'],
  judge: each(TYPES, (resource, estate, { publicRoutes }) => JUDGES[resource.type]?.(estate, resource, publicRoutes) ?? []),
};
