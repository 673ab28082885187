import type { StreamEvent } from '../../contracts/api.ts';
import { header, type ProxyEvent } from './event.ts';

/** Headers of a stream, beside the usual ones. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' };

/** Whether the client asked for a stream. A type with `q=0` is one that it does not want. */
export function acceptsStream(event: Pick<ProxyEvent, 'headers'>): boolean {
  return (header(event, 'accept') ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/event-stream' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** An event on the wire (HTML, 9.2). JSON has no line break outside its strings and escapes those inside. */
export function encodeEvent({ event, data }: StreamEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
