import { Writable } from 'node:stream';
import type { FromWorker, StreamMetadata } from './protocol.ts';

/** Bytes on their way to the reader before a write waits; as large as Node's own socket buffers usually are. */
const WINDOW_BYTES = 65_536;

/** The stream that Lambda gives to a handler made by `streamifyResponse`. */
export class ResponseStream extends Writable {
  private readonly send: (message: FromWorker) => void;
  private metadata: StreamMetadata | undefined;
  private underway = 0;
  private resume: (() => void) | undefined;

  constructor(send: (message: FromWorker) => void) {
    super();
    this.send = send;
  }

  /** As in Lambda: sets the content type of an answer that has no metadata of its own. */
  setContentType(contentType: string): void {
    this.metadata = { headers: { 'content-type': contentType } };
  }

  /** Status and headers, sent ahead of the first write: a stream that ends without a write sends none, as in Lambda. */
  prepend(metadata: StreamMetadata): this {
    this.metadata = metadata;
    return this;
  }

  /** The reader took so many bytes. */
  taken(bytes: number): void {
    this.underway -= bytes;
    if (this.underway > WINDOW_BYTES) return;
    const resume = this.resume;
    this.resume = undefined;
    resume?.();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.send({ type: 'ended' });
    done();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.metadata !== undefined) {
      this.send({ type: 'metadata', metadata: this.metadata });
      this.metadata = undefined;
    }
    this.underway += chunk.length;
    // A copy of its own: cloning a view would clone the whole buffer pool behind it.
    this.send({ type: 'chunk', data: new Uint8Array(chunk) });
    if (this.underway > WINDOW_BYTES) this.resume = done;
    else done();
  }
}
