import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallRecord } from '../../../../local/aws/index.ts';

/** What is answered in the place of AWS services that the loop-back endpoint does not have. */
export interface BesideOptions {
  /** Told about each call, as the loop-back endpoint tells about its own. */
  readonly onCall: (call: CallRecord) => void;
  /** Lambda's Invoke, synchronous. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** Where the functions are: for the ARNs in permissions. */
  readonly place: { readonly region: string; readonly accountId: string };
  /** Name of the CodeDeploy application, whose groups have the names of their functions. */
  readonly application: string;
}

/** CodeDeploy, Lambda and Comprehend on 127.0.0.1, as far as the functions call them. */
export interface AwsBeside {
  /** Environment variables that send a function's clients of these services here. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Answered {
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  readonly json: unknown;
}

/** Starts the services. A deployment id is the name of its group: so a test says which function is to be checked. */
export async function startAwsBeside(options: () => BesideOptions): Promise<AwsBeside> {
  const server = createServer((request, response) => void serve(options(), request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    variables: { AWS_ENDPOINT_URL_CODEDEPLOY: url, AWS_ENDPOINT_URL_LAMBDA: url, AWS_ENDPOINT_URL_COMPREHEND: url },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(options: BesideOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces).toString('utf8');
    const { service, operation, resource, json } = await answer(options, request, body);
    const permissions = [{ action: `${service}:${operation === 'Invoke' ? 'InvokeFunction' : operation}`, resource }];
    options.onCall({ service, operation, permissions, resources: [resource], accessKeyId: /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '', body, at: 0 });
    response.writeHead(200, { 'content-type': service === 'lambda' ? 'application/json' : 'application/x-amz-json-1.1' }).end(typeof json === 'string' ? json : JSON.stringify(json));
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ __type: 'InternalServerException', message: String(error) }));
  }
}

async function answer({ invoke, place: { region, accountId }, application }: BesideOptions, request: IncomingMessage, body: string): Promise<Answered> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url.pathname)?.[1];
  if (name !== undefined) {
    const functionName = decodeURIComponent(name);
    const qualifier = url.searchParams.get('Qualifier');
    const resource = `arn:aws:lambda:${region}:${accountId}:function:${functionName}${qualifier === null ? '' : `:${qualifier}`}`;
    return { service: 'lambda', operation: 'Invoke', resource, json: await invoke(functionName, JSON.parse(body)) };
  }
  const [target = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const input = JSON.parse(body) as Record<string, string>;
  if (target.startsWith('CodeDeploy_')) {
    const group = input['deploymentId'] ?? '';
    const resource = `arn:aws:codedeploy:${region}:${accountId}:deploymentgroup:${application}/${group}`;
    return { service: 'codedeploy', operation, resource, json: operation === 'GetDeployment' ? { deploymentInfo: { deploymentGroupName: group, creator: 'user' } } : {} };
  }
  if (target.startsWith('Comprehend_')) return { service: 'comprehend', operation, resource: '*', json: { Entities: [] } };
  throw new Error(`Nothing answers ${request.method} ${url.pathname} ${target}.${operation} here.`);
}
