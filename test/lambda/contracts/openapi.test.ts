import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../lambda/contracts/openapi.ts';
import { ROUTES } from '../../../lambda/contracts/routes.ts';
import type { Route } from '../../../lambda/contracts/routes.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Record<string, unknown> };
  readonly responses: Record<string, { readonly content?: Record<string, unknown>; readonly headers?: Record<string, unknown> }>;
}

const document = openApiDocument() as { readonly paths: Record<string, Record<string, Operation>>; readonly components: Record<string, Record<string, unknown>> };
const operationAt = (path: string, method: string): Operation => (document.paths[path] ?? {})[method] as Operation;
const operationOf = (route: Route): Operation => operationAt(route.path, route.method.toLowerCase());
const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference as string);

describe('the description of the HTTP API', () => {
  it('has every route, and nothing else', () => {
    expect(Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))).toEqual(ROUTES.map(({ operationId }) => operationId));
  });

  it('refers only to what it holds, and holds nothing that nobody refers to', () => {
    const held = ['schemas', 'headers'].flatMap((kind) => Object.keys(document.components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`));
    expect(new Set(references)).toEqual(new Set(held));
  });

  it.each(ROUTES)('$operationId names each part of its path and each header that it requires', (route: Route) => {
    const { parameters = [] } = operationOf(route);
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name, required }) => [name, required])).toEqual(inPath.map((name) => [name, true]));
    expect(parameters.filter((parameter) => parameter.in === 'header').map(({ name, required }) => [name, required])).toEqual(route.requiredHeader ? [[route.requiredHeader, true]] : []);
  });

  it.each(ROUTES)('$operationId answers errors as problems, and says when to come back', (route: Route) => {
    const errors = Object.entries(operationOf(route).responses).filter(([status]) => Number(status) >= 400);
    expect(errors.map(([status]) => status)).toEqual(expect.arrayContaining(['403', '404', '429', '500', '503']));
    for (const [status, { content, headers }] of errors) {
      expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      if (['409', '429', '503'].includes(status)) expect(headers).toHaveProperty('Retry-After');
    }
  });

  it.each(ROUTES)('$operationId can answer 401 exactly when it reads a token', (route: Route) => {
    expect('401' in operationOf(route).responses).toBe(route.caller !== 'public');
    expect(operationOf(route).security.length > 0).toBe(route.caller !== 'public');
  });

  it('offers replies as JSON, as a stream, and as pending', () => {
    const { responses } = operationAt('/v1/conversations/{id}/messages', 'post');
    expect(Object.keys(responses['200']?.content ?? {})).toEqual(['application/json', 'text/event-stream']);
    expect(Object.keys(responses['202']?.content ?? {})).toEqual(['application/json']);
    expect(responses['200']?.headers).toHaveProperty('Conversation-Token');
  });

  it('lets a conversation be opened without a body and without a token', () => {
    const { security, requestBody } = operationAt('/v1/conversations', 'post');
    expect(security).toContainEqual({});
    expect(requestBody?.required).toBe(false);
  });

  it('takes its schemas from those that handlers validate with', () => {
    expect(document.components['schemas']?.['FeedbackRequest']).toMatchObject({ type: 'object', properties: { rating: { type: 'integer', minimum: 1, maximum: 5 } }, required: ['rating'], additionalProperties: false });
  });
});
