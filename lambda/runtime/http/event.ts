/** What API Gateway (REST API, Lambda proxy) sends, as far as it is read here. Nothing in it is trusted but `requestContext`. */
export interface ProxyEvent {
  readonly httpMethod: string;
  /** Path of the route as the API declares it, e.g. `/v1/conversations/{id}`. */
  readonly resource: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
  readonly pathParameters: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters: Readonly<Record<string, string | undefined>> | null;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly requestId?: string;
    /** When API Gateway took the request, epoch milliseconds. */
    readonly requestTimeEpoch?: number;
    /** What the authorizer passed on, as strings. */
    readonly authorizer?: unknown;
  };
}

/** What Lambda gives beside the event, as far as it is read here. */
export interface FunctionContext {
  readonly functionName: string;
  /** Version that runs, e.g. `12`: behind an alias the one that Lambda chose. */
  readonly functionVersion: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Value of a header, whatever the case of its name; undefined when it is not there. */
export function header(event: Pick<ProxyEvent, 'headers'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(event.headers ?? {})) {
    if (key.toLowerCase() === wanted) return value;
  }
  return undefined;
}

/** Whether an event came from API Gateway. */
export function isProxyEvent(event: unknown): event is ProxyEvent {
  return typeof event === 'object' && event !== null && 'httpMethod' in event && 'requestContext' in event;
}
