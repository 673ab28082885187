import type { Article } from './article.ts';
import type { Passage } from './types.ts';

/** Characters up to which paragraphs of one section stay together: a rule and its exceptions are quoted as one, and a reply stays readable on a phone. */
export const PASSAGE_CHARACTERS = 600;

/** Passages of an article: each section's paragraphs, grouped in order. A passage never spans two sections. */
export function passagesOf(article: Article): Passage[] {
  const { id, title, useCase, locale, date } = article;
  return sections(article.body)
    .flatMap(({ section, paragraphs }) => groups(paragraphs).map((text) => ({ section, text })))
    .map(({ section, text }, index) => ({ id: `${id}#${index + 1}`, articleId: id, title, section, useCase, locale, date, text }));
}

function sections(body: string): { section: string; paragraphs: string[] }[] {
  const found: { section: string; paragraphs: string[] }[] = [{ section: '', paragraphs: [] }];
  for (const block of body.split(/\n[ \t]*\n/).map((one) => one.trim())) {
    const heading = /^#{1,6}[ \t]+(.*)$/.exec(block.split('\n')[0] ?? '');
    if (heading !== null) found.push({ section: (heading[1] ?? '').trim(), paragraphs: [] });
    const text = heading === null ? block : block.split('\n').slice(1).join('\n').trim();
    if (text !== '') found.at(-1)?.paragraphs.push(text);
  }
  return found;
}

function groups(paragraphs: readonly string[]): string[] {
  const grouped: string[] = [];
  for (const paragraph of paragraphs) {
    const last = grouped.at(-1);
    if (last !== undefined && last.length + paragraph.length + 2 <= PASSAGE_CHARACTERS) grouped[grouped.length - 1] = `${last}\n\n${paragraph}`;
    else grouped.push(paragraph);
  }
  return grouped;
}
