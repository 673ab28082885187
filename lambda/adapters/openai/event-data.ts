import { EndpointFailure } from './failure.ts';

/** Most bytes of one answer, far above the longest reply with its wrapping. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Most characters of one line, and of the data of one event. */
export const MAX_EVENT_CHARACTERS = 256 * 1024;

/** Line ends of the format. A CR at the end of a piece may be the first half of one, so it is held back. */
const LINE_END = /\r\n|\n|\r/;

/**
 * Data of each event of a `text/event-stream` (WHATWG HTML, 9.2.6); names, ids and comments are read over, and an event that the stream
 * ends in is left out, as the standard says.
 * @throws EndpointFailure (`BrokenAnswer`) for more than {@link MAX_ANSWER_BYTES}, a line or event of more than {@link MAX_EVENT_CHARACTERS}, or bytes that are not UTF-8
 */
export async function* eventData(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  let characters = 0;
  for await (const line of lines(pieces)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
      characters = 0;
      continue;
    }
    const colon = line.indexOf(':');
    if ((colon < 0 ? line : line.slice(0, colon)) !== 'data') continue;
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    characters += value.length + 1;
    if (characters > MAX_EVENT_CHARACTERS) throw tooLong('event');
    data.push(value);
  }
}

async function* lines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It leaves out a byte order mark at the beginning, as the standard says.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // The line that has not ended yet, in pieces: looking through it anew with each would take the square of its length.
  let begun: string[] = [];
  let characters = 0;
  let bytes = 0;
  let held = '';
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new EndpointFailure('BrokenAnswer', `The answer has more than ${MAX_ANSWER_BYTES} bytes.`);
    const text = held + decoded(decoder, piece);
    held = text.endsWith('\r') ? '\r' : '';
    const [first = '', ...others] = text.slice(0, text.length - held.length).split(LINE_END);
    begun.push(first);
    characters += first.length;
    for (const next of others) {
      yield begun.join('');
      begun = [next];
      characters = next.length;
    }
    if (characters > MAX_EVENT_CHARACTERS) throw tooLong('line');
  }
  if (held !== '') yield begun.join('');
}

function decoded(decoder: InstanceType<typeof TextDecoder>, piece: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw new EndpointFailure('BrokenAnswer', 'The answer is not UTF-8.');
  }
}

function tooLong(what: 'line' | 'event'): EndpointFailure {
  return new EndpointFailure('BrokenAnswer', `The answer has ${what === 'line' ? 'a line' : 'an event'} of more than ${MAX_EVENT_CHARACTERS} characters.`);
}
