/** Where a text was seen that left a function. */
export interface Place {
  /** `log`: a line of a function; `call`: the body of a call to AWS; `answer`: an answer of the API; `item`: an item of a table; `variable`: the environment of a function; `vendor`: a request to a system that is not AWS. */
  readonly kind: 'log' | 'call' | 'answer' | 'item' | 'variable' | 'vendor';
  /** Which: function, `service.Operation`, `METHOD /path` and who asked, table, or vendor. */
  readonly what: string;
}

/** A text that left a function. */
export interface Seen extends Place {
  readonly text: string;
}

/** A value that must show nowhere but where it belongs. */
export interface Planted {
  readonly name: string;
  readonly value: string;
  /** Where it may be seen, by `kind what`. @default - nowhere */
  readonly belongs?: RegExp;
}

/** A place where a planted value is seen and does not belong. */
export interface Leak extends Place {
  readonly name: string;
}

/** Forms in which a value may be written down: as it is, in a URL, in base64 at each of its three places, in hexadecimal. */
export function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // Characters at either end also hold bits of what stands beside the value.
    return text.slice(shift === 0 ? 0 : 4, Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [...new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')), bytes.toString('hex')])].filter((form) => form.length >= Math.min(8, value.length));
}

/** Every place where a planted value does not belong and is. */
export function leaksOf(planted: readonly Planted[], seen: readonly Seen[]): Leak[] {
  return planted.flatMap(({ name, value, belongs }) => {
    if (value.length < 8) throw new Error(`What is planted must be told from chance: '${name}' has ${value.length} characters.`);
    const forms = formsOf(value);
    return seen.filter(({ kind, what, text }) => belongs?.test(`${kind} ${what}`) !== true && forms.some((form) => text.includes(form))).map(({ kind, what }) => ({ name, kind, what }));
  });
}
