import { conversationNotFound, unauthorized } from '../../domain/conversation/problems.ts';
import { principalFromContext } from '../../domain/identity/principal.ts';
import type { Principal } from '../../domain/identity/types.ts';
import type { ProxyEvent } from '../../runtime/http/event.ts';
import { problemResult, type HttpResult } from '../../runtime/http/response.ts';

/** Who calls, or the answer that refuses them. */
export type Caller<P extends Principal = Principal> = { readonly kind: 'known'; readonly principal: P } | { readonly kind: 'refused'; readonly result: HttpResult };

/** Who the authorizer found; 401 when nobody was authorized. */
export function callerOf(event: ProxyEvent): Caller {
  const principal = principalFromContext(event.requestContext.authorizer);
  return principal === undefined ? { kind: 'refused', result: problemResult(unauthorized()) } : { kind: 'known', principal };
}

/** A caller who showed a token; 401 for an anonymous one. */
export function signedInCaller(event: ProxyEvent): Caller {
  const caller = callerOf(event);
  return caller.kind === 'known' && caller.principal.kind === 'anonymous' ? { kind: 'refused', result: problemResult(unauthorized()) } : caller;
}

/** The caller whose token is for the conversation in the path; 401 without token, the same 404 for any other conversation. */
export function participantOf(event: ProxyEvent): Caller<Extract<Principal, { kind: 'conversation' }>> {
  const caller = signedInCaller(event);
  if (caller.kind === 'refused') return caller;
  const { principal } = caller;
  if (principal.kind !== 'conversation' || principal.conversationId !== event.pathParameters?.['id']) return { kind: 'refused', result: problemResult(conversationNotFound()) };
  return { kind: 'known', principal };
}
