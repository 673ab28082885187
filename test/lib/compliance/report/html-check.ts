/** Elements and their attributes that the page may have. What is not here is markup that came from somewhere else. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  html: ['lang'], head: [], meta: ['charset', 'http-equiv', 'content', 'name'], title: [], style: [], script: [], body: [], header: [], main: ['id', 'tabindex'], nav: ['aria-label'],
  section: ['id', 'class', 'aria-labelledby'], article: ['class', 'id'], div: ['class', 'role', 'aria-label', 'tabindex', 'id', 'hidden', 'aria-hidden'], h1: [], h2: ['id', 'class'], h3: [], p: ['class'], ul: ['class'], li: ['class', 'id', 'data-verdict'],
  a: ['href', 'class', 'aria-label'], span: ['class', 'aria-hidden', 'role', 'aria-label'], strong: [], em: [], small: [], br: [], wbr: [], code: ['class'], time: ['datetime'], dl: [], dt: [], dd: [],
  details: ['class', 'id', 'data-framework', 'open'], summary: [], table: ['class'], thead: [], tbody: [], tr: ['id', 'class', 'data-verdict'], th: ['scope'], td: ['data-label'],
  svg: ['class', 'viewBox', 'preserveAspectRatio', 'aria-hidden', 'focusable'], rect: ['class', 'x', 'y', 'width', 'height'], img: ['alt', 'src'],
  label: ['class', 'for'], input: ['id', 'type', 'autocomplete', 'placeholder', 'name', 'value', 'checked'], select: ['id'], option: ['value'], fieldset: [], legend: [], output: ['id', 'aria-live'], button: ['id', 'type'],
};
const VOID = new Set(['meta', 'br', 'wbr', 'img', 'input', 'rect']);
const RAW = new Set(['script', 'style']);

/** What a page consists of, as {@link readPage} reads it. */
export interface ReadPage {
  readonly elements: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
  /** Text of the page, entities decoded. */
  readonly text: string;
  /** Content of `script` and `style`. */
  readonly raw: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads a page by rules of its own, stricter than a browser's: lower-case names, attributes in double quotes, every element closed in order.
 * @throws Error at the first thing that is not so
 */
export function readPage(page: string): ReadPage {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const raw: Record<string, string[]> = {};
  const texts: string[] = [];
  if (!page.startsWith('<!doctype html>\n')) throw new Error('no doctype');
  let at = '<!doctype html>'.length;
  const token = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const text = page.slice(at, next < 0 ? page.length : next);
    if (text.includes('>')) throw new Error(`a bare > in ${text.slice(0, 80)}`);
    texts.push(decode(text));
    if (next < 0) break;
    token.lastIndex = next;
    const found = token.exec(page);
    if (found === null) throw new Error(`not a tag: ${page.slice(next, next + 80)}`);
    at = token.lastIndex;
    const [, closing, name = '', list = '', selfClosing] = found;
    const allowed = ALLOWED[name];
    if (allowed === undefined) throw new Error(`element ${name}`);
    if (closing === '/') {
      if (open.pop() !== name || list !== '') throw new Error(`unbalanced </${name}> at ${next}`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, attribute = '', value = ''] of list.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)) {
      if (!allowed.includes(attribute) || attribute in attributes) throw new Error(`attribute ${attribute} of ${name}`);
      attributes[attribute] = decode(value);
    }
    elements.push({ name, attributes });
    if (RAW.has(name)) {
      const end = page.indexOf(`</${name}`, at);
      (raw[name] ??= []).push(page.slice(at, end));
      at = end + `</${name}>`.length;
    } else if (!VOID.has(name) && selfClosing !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  return { elements, text: texts.join(''), raw };
}

function decode(text: string): string {
  const names: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#96;': '`' };
  return text.replaceAll(/&[^;]*;?/g, (entity) => {
    const character = names[entity];
    if (character === undefined) throw new Error(`a bare & in ${text.slice(0, 80)}`);
    return character;
  });
}
