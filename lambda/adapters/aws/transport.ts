import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** An answer of a service, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Posts to `/` of one endpoint. Rejects with what Node reports, a {@link TransportError}, or the signal's reason. */
export type Transport = (headers: Readonly<Record<string, string>>, body: string, signal?: AbortSignal) => Promise<Answer>;

/** What is limited. */
export interface TransportLimits {
  /** Milliseconds until a connection stands. */
  readonly connectionTimeout: number;
  /** Milliseconds for the whole attempt, connection and answer included. 0: no limit. */
  readonly requestTimeout: number;
}

/** Longest answer in bytes. DynamoDB's longest is a batch of 16 MB, which base64 and the names of types may double. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Connections to one endpoint; more calls than that wait for one. As the AWS SDK. */
const MAX_SOCKETS = 50;

/** No usable answer came, or not in time. */
export class TransportError extends Error {
  override readonly name: 'TimeoutError' | 'BrokenAnswer';

  constructor(name: TransportError['name'], message: string) {
    super(message);
    this.name = name;
  }
}

/** HTTP/1.1 over connections that are kept for the next call. @param endpoint origin, `https:` or, for an emulator, `http:` */
export function httpTransport(endpoint: URL, { connectionTimeout, requestTimeout }: TransportLimits): Transport {
  const secure = endpoint.protocol === 'https:';
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const place = { agent, method: 'POST', path: '/', hostname: endpoint.hostname.replaceAll(/[[\]]/g, ''), port: endpoint.port };
  return (headers, body, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const request = (secure ? httpsRequest : httpRequest)({ ...place, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
      // Why we stopped; what Node reports then is only that the connection is gone.
      let stopped: Error | undefined;
      const stop = (why: Error): void => void request.destroy((stopped ??= why));
      const abort = (): void => stop(signal?.reason);
      const within = (milliseconds: number, what: string) => setTimeout(() => stop(new TransportError('TimeoutError', `No ${what} within ${milliseconds} ms.`)), milliseconds);
      const timer = requestTimeout === 0 ? undefined : within(requestTimeout, 'answer');
      signal?.addEventListener('abort', abort);
      const over = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (error: unknown): void => {
        over();
        reject(stopped ?? error);
      };
      request.once('socket', (socket) => {
        if (!socket.connecting) return;
        const connecting = within(connectionTimeout, 'connection');
        socket.once('connect', () => clearTimeout(connecting)).once('close', () => clearTimeout(connecting));
      });
      request.on('error', fail);
      request.on('response', (response) => {
        const answered = (text: string): void => {
          over();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        };
        textOf(response, stop).then(answered, fail);
      });
      // As text, which Node sends together with the headers; bytes would be a second write.
      request.end(body, 'utf8');
    });
}

/** @param stop ends the request, and with it this answer */
function textOf(response: IncomingMessage, stop: (why: Error) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) stop(new TransportError('BrokenAnswer', `The answer is longer than ${MAX_ANSWER_BYTES} bytes.`));
      else chunks.push(chunk);
    });
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    // Whatever ended it early: without this, an answer that was cut off would never be settled.
    response.on('close', () => reject(new TransportError('BrokenAnswer', 'The answer was cut off.')));
    response.on('error', reject);
  });
}
