/** Elements and their attributes that a diagram may have. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  svg: ['xmlns', 'viewBox', 'width', 'height', 'role', 'aria-labelledby'], title: ['id'], style: [], defs: [], g: ['class', 'data-box', 'data-way', 'data-from', 'data-to'],
  marker: ['id', 'viewBox', 'refX', 'refY', 'markerWidth', 'markerHeight', 'markerUnits', 'orient'], path: ['class', 'd', 'marker-end'], rect: ['class', 'x', 'y', 'width', 'height', 'rx'], text: ['class', 'x', 'y'],
};

/** An element of a diagram. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads an SVG by rules stricter than XML's: known elements and attributes alone, everything closed in order, nothing but characters that XML may hold.
 * @throws Error at the first thing that is not so
 */
export function readSvg(svg: string): SvgElement[] {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000D-\u001F\uFFFE\uFFFF]/.test(svg) || !svg.isWellFormed()) throw new Error('a character that XML cannot hold');
  const elements: SvgElement[] = [];
  const open: string[] = [];
  let rest = svg.trim();
  while (rest !== '') {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    decode(text);
    if (open.length === 0 && text.trim() !== '') throw new Error(`text outside: ${text.slice(0, 50)}`);
    rest = rest.slice(text.length);
    if (rest === '') break;
    const [all, closing, name = '', list = '', selfClosing] = /^<(\/?)([a-z]+)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*(\/?)>/.exec(rest) ?? [];
    if (all === undefined) throw new Error(`not a tag: ${rest.slice(0, 80)}`);
    rest = rest.slice(all.length);
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`unbalanced ${name}`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, attribute = '', value = ''] of list.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)) {
      if (ALLOWED[name]?.includes(attribute) !== true) throw new Error(`attribute ${attribute} of ${name}`);
      attributes[attribute] = decode(value);
    }
    if (ALLOWED[name] === undefined) throw new Error(`element ${name}`);
    elements.push({ name, attributes });
    if (selfClosing !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  return elements;
}

function decode(text: string): string {
  const names: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#96;': '`' };
  if (text.includes('>')) throw new Error(`a bare > in ${text.slice(0, 80)}`);
  return text.replaceAll(/&[^;]*;?/g, (entity) => {
    const character = names[entity];
    if (character === undefined) throw new Error(`a bare & in ${text.slice(0, 80)}`);
    return character;
  });
}
