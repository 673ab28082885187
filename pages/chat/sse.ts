/** One message of an event stream. */
export interface SseMessage {
  /** Name of the event; `message` when the stream named none. */
  readonly event: string;
  /** Its data lines, joined by line feeds. */
  readonly data: string;
}

/**
 * Parser of `text/event-stream` (WHATWG HTML, "Interpreting an event stream"), fed with bytes as they come. Where the chunks are cut makes
 * no difference, not even inside a character or between CR and LF. A message that its blank line never finished is dropped, as the
 * standard says.
 */
export class SseParser {
  readonly #decoder = new TextDecoder();
  #line = '';
  #event = '';
  #data: string[] = [];
  #afterCarriageReturn = false;

  /** Takes the next bytes and returns the messages that they finished, in order. */
  push(bytes: Uint8Array): SseMessage[] {
    const text = this.#decoder.decode(bytes, { stream: true });
    const messages: SseMessage[] = [];
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const character = text[index];
      if (character === '\n' && this.#afterCarriageReturn) {
        this.#afterCarriageReturn = false;
        start = index + 1;
        continue;
      }
      this.#afterCarriageReturn = character === '\r';
      if (character !== '\n' && character !== '\r') continue;
      const message = this.#endLine(this.#line + text.slice(start, index));
      if (message) messages.push(message);
      this.#line = '';
      start = index + 1;
    }
    this.#line += text.slice(start);
    return messages;
  }

  #endLine(line: string): SseMessage | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    return undefined;
  }

  #dispatch(): SseMessage | undefined {
    const data = this.#data;
    const event = this.#event || 'message';
    this.#data = [];
    this.#event = '';
    return data.length === 0 ? undefined : { event, data: data.join('\n') };
  }
}
