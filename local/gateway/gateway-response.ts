import { essence } from './media-type.ts';
import type { AuthorizerContext } from './authorizer-context.ts';
import { header, parameterOf } from './request.ts';
import type { GatewayRequest } from './request.ts';

/** A gateway response as its template declares it. */
export interface GatewayResponseDefinition {
  /** Undefined: the status of the error stays. */
  readonly status: number | undefined;
  /** `gatewayresponse.header.Name` to a quoted text, `context.…` or `method.request.…`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Body template by media type. */
  readonly templates: ReadonlyMap<string, string>;
}

/** Kinds of error that the gateway answers itself, with API Gateway's own status and message. */
export const GATEWAY_ERRORS = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null],
  AUTHORIZER_FAILURE: [500, null],
  BAD_REQUEST_PARAMETERS: [400, 'Invalid request parameters'],
  INTEGRATION_FAILURE: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  /** The client did not send the whole of its request in time. No kind of AWS's either. */
  REQUEST_TIMEOUT: [408, 'Request Timeout'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  /** What is no HTTP. No kind of AWS's: there it never reaches an API. */
  UNREADABLE: [400, 'Bad Request'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type'],
} as const satisfies Readonly<Record<string, readonly [number, string | null]>>;

/** Kind of error that the gateway answers itself. */
export type GatewayErrorType = keyof typeof GATEWAY_ERRORS;

/** What went wrong, and with which request. */
export interface GatewayFailure {
  readonly type: GatewayErrorType;
  /** @default - the kind's own */
  readonly status?: number;
  /** @default - the kind's own */
  readonly message?: string;
  readonly request: GatewayRequest;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly authorizer?: AuthorizerContext | undefined;
  /** Further `$context` variables by name, e.g. `resourcePath`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** An answer that is known as a whole. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** API Gateway's template for a body when the API declares none. */
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** Renders the gateway response of an error: its own declaration, the one for its class, or API Gateway's default. */
export function gatewayResponse(declared: ReadonlyMap<string, GatewayResponseDefinition>, failure: GatewayFailure): Answer {
  const [defaultStatus] = GATEWAY_ERRORS[failure.type];
  const original = failure.status ?? defaultStatus;
  const definition = declared.get(failure.type) ?? declared.get(original < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const value = contextOf(failure);
  const [mediaType, template] = templateFor(definition, failure.request);
  const headers = new Map([['Content-Type', mediaType], ['x-amzn-ErrorType', errorTypeName(failure.type)]]);
  for (const [name, expression] of definition?.parameters ?? []) {
    const [, headerName] = /^gatewayresponse\.header\.(.+)$/.exec(name) ?? [];
    const text = parameterValue(expression, failure, value);
    if (headerName === undefined || text === undefined) continue;
    // Header names do not differ by case.
    for (const known of headers.keys()) if (known.toLowerCase() === headerName.toLowerCase()) headers.delete(known);
    headers.set(headerName, text);
  }
  return { status: definition?.status ?? original, headers: [...headers], body: Buffer.from(substitute(template, value)) };
}

function templateFor(definition: GatewayResponseDefinition | undefined, request: GatewayRequest): readonly [string, string] {
  const templates = definition?.templates;
  if (templates === undefined || templates.size === 0) return ['application/json', DEFAULT_TEMPLATE];
  const accepted = essence(header(request.headers, 'accept') ?? '');
  const mediaType = [accepted, 'application/json'].find((candidate) => templates.has(candidate)) ?? [...templates.keys()][0] ?? '';
  return [mediaType, templates.get(mediaType) ?? DEFAULT_TEMPLATE];
}

type ContextValue = (name: string) => string | undefined;

function contextOf(failure: GatewayFailure): ContextValue {
  const { request, authorizer = {}, context = {} } = failure;
  const message = failure.message ?? GATEWAY_ERRORS[failure.type][1];
  const variables = new Map<string, string>([
    ['error.message', message ?? 'null'],
    ['error.messageString', JSON.stringify(message)],
    ['error.responseType', failure.type],
    ['error.validationErrorString', message ?? 'null'],
    ['requestId', request.requestId],
    ['extendedRequestId', request.requestId],
    ['httpMethod', request.httpMethod],
    ['path', request.path],
    ['protocol', request.protocol],
    ['requestTimeEpoch', String(request.receivedAt)],
    ['identity.sourceIp', request.sourceIp],
    ['identity.userAgent', header(request.headers, 'user-agent') ?? ''],
    ...Object.entries(context),
    ...Object.entries(authorizer).map(([name, value]): [string, string] => [`authorizer.${name}`, String(value)]),
  ]);
  return (name) => variables.get(name);
}

/** A gateway response's template knows variables, and no directives. An unknown variable is left empty. */
const substitute = (template: string, value: ContextValue): string =>
  template.replaceAll(/\$(?:\{context\.([\w.]+)\}|context\.(\w+(?:\.\w+)*))/g, (_, braced: string | undefined, plain: string | undefined) => value(braced ?? plain ?? '') ?? '');

function parameterValue(expression: string, failure: GatewayFailure, value: ContextValue): string | undefined {
  if (expression.startsWith("'")) return expression.slice(1, -1);
  if (expression.startsWith('context.')) return value(expression.slice('context.'.length));
  return parameterOf(expression, failure.request, failure.pathParameters ?? {});
}

/** Names in the header `x-amzn-ErrorType`, as API Gateway sends them. */
const ERROR_TYPE_NAMES: Partial<Record<GatewayErrorType, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  REQUEST_TOO_LARGE: 'RequestEntityTooLargeException',
  REQUEST_TIMEOUT: 'RequestTimeoutException',
  THROTTLED: 'TooManyRequestsException',
  UNAUTHORIZED: 'UnauthorizedException',
  UNREADABLE: 'BadRequestException',
  UNSUPPORTED_MEDIA_TYPE: 'BadRequestException',
};
const errorTypeName = (type: GatewayErrorType): string => ERROR_TYPE_NAMES[type] ?? 'InternalServerErrorException';
