import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { Problem } from '../../../lambda/contracts/api.ts';
import * as domain from '../../../lambda/domain/conversation/problems.ts';
import { propertiesOf, synthesizeApi } from './api-app.ts';
import type { Properties } from './api-app.ts';

const responsesOf = (embedOrigins: readonly string[]): ReadonlyMap<string, Properties> => {
  const { template } = synthesizeApi({ api: Api.parse({ embedOrigins }) });
  return new Map([...propertiesOf(template, 'AWS::ApiGateway::GatewayResponse').values()].map((properties) => [properties['ResponseType'] as string, properties]));
};
const responses = responsesOf([]);
const partOf = (type: string, part: string): Properties => (responses.get(type) ?? {})[part] as Properties;
const header = (type: string, name: string): unknown => partOf(type, 'ResponseParameters')[`gatewayresponse.header.${name}`];
const bodyOf = (type: string): Problem => Problem.parse(JSON.parse(String(partOf(type, 'ResponseTemplates')['application/json'])));

const knownTypes = Object.values(ResponseType)
  .filter((value): value is ResponseType => value instanceof ResponseType)
  .map(({ responseType }) => responseType)
  .toSorted();

describe('gateway responses', () => {
  it('cover every type that API Gateway has', () => {
    expect([...responses.keys()].toSorted()).toEqual(knownTypes);
  });

  it.each(knownTypes)('%s is a problem whose status is the one that is sent', (type) => {
    expect(header(type, 'Content-Type')).toBe("'application/problem+json'");
    expect(String(bodyOf(type).status)).toBe(responses.get(type)?.['StatusCode']);
    expect(bodyOf(type).type).toMatch(/^\/problems\/[a-z-]+$/);
    // A dollar would be a variable of the gateway, filled with what the client sent.
    expect(JSON.stringify(bodyOf(type))).not.toContain('$');
  });

  it.each([
    ['MISSING_AUTHENTICATION_TOKEN', domain.routeNotFound()],
    ['RESOURCE_NOT_FOUND', domain.routeNotFound()],
    ['UNAUTHORIZED', domain.unauthorized()],
    // What the authorizer denies is a wrong token.
    ['ACCESS_DENIED', domain.unauthorized()],
    ['THROTTLED', domain.tooManyRequests()],
    ['QUOTA_EXCEEDED', domain.tooManyRequests()],
    ['REQUEST_TOO_LARGE', domain.bodyTooLarge()],
    ['UNSUPPORTED_MEDIA_TYPE', domain.unsupportedMediaType()],
    ['BAD_REQUEST_PARAMETERS', domain.invalidIdempotencyKey()],
    ['INTEGRATION_TIMEOUT', domain.unavailable()],
    ['INTEGRATION_FAILURE', domain.unavailable()],
    ['AUTHORIZER_FAILURE', domain.unavailable()],
    ['DEFAULT_5XX', domain.unavailable()],
    ['API_CONFIGURATION_ERROR', domain.internalError()],
    ['AUTHORIZER_CONFIGURATION_ERROR', domain.internalError()],
  ])('%s says what a handler would say', (type, problem) => {
    expect(bodyOf(type)).toEqual(problem);
  });

  it('say when to come back wherever repeating helps', () => {
    const repeatable = knownTypes.filter((type) => [429, 503].includes(bodyOf(type).status));
    expect(repeatable).toContain('THROTTLED');
    for (const type of repeatable) expect(header(type, 'Retry-After')).toMatch(/^'\d+'$/);
  });

  it.each(['UNAUTHORIZED', 'ACCESS_DENIED', 'EXPIRED_TOKEN'])('%s is a 401 that names the scheme', (type) => {
    expect([responses.get(type)?.['StatusCode'], header(type, 'WWW-Authenticate')]).toEqual(['401', "'Bearer'"]);
  });

  it('can be read by other sites only when some may embed the chat', () => {
    const embedded = responsesOf(['https://shop.example']);
    for (const type of knownTypes) {
      expect(header(type, 'Access-Control-Allow-Origin')).toBeUndefined();
      expect(embedded.get(type)?.['ResponseParameters']).toMatchObject({ 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Expose-Headers': "'Retry-After,WWW-Authenticate'" });
      expect(embedded.get(type)?.['ResponseParameters']).not.toHaveProperty('gatewayresponse.header.Access-Control-Allow-Credentials');
    }
  });
});
