import type { Outcome, Sent } from './outcome.ts';
import { boundedWait } from './retry.ts';
import { toStreamEvent } from './shapes.ts';
import { SseParser } from './sse.ts';

/** What the page is told while a reply streams. */
export interface StreamProgress {
  readonly accepted: (turn: number, messageId: string) => void;
  readonly delta: (text: string) => void;
  readonly pending: () => void;
}

/** Seconds until a turn that still runs is asked for again when its refusal, in the stream, did not say it. */
const RUNNING_WAIT_SECONDS = 2;

/**
 * Follows the stream of one message to its last event. A stream that ends without one counts as a broken connection, or, when the turn had
 * been accepted, as a turn to ask for: its answer is stored.
 * @param heard Called with each chunk.
 */
export async function readStream(body: ReadableStream<Uint8Array>, progress: StreamProgress, heard: () => void): Promise<Outcome<Sent>> {
  const parser = new SseParser();
  const reader = body.getReader();
  let turn: number | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      for (const message of parser.push(value)) {
        const event = toStreamEvent(message);
        switch (event?.event) {
          case undefined:
            break;
          case 'turn':
            turn = event.data.turn;
            progress.accepted(event.data.turn, event.data.messageId);
            break;
          case 'delta':
            progress.delta(event.data.text);
            break;
          case 'pending':
            turn = event.data.turn;
            progress.pending();
            break;
          case 'reply':
            return { ok: true, value: event.data.reply.kind === 'pending' ? { done: false, turn: event.data.turn } : { done: true, response: event.data } };
          case 'error': {
            const { status } = event.data;
            const retryAfterSeconds = boundedWait(event.data.retryAfterSeconds) ?? (status === 409 ? RUNNING_WAIT_SECONDS : undefined);
            return { ok: false, failure: { kind: 'problem', status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
          }
        }
      }
    }
  } catch {
    // The connection broke: what is known so far decides below.
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return turn === undefined ? { ok: false, failure: { kind: 'network' } } : { ok: true, value: { done: false, turn } };
}
