import type { IncomingMessage } from 'node:http';

/** Largest request body of a REST API, in bytes (quota of API Gateway). */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/** The body is over {@link MAX_REQUEST_BYTES}. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's whole body.
 * @throws BodyTooLarge as soon as that is known; what is left is not read
 * @throws Error when the client goes away in the middle
 */
export function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(message.headers['content-length'] ?? 0) > MAX_REQUEST_BYTES) {
      reject(new BodyTooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_REQUEST_BYTES) {
        message.pause();
        reject(new BodyTooLarge());
      } else chunks.push(chunk);
    });
    message.once('end', () => resolve(Buffer.concat(chunks)));
    message.once('error', reject);
    message.once('close', () => reject(new Error('The client went away before its request was whole.')));
  });
}
