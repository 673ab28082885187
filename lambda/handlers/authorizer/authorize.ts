import { ROUTES } from '../../contracts/routes.ts';
import { principalToContext } from '../../domain/identity/principal.ts';
import type { Principal } from '../../domain/identity/types.ts';
import { header } from '../../runtime/http/event.ts';
import type { FindPrincipal } from '../../runtime/principals.ts';
import type { AdmitsAddress } from '../../runtime/networks.ts';

/** What API Gateway sends to a REQUEST authorizer, as far as it is read here. */
export interface AuthorizerEvent {
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` */
  readonly methodArn: string;
  readonly httpMethod: string;
  /** Path as the API declares it. */
  readonly resource: string;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext?: {
    readonly identity?: {
      /** Address that the connection to the gateway came from; no header can change it. */
      readonly sourceIp?: string | null;
    };
  };
}

/** What a REQUEST authorizer answers. */
export interface AuthorizerResult {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly { readonly Action: 'execute-api:Invoke'; readonly Effect: 'Allow' | 'Deny'; readonly Resource: string }[];
  };
  readonly context: Record<string, string>;
}

/** `principalId` of a caller who is refused; it appears in the gateway's log. */
const NOBODY = 'nobody';

/**
 * Decides who calls. What they may do with which conversation, the handler decides. A token that is wrong is denied and not thrown: the
 * gateway answers 401 (`ACCESS_DENIED` in `lib/api/gateway-problems.ts`), remembers it like any other result, and no caller can raise
 * the function's errors, on which its alarms and the roll-back of a deployment lean.
 * Staff from outside of their networks are denied like a wrong token.
 * @throws DependencyUnavailable when keys cannot be read; the gateway answers 503 (`AUTHORIZER_FAILURE`)
 */
export async function authorize(findPrincipal: FindPrincipal, event: AuthorizerEvent, admits: AdmitsAddress = () => true): Promise<AuthorizerResult> {
  const authorization = header(event, 'authorization');
  const principal = authorization === undefined ? withoutToken(event) : await findPrincipal(bearerToken(authorization));
  const outside = principal?.kind === 'staff' && !admits(event.requestContext?.identity?.sourceIp ?? undefined);
  return principal === undefined || outside ? decision(event, NOBODY, 'Deny', {}) : decision(event, principal.kind, 'Allow', principalToContext(principal));
}

function decision({ methodArn }: AuthorizerEvent, principalId: string, Effect: 'Allow' | 'Deny', context: AuthorizerResult['context']): AuthorizerResult {
  return { principalId, policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: everyRoute(methodArn) }] }, context };
}

function withoutToken({ httpMethod, resource }: AuthorizerEvent): Principal | undefined {
  const route = ROUTES.find(({ method, path }) => method === httpMethod && path === resource);
  return route?.caller === 'anyone' || route?.caller === 'public' ? { kind: 'anonymous' } : undefined;
}

/** RFC 6750, 2.1; the scheme's case does not matter (RFC 9110, 11.1). An empty token is a wrong one. */
function bearerToken(authorization: string): string {
  return /^bearer +([\w.~+/=-]+)$/i.exec(authorization.trim())?.[1] ?? '';
}

/** All routes of the stage: the gateway remembers the answer by token, and uses it for any route. */
function everyRoute(methodArn: string): string {
  const [api, stage] = methodArn.split('/');
  return `${api}/${stage}/*`;
}
