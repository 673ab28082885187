/** One step of a path: the name of an option or an entry of a map, or the position of an entry of a list. */
export type Step = string | number;

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** Text with everything that a terminal would obey, or a reader would not see, written as an escape. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Path as people write it: `useCases.0.id`; a name that is not plain stands in brackets, `naming.tags["a.b"]`. */
export function formatPath(steps: readonly PropertyKey[]): string {
  return steps
    .map((step, index) => {
      if (typeof step !== 'symbol' && (typeof step === 'number' || PLAIN.test(step))) return index === 0 ? String(step) : `.${step}`;
      return `[${visible(JSON.stringify(String(step)))}]`;
    })
    .join('');
}

/** Stands for every entry of a list, or any name in a map: `useCases[].id`. */
export const EVERY = '[]';

/**
 * Reads a path as people write it: `useCases.0.id`, `useCases[0].id`, `useCases[].id`, `useCases.*.id`, `naming.tags["a.b"]`.
 * @returns undefined when it cannot be read.
 */
export function parsePath(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  let rest = path.trim();
  while (rest !== '') {
    const match = /^(?:\.?([^.[\]]+)|\[("(?:[^"\\]|\\.)*")\]|\[(\d*|\*)\])/.exec(rest);
    if (!match) return undefined;
    const [whole, name, quoted, position] = match;
    const step = quoted === undefined ? (name ?? position ?? '') : unquote(quoted);
    if (step === undefined) return undefined;
    steps.push(step === '' || step === '*' ? EVERY : step);
    rest = rest.slice(whole.length);
  }
  return steps;
}

function unquote(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Value at a path of anything; undefined when there is none. Only own properties are read. */
export function valueAt(from: unknown, steps: readonly PropertyKey[]): unknown {
  let value = from;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
