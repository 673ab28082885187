import type { IncomingMessage } from 'node:http';

/** Values by name, each name with all of its values in the order in which they came. */
export type MultiValues = ReadonlyMap<string, readonly string[]>;

/** A request as the gateway sees it, before routing. */
export interface GatewayRequest {
  readonly requestId: string;
  readonly httpMethod: string;
  /** Path as in the URL, percent-encoding kept. */
  readonly path: string;
  /** HTTP version, e.g. `HTTP/1.1`. */
  readonly protocol: string;
  /** By name as the client wrote it. */
  readonly headers: MultiValues;
  /** Decoded. */
  readonly query: MultiValues;
  readonly sourceIp: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** Reads what is known before the body is. */
export function requestOf(message: IncomingMessage, requestId: string, receivedAt: number): GatewayRequest {
  // A client may send the whole URL, as to a proxy.
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '');
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  const sourceIp = (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  return {
    requestId,
    httpMethod: message.method ?? 'GET',
    path: path === '' ? '/' : path,
    protocol: `HTTP/${message.httpVersion}`,
    headers: headersOf(message, sourceIp),
    query: group([...new URLSearchParams(question < 0 ? '' : target.slice(question + 1))]),
    sourceIp,
    receivedAt,
  };
}

function headersOf(message: IncomingMessage, sourceIp: string): MultiValues {
  const raw = message.rawHeaders;
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    // These belong to the connection; API Gateway does not hand them on.
    if (!/^(?:connection|keep-alive|transfer-encoding|te|upgrade|expect)$/i.test(name)) pairs.push([name, value]);
  }
  const forwarded = pairs.filter(([name]) => /^x-forwarded-for$/i.test(name)).map(([, value]) => value);
  const headers = new Map(group(pairs.filter(([name]) => !/^x-forwarded-(?:for|port|proto)$/i.test(name))));
  headers.set('X-Forwarded-For', [[...forwarded, sourceIp].join(', ')]);
  headers.set('X-Forwarded-Port', [String(message.socket.localPort ?? '')]);
  headers.set('X-Forwarded-Proto', ['http']);
  return headers;
}

/** All values of a header, whatever the case of its name. */
export const all = (headers: MultiValues, name: string): readonly string[] =>
  [...headers].flatMap(([candidate, values]) => (candidate.toLowerCase() === name.toLowerCase() ? values : []));

/** The last value of a header, whatever the case of its name; undefined when it is absent. */
export const header = (headers: MultiValues, name: string): string | undefined => all(headers, name).at(-1);

function group(pairs: readonly (readonly [string, string])[]): MultiValues {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = grouped.get(name);
    if (values === undefined) grouped.set(name, [value]);
    else values.push(value);
  }
  return grouped;
}

/** Value of a request parameter as a template names it, e.g. `method.request.header.Origin`; undefined when it is absent. */
export function parameterOf(expression: string, request: GatewayRequest, pathParameters: Readonly<Record<string, string>>): string | undefined {
  const [, place, name = ''] = /^method\.request\.(header|multivalueheader|querystring|multivaluequerystring|path)\.(.+)$/.exec(expression) ?? [];
  switch (place) {
    case 'header':
    case 'multivalueheader': return header(request.headers, name);
    case 'querystring':
    case 'multivaluequerystring': return request.query.get(name)?.at(-1);
    case 'path': return Object.hasOwn(pathParameters, name) ? pathParameters[name] : undefined;
    case undefined:
    default: return undefined;
  }
}
