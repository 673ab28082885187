import { describe, expect, it } from 'vitest';
import { Api } from '../../../config/schema/api.ts';
import { propertiesOf, synthesizeApi, text } from './api-app.ts';
import type { Properties } from './api-app.ts';

const origins = ['https://shop.example', 'https://www.shop.example', 'http://127.0.0.1:5173'];

function preflights(embedOrigins: readonly string[]): { readonly parent: string; readonly properties: Properties }[] {
  const { template } = synthesizeApi({ api: Api.parse({ embedOrigins }) });
  const parts = propertiesOf(template, 'AWS::ApiGateway::Resource');
  const pathOf = (reference: string): string => {
    const part = parts.get(reference.slice(1, -1));
    return part ? `${pathOf(text(part['ParentId']))}/${String(part['PathPart'])}` : '';
  };
  return [...propertiesOf(template, 'AWS::ApiGateway::Method').values()]
    .filter((properties) => properties['HttpMethod'] === 'OPTIONS')
    .map((properties) => ({ parent: pathOf(text(properties['ResourceId'])), properties }));
}

const answerOf = (properties: Properties): Properties => ((properties['Integration'] as Properties)['IntegrationResponses'] as Properties[])[0] as Properties;

describe('preflights', () => {
  it('are not answered when nobody may embed the chat', () => {
    expect(preflights([])).toEqual([]);
  });

  it('are answered by the gateway for what scripts of other sites call', () => {
    const answered = preflights(origins);
    expect(answered.map(({ parent }) => parent).toSorted()).toEqual(['/v1/conversations', '/v1/conversations/{id}', '/v1/conversations/{id}/feedback', '/v1/conversations/{id}/messages', '/v1/conversations/{id}/token']);
    for (const { properties } of answered) expect(properties).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'MOCK' } });
  });

  it('allow the method and the headers that the API reads, without credentials', () => {
    const { properties } = preflights(origins).find(({ parent }) => parent === '/v1/conversations/{id}') as { properties: Properties };
    expect(answerOf(properties)).toMatchObject({
      StatusCode: '204',
      ResponseParameters: {
        'method.response.header.Access-Control-Allow-Methods': "'GET'",
        'method.response.header.Access-Control-Allow-Headers': "'authorization,content-type,idempotency-key,accept'",
        'method.response.header.Access-Control-Max-Age': "'600'",
        'method.response.header.Vary': "'Origin'",
      },
    });
    expect(answerOf(properties)['ResponseParameters']).not.toHaveProperty('method.response.header.Access-Control-Allow-Credentials');
  });

  it('turn JSON, which travels as bytes, into the text that their templates need', () => {
    for (const { properties } of preflights(origins)) {
      expect(properties['Integration']).toMatchObject({ ContentHandling: 'CONVERT_TO_TEXT' });
      expect(answerOf(properties)).toMatchObject({ ContentHandling: 'CONVERT_TO_TEXT' });
    }
  });

  it('give each listed origin its own name, compared as a whole', () => {
    for (const { properties } of preflights(origins)) {
      const { ResponseParameters: parameters, ResponseTemplates: templates } = answerOf(properties);
      expect(parameters).toHaveProperty(['method.response.header.Access-Control-Allow-Origin'], "'https://shop.example'");
      const template = (templates as Properties)['application/json'] as string;
      for (const origin of origins.slice(1)) expect(template).toContain(`$origin == "${origin}"`);
      expect(template).not.toMatch(/matches|contains|startsWith/);
    }
  });
});
