/** A run of text inside a block. */
export type Inline = { readonly type: 'text' | 'strong'; readonly text: string };

/** A line of a paragraph or the text of a list item. */
export type Line = readonly Inline[];

/** A block of a reply. Nothing else exists: whatever a text says, it can become only these. */
export type Block =
  | { readonly type: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly type: 'list'; readonly items: readonly Line[] }
  | {
      readonly type: 'ordered';
      /** Number of the first item, 0-999. */
      readonly start: number;
      readonly items: readonly Line[];
    };

const BULLET = /^\s{0,8}[-*•]\s+(?=\S)/u;
const NUMBER = /^\s{0,8}(\d{1,3})[.)]\s+(?=\S)/u;

/** Text with `**bold**` runs; a `**` that opens or closes nothing stays as it was written. Takes time in proportion to the length. */
export function parseInline(text: string): Line {
  const parts = text.split('**');
  const runs: Inline[] = [];
  let plain = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const closes = index + 1 < parts.length;
    if (closes && part !== '' && part.trim() === part) {
      if (plain !== '') runs.push({ type: 'text', text: plain });
      runs.push({ type: 'strong', text: part });
      plain = parts[index + 1] ?? '';
      index += 1;
    } else {
      plain += `**${part}`;
    }
  }
  if (plain !== '') runs.push({ type: 'text', text: plain });
  return runs;
}

/** A list that is still growing. */
interface OpenList {
  readonly type: 'list' | 'ordered';
  readonly start: number;
  readonly items: Line[];
}

/** The list that this item goes on with, or a new one put behind the blocks. */
function listFor(blocks: Block[], open: OpenList | undefined, type: OpenList['type'], start: number): OpenList {
  if (open?.type === type) return open;
  const list: OpenList = { type, start, items: [] };
  blocks.push(list.type === 'list' ? { type: 'list', items: list.items } : { type: 'ordered', start, items: list.items });
  return list;
}

/**
 * The Markdown that replies may use, as data: paragraphs, flat lists, bold. Everything else (HTML, links, images, headings, code) is text and is
 * shown as it was written.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: Line[] = [];
  let list: OpenList | undefined;
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', lines: paragraph });
    paragraph = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const number = NUMBER.exec(line);
    const bullet = number ? null : BULLET.exec(line);
    const marker = number ?? bullet;
    if (marker) {
      endParagraph();
      list = listFor(blocks, list, number ? 'ordered' : 'list', Number(number?.[1] ?? 0));
      list.items.push(parseInline(line.slice(marker[0].length).trimEnd()));
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      list = undefined;
      paragraph.push(parseInline(line.trim()));
    }
  }
  endParagraph();
  return blocks;
}
