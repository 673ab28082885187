import type { Reply, Source } from '../../lambda/contracts/api.ts';
import { element, icon } from './dom.ts';
import { formatDate } from './locale.ts';
import type { ChosenLocale } from './locale.ts';
import { parseMarkdown } from './markdown.ts';
import type { Line } from './markdown.ts';

const inline = (line: Line): (Node | string)[] => line.map(({ type, text }) => (type === 'strong' ? element('strong', {}, text) : text));

/** Text of a reply as nodes, made one by one. */
export function richText(text: string): Node[] {
  return parseMarkdown(text).map((block) => {
    if (block.type === 'paragraph') return element('p', {}, ...block.lines.flatMap((line, index) => (index === 0 ? inline(line) : [element('br'), ...inline(line)])));
    const items = block.items.map((item) => element('li', {}, ...inline(item)));
    return block.type === 'list' ? element('ul', {}, ...items) : element('ol', { start: block.start }, ...items);
  });
}

function sourceChip({ title, section, date }: Source, { tag, strings }: ChosenLocale): HTMLElement {
  const details = [...(section ? [section] : []), strings.sourceDate(formatDate(date, tag))].join(' · ');
  return element('li', { class: 'source' }, icon('page'), element('span', {}, element('span', { class: 'source-title' }, title), element('span', { class: 'source-details' }, details)));
}

/** Label above a reply that is not a plain answer; undefined for answers and for kinds that this page does not know. */
function kindLabel(kind: string, { strings }: ChosenLocale): string | undefined {
  return new Map<string, string>(Object.entries(strings.kinds)).get(kind);
}

/** A question as a bubble. */
export function questionView(text: string, { strings }: ChosenLocale): HTMLElement {
  return element('div', { class: 'message visitor' }, element('span', { class: 'unseen' }, `${strings.youSaid} `), element('div', { class: 'bubble plain' }, text));
}

/** A finished reply as a bubble, with its kind and its sources. */
export function replyView({ kind, text, sources }: Reply, locale: ChosenLocale): HTMLElement {
  const label = kindLabel(kind, locale);
  const bubble = element('div', { class: 'bubble' }, ...(label ? [element('p', { class: 'kind' }, label)] : []), ...richText(text));
  const message = element('div', { class: `message assistant${label ? ` ${kind}` : ''}` }, element('span', { class: 'unseen' }, `${locale.strings.assistantSaid} `), bubble);
  if (sources.length > 0) {
    const list = element('ul', { class: 'sources', role: 'list', 'aria-label': locale.strings.sources }, ...sources.map((source) => sourceChip(source, locale)));
    message.append(element('p', { class: 'sources-label', 'aria-hidden': 'true' }, locale.strings.sources), list);
  }
  return message;
}
