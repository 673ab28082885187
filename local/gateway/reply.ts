import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Answer } from './gateway-response.ts';
import type { ResponseHead } from './proxy-response.ts';

const compress = promisify(gzip);

/** Sends status and headers. Harmless when the client has gone. */
export function sendHead(response: ServerResponse, head: ResponseHead, requestId: string): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = head.status;
  const names = new Set(head.headers.map(([name]) => name.toLowerCase()));
  if (!names.has('content-type') && head.status !== 204 && head.status !== 304) response.setHeader('Content-Type', 'application/json');
  for (const [name, value] of head.headers) response.appendHeader(name, value);
  response.setHeader('x-amzn-RequestId', requestId);
  response.flushHeaders();
}

/** Sends a whole answer, compressed when the API and the client want that. */
export async function sendAnswer(response: ServerResponse, answer: Answer, options: { readonly requestId: string; readonly compressFrom?: number | undefined; readonly acceptEncoding?: string | undefined }): Promise<void> {
  const { requestId, compressFrom, acceptEncoding = '' } = options;
  const encoded = answer.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
  const small = compressFrom === undefined || answer.body.length < compressFrom || answer.body.length === 0;
  if (encoded || small || !/(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(acceptEncoding)) {
    response.setHeader('Content-Length', answer.body.length);
    sendHead(response, answer, requestId);
    response.end(answer.body);
    return;
  }
  const body = await compress(answer.body);
  response.setHeader('Content-Length', body.length);
  sendHead(response, { ...answer, headers: [...answer.headers, ['Content-Encoding', 'gzip'], ['Vary', 'Accept-Encoding']] }, requestId);
  response.end(body);
}

/** Writes a part of a streamed body; settles when the client can take more, or has gone. */
export async function sendChunk(response: ServerResponse, data: Uint8Array): Promise<void> {
  if (response.destroyed || response.writableEnded || data.byteLength === 0) return;
  if (response.write(data)) return;
  const done = new AbortController();
  try {
    // A client that goes away never drains.
    await Promise.race([once(response, 'drain', { signal: done.signal }), once(response, 'close', { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
