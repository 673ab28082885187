import { STATUS_CODES } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { gatewayResponse } from './gateway-response.ts';
import type { GatewayResponseDefinition } from './gateway-response.ts';

/**
 * Has a server answer what is no HTTP (a broken line, header, length or chunk, headers without an end), or does not come whole in time, in
 * the API's own form, as its `DEFAULT_4XX` response, and hang up. Node would answer without a body.
 * @param responses gateway responses of the API
 */
export function answerUnreadable(server: Server, responses: ReadonlyMap<string, GatewayResponseDefinition>, clock: Clock): void {
  const current = new WeakMap<object, ServerResponse>();
  server.on('request', (message, response) => void current.set(message.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    const response = current.get(socket);
    // An answer has begun, or nobody is there: another one would be taken for a part of it.
    if (!socket.writable || (response !== undefined && response.headersSent && !response.writableFinished)) {
      socket.destroy();
      return;
    }
    const request = { requestId: randomUUID(), httpMethod: '', path: '', protocol: 'HTTP/1.1', headers: new Map(), query: new Map(), sourceIp: socket.remoteAddress ?? '', receivedAt: clock.now() };
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const { status, headers, body } = gatewayResponse(responses, { type: late ? 'REQUEST_TIMEOUT' : 'UNREADABLE', request });
    const lines = [...headers, ['Content-Length', String(body.length)], ['Connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`), body]);
    // Who sends nothing more may never hang up either; who still sends must be able to read the answer first.
    socket.end(answer, () => void (late && socket.destroy()));
  });
}
