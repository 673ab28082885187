import { request } from 'node:http';
import { connect } from 'node:net';

/** An answer, read whole. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What a request is made of: nothing is added, normalised or refused but what Node's HTTP client must. */
export interface RawRequest {
  readonly method?: string;
  /** Path as it goes out. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array | undefined;
}

/** Sends a request that `fetch` would tidy up or refuse. */
export function rawRequest(base: string, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    let answering = false;
    const outgoing = request({ hostname, port, method, path, headers: { ...length, ...headers }, agent: false }, (response) => {
      answering = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }));
    });
    // A refusal may come before all of the body went out.
    outgoing.on('error', (error) => {
      if (!answering) reject(error);
    });
    outgoing.end(body);
  });
}

/** Writes bytes to the socket of the server and returns what it answers until it, or we, hang up. @param hangUp end our side after the bytes */
export function rawBytes(base: string, bytes: string, hangUp: 'end' | 'reset' | 'wait' = 'wait'): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(base);
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      if (hangUp === 'end') socket.end(bytes);
      else if (hangUp === 'wait') socket.write(bytes);
      else socket.write(bytes, () => socket.destroy());
    });
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

/** Parses an answer of {@link rawBytes}. */
export function parseRaw(answer: string): RawAnswer {
  const [head = '', ...body] = answer.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((each): [string, string] => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]));
  return { status: Number(line.split(' ')[1]), type: headers['content-type'], headers, text: body.join('\r\n\r\n') };
}
