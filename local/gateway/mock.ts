import type { RoutedRequest } from './event.ts';
import type { Answer, GatewayErrorType } from './gateway-response.ts';
import { essence, isOneOf } from './media-type.ts';
import type { MockIntegration } from './mock-definition.ts';
import { all, header } from './request.ts';
import { render } from './velocity.ts';
import type { VelocityScope } from './velocity-expression.ts';

/** An answer, or the gateway's own error. */
export type MockOutcome = { readonly answer: Answer } | { readonly failure: GatewayErrorType; readonly reason: string };

/** Answers a request by a MOCK integration. */
export function answerMock(integration: MockIntegration, routed: RoutedRequest, body: Buffer): MockOutcome {
  const request = requestText(integration, routed, body);
  if (typeof request !== 'string') return request;
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(request)?.[1];
  const fallback = integration.responses.find(({ selection }) => selection === undefined);
  const response = integration.responses.find(({ selection }) => status !== undefined && selection?.test(status)) ?? fallback;
  if (status === undefined || response === undefined) return misconfigured('no statusCode in the request template, or no integration response for it');
  const headers = new Map<string, string>([['Content-Type', 'application/json']]);
  for (const [name, expression] of response.parameters) setHeader(headers, name.replace(/^method\.response\.header\./, ''), expression.replace(/^'(.*)'$/s, '$1'));
  const overrides = new Map<string, unknown>();
  try {
    const template = response.templates.get('application/json') ?? [...response.templates.values()][0] ?? '';
    const text = render(template, scopeOf(routed, body, overrides));
    for (const [reference, value] of overrides) {
      const [, name] = /^\$context\.responseOverride\.header\.(.+)$/.exec(reference) ?? [];
      if (name !== undefined) setHeader(headers, name, String(value));
    }
    return { answer: { status: Number(overrides.get('$context.responseOverride.status') ?? response.status), headers: [...headers], body: Buffer.from(text.trim()) } };
  } catch (error) {
    return misconfigured(error instanceof Error ? error.message : String(error));
  }
}

const misconfigured = (reason: string): MockOutcome => ({ failure: 'API_CONFIGURATION_ERROR', reason });

function requestText(integration: MockIntegration, routed: RoutedRequest, body: Buffer): string | MockOutcome {
  const mediaType = essence(header(routed.request.headers, 'content-type') ?? 'application/json');
  const template = integration.requestTemplates.get(mediaType);
  const templates = integration.requestTemplates.size;
  if (templates > 0 && !integration.convertsToText && isOneOf(mediaType, routed.api.binaryMediaTypes)) return misconfigured(`a body of the binary media type ${mediaType} cannot be transformed: the integration needs ContentHandling CONVERT_TO_TEXT`);
  if (template === undefined) {
    const refused = integration.passthrough === 'NEVER' || (integration.passthrough === 'WHEN_NO_TEMPLATES' && templates > 0);
    return refused ? { failure: 'UNSUPPORTED_MEDIA_TYPE', reason: `no request template for ${mediaType}` } : body.toString('utf8');
  }
  try {
    return render(template, scopeOf(routed, body, new Map()));
  } catch (error) {
    return misconfigured(error instanceof Error ? error.message : String(error));
  }
}

function setHeader(headers: Map<string, string>, name: string, value: string): void {
  for (const known of headers.keys()) if (known.toLowerCase() === name.toLowerCase()) headers.delete(known);
  headers.set(name, value);
}

function scopeOf(routed: RoutedRequest, body: Buffer, written: Map<string, unknown>): VelocityScope {
  const { request, pathParameters, api, method } = routed;
  const context = new Map<string, unknown>([
    ['requestId', request.requestId], ['httpMethod', request.httpMethod], ['path', request.path], ['stage', api.stage],
    ['apiId', api.apiId], ['resourcePath', method.path], ['identity.sourceIp', request.sourceIp],
  ]);
  return {
    write: (reference, value) => void written.set(reference, value),
    read(reference) {
      if (written.has(reference)) return written.get(reference);
      const [, kind, place] = /^\$input\.params\(\)\.(header|querystring|path)\.get\((.*)\)$/s.exec(reference) ?? [];
      if (kind !== undefined) {
        const name = unquote(place);
        // The map of headers is exact about case, and answers with empty text for what is absent.
        if (kind === 'header') return request.headers.get(name)?.at(-1) ?? '';
        return (kind === 'path' ? pathParameters[name] : request.query.get(name)?.at(-1)) ?? '';
      }
      const [, anywhere] = /^\$input\.params\((.+)\)$/s.exec(reference) ?? [];
      if (anywhere !== undefined) {
        const name = unquote(anywhere);
        return pathParameters[name] ?? request.query.get(name)?.at(-1) ?? all(request.headers, name).at(-1) ?? '';
      }
      if (reference === '$input.body') return body.toString('utf8');
      const [, variable] = /^\$context\.(.+)$/.exec(reference) ?? [];
      if (variable !== undefined && context.has(variable)) return context.get(variable);
      if (/^\$\w+$/.test(reference)) return null;
      throw new Error(`The mapping template reads ${reference}, which the local runner does not emulate.`);
    },
  };
}

const unquote = (text = ''): string => text.trim().replace(/^(["'])(.*)\1$/s, '$2');
