import { visible } from '../text.ts';

/** Markup that this room wrote; nothing that was read becomes one. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The markup of a value: as it stands if it is {@link Markup}, escaped if it is anything else. */
  static of(value: Piece): string {
    if (value instanceof Markup) return value.#text;
    if (value === undefined || value === false) return '';
    if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
    // What the types do not let in (evidence is often read from a file) is shown as what it is.
    return Array.isArray(value) ? value.map((piece) => Markup.of(piece as Piece)).join('') : escape(JSON.stringify(value));
  }
}

/** What may stand in a template of {@link html}. */
export type Piece = string | number | false | undefined | Markup | readonly Piece[];

/** A template of markup: what is put into it is escaped, for text and for attributes in double quotes alike. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, at) => part + Markup.of(pieces[at])).join(''));
}

/** An id that a link can lead to, from any text: the same text, the same id, another text, another id. */
export function anchor(prefix: string, text: string): string {
  return `${prefix}-${Array.from(text, (character) => (/[a-zA-Z0-9.-]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}_`)).join('')}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

function escape(text: string): string {
  return visible(text).replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] as string);
}
