import { randomUUID } from 'node:crypto';

/** Events as API Gateway sends them, for a conversation of the bench. */
export function createEvent(): object {
  return proxyEvent('/v1/conversations', 'POST', undefined, { kind: 'anonymous' }, { synthetic: false });
}

/** A message with a key of its own. */
export function messageEvent(conversation: { readonly conversationId: string; readonly subject: string }, text: string): object {
  return proxyEvent('/v1/conversations/{id}/messages', 'POST', conversation.conversationId, { kind: 'conversation', ...conversation }, { text });
}

/** Subject that a conversation token names. */
export function subjectOf(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { sub: string };
  return claims.sub;
}

function proxyEvent(resource: string, httpMethod: string, id: string | undefined, authorizer: object, body: object): object {
  return {
    resource,
    path: resource.replace('{id}', id ?? ''),
    httpMethod,
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: id === undefined ? null : { id },
    stageVariables: null,
    requestContext: { requestId: randomUUID(), resourcePath: resource, httpMethod, authorizer },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
