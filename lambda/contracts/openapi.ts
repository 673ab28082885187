import * as z from 'zod/mini';
import * as api from './api.ts';
import { IDEMPOTENCY_HOURS, MAX_IDEMPOTENCY_KEY_CHARACTERS } from './limits.ts';
import { COMMON_PROBLEMS, OPERATION_DETAILS, PROBLEM_MEANINGS } from './openapi-operations.ts';
import type { HeaderName, SchemaName, Success } from './openapi-operations.ts';
import { ROUTES } from './routes.ts';
import type { Caller, OperationId, Route } from './routes.ts';

// Functions never import this module: it would bring the schema generator into their bundles.

const SCHEMAS: Readonly<Record<SchemaName, z.ZodMiniType>> = {
  CreateConversationRequest: api.CreateConversationRequest,
  SendMessageRequest: api.SendMessageRequest,
  FeedbackRequest: api.FeedbackRequest,
  ResumeRequest: api.ResumeRequest,
  ConversationCreated: api.ConversationCreated,
  ConversationToken: api.ConversationToken,
  MessageResponse: api.MessageResponse,
  Transcript: api.Transcript,
  RevealRequest: api.RevealRequest,
  Revealed: api.Revealed,
  Reply: api.Reply,
  PendingReply: api.PendingReply,
  Source: api.Source,
  TranscriptTurn: api.TranscriptTurn,
  Problem: api.Problem,
};

const HEADERS: Readonly<Record<HeaderName, object>> = {
  'Conversation-Token': { description: 'Renewed token: use it from now on. Streams carry it in their headers as well.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait before the request is repeated.', schema: { type: 'integer', minimum: 0 } },
  'WWW-Authenticate': { description: 'Always `Bearer`.', schema: { type: 'string' } },
};

/** Which tokens a caller may show; an empty requirement stands for none. */
const SECURITY: Readonly<Record<Caller, readonly object[]>> = {
  public: [],
  anyone: [{}, { customerToken: [] }],
  conversation: [{ conversationToken: [] }],
  'conversation-or-staff': [{ conversationToken: [] }, { staffToken: [] }],
  staff: [{ staffToken: [] }],
};

/** Description of the HTTP API (OpenAPI 3.1), made from the route table and the schemas that handlers validate with. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, route.operationId);
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Chat API', version: '1', description: 'Conversations with a support chatbot. Errors are problem details (RFC 9457).', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '{url}', description: 'An environment: the output `ApiUrl` of its API stack, without the slash at the end.', variables: { url: { default: 'http://127.0.0.1:8787' } } }],
    paths,
    components: {
      schemas: schemas(),
      headers: HEADERS,
      securitySchemes: {
        conversationToken: { type: 'http', scheme: 'bearer', description: 'Token of one conversation, from `POST /v1/conversations` or the header `Conversation-Token`.' },
        customerToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of a signed-in customer, from the platform’s own issuer.' },
        staffToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Token of a member of staff, from the staff user pool.' },
      },
    },
  };
}

function operation(route: Route, operationId: OperationId): object {
  const { description, body, query = [], success, problems = [] } = OPERATION_DETAILS[operationId];
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...query.map((parameter) => Object.assign({ in: 'query' }, parameter)),
    ...(route.requiredHeader ? [idempotencyKey(route.requiredHeader)] : []),
  ];
  return {
    operationId,
    summary: route.summary,
    description,
    security: SECURITY[route.caller],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: body.optional !== true, content: { 'application/json': { schema: schemaOf(body.schema) } } } } : {}),
    responses: Object.fromEntries([
      ...Object.entries(success).map(([status, answer]) => [status, successResponse(answer)]),
      ...[...new Set([...problems, ...COMMON_PROBLEMS])].map((status) => [String(status), problemResponse(status)]),
    ]),
  };
}

function idempotencyKey(name: string): object {
  return {
    name,
    in: 'header',
    required: true,
    description: `A new one for each message, the same one for each repetition of it. A key is kept for ${IDEMPOTENCY_HOURS} hours, and no longer than its conversation: a repetition in that time gets the first answer, with the same status and body; another body under the same key gets 422; one whose first request still runs gets 409.`,
    schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_CHARACTERS, pattern: '^[\\x21-\\x7e]+$' },
  };
}

function successResponse({ description, content = {}, headers = [] }: Success): object {
  const media = Object.entries(content).map(([type, schema]) => [type, { schema: schema === 'text' ? { type: 'string' } : schemaOf(schema) }]);
  return { description, ...headersOf(headers), ...(media.length > 0 ? { content: Object.fromEntries(media) } : {}) };
}

function problemResponse(status: number): object {
  const meaning = PROBLEM_MEANINGS[status];
  if (!meaning) throw new Error(`Status ${status} has no meaning in PROBLEM_MEANINGS; add one.`);
  return { description: meaning.description, ...headersOf(meaning.headers ?? []), content: { 'application/problem+json': { schema: schemaOf('Problem') } } };
}

function headersOf(names: readonly HeaderName[]): object {
  return names.length === 0 ? {} : { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };
}

function schemaOf(name: SchemaName): object {
  return { $ref: `#/components/schemas/${name}` };
}

/** JSON Schemas without the two keys that only a schema of its own document has. */
function schemas(): Record<string, object> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const generated = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` }).schemas;
  return Object.fromEntries(Object.entries(generated).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]));
}
