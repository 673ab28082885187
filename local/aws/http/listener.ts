import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';

/** A request of either protocol. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;
/** A response of either protocol. */
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** What every HTTP/2 connection without TLS begins with. */
const PREFACE = 'PRI * HTTP/2.0';
/** Longer than any client keeps an idle connection, so that a client never writes into one that is being closed. */
const KEEP_ALIVE_MS = 600_000;

/** A server on one port for HTTP/1.1 and HTTP/2 without TLS. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends all connections. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. Bedrock's client speaks HTTP/2 to http endpoints, all other clients HTTP/1.1; the first bytes
 * of a connection tell them apart.
 * @param port 0 for any free one
 * @throws Error (EADDRINUSE) when the port is taken
 */
export async function listen(port: number, handle: (request: AnyRequest, response: AnyResponse) => void): Promise<Listener> {
  const http1 = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: KEEP_ALIVE_MS }, handle);
  const http2 = createHttp2Server(handle);
  http2.on('sessionError', () => undefined);
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // A client that leaves is no error of ours; each request's own stream reports it.
    socket.on('error', () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, '127.0.0.1', () => {
      tcp.off('error', reject);
      resolve();
    });
  });
  return {
    port: portOf(tcp.address()),
    close: () =>
      new Promise((resolve) => {
        tcp.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        http1.close();
        http2.close();
      }),
  };
}

const portOf = (address: AddressInfo | string | null): number => (typeof address === 'object' && address ? address.port : 0);

/** Decides by the first bytes, and puts them back for whoever gets the socket. */
function sniff(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const start = seen.toString('latin1', 0, PREFACE.length);
    if (start.length < PREFACE.length && PREFACE.startsWith(start)) return;
    socket.off('data', onData);
    socket.pause();
    socket.unshift(seen);
    decide(start === PREFACE);
    // An HTTP/2 session reads what was put back by itself; flowing, it would be lost to it.
    if (start !== PREFACE) socket.resume();
  };
  socket.on('data', onData);
}
