import { type Document, parseDocument } from 'yaml';
import { MAX_PARAGRAPH_CHARACTERS, MAX_TITLE_CHARACTERS } from '../../contracts/limits.ts';

/** An article of the knowledge base, as its Markdown file says. */
export interface Article {
  readonly id: string;
  readonly title: string;
  readonly useCase: string;
  /** BCP 47 language tag. */
  readonly locale: string;
  /** Policy or document that it restates. */
  readonly source: string;
  /** ISO date on which it was last checked against its source. */
  readonly date: string;
  readonly ownerRole: string;
  /** Ways in which customers ask for it. */
  readonly questions: readonly string[];
  readonly keywords: readonly string[];
  /** Markdown below the front matter. */
  readonly body: string;
}

/** An article, or everything that is wrong with its file: each problem names file, key, and what is allowed. */
export type ParsedArticle = { readonly article: Article } | { readonly problems: readonly string[] };

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const TEXT = 'a text that is not empty';

/** Required keys with the check of their value and what is allowed. */
const TEXTS: Readonly<Record<string, { readonly allowed: string; readonly test: (value: string) => boolean }>> = {
  id: { allowed: 'lower-case letters, digits and hyphens', test: (value) => ID.test(value) },
  title: { allowed: `${TEXT}, at most ${MAX_TITLE_CHARACTERS} characters`, test: (value) => value.trim() !== '' && value.length <= MAX_TITLE_CHARACTERS },
  useCase: { allowed: 'lower-case letters, digits and hyphens', test: (value) => ID.test(value) },
  locale: { allowed: 'a BCP 47 language tag such as en', test: (value) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value) },
  source: { allowed: TEXT, test: (value) => value.trim() !== '' },
  date: { allowed: 'a date such as 2026-03-09', test: isDate },
  ownerRole: { allowed: 'lower-case letters, digits and hyphens', test: (value) => ID.test(value) },
};
const LISTS = { questions: { required: true }, keywords: { required: false } } as const;

/** Parses one Markdown article with YAML front matter. Reports every problem at once; never throws. */
export function parseArticle(file: string, text: string): ParsedArticle {
  const parts = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(text);
  if (parts === null) return { problems: [`${file}: no front matter; the file must begin with a line "---", keys, and a second line "---"`] };
  const document = parseDocument(parts[1] ?? '', { schema: 'core' });
  if (document.errors.length > 0) return { problems: document.errors.map((error) => `${file}: front matter is not valid YAML: ${error.message.split('\n')[0] ?? ''}`) };
  const matter = valuesOf(document);
  if (!isRecord(matter)) return { problems: [`${file}: front matter must be keys with values, without YAML aliases`] };
  const body = (parts[2] ?? '').replaceAll('\r\n', '\n').trim();
  const problems = [...unknownKeys(file, matter), ...wrongTexts(file, matter), ...wrongLists(file, matter)];
  if (body === '') problems.push(`${file}: body is empty; an article needs text below the front matter`);
  problems.push(...tooLong(file, body));
  if (problems.length > 0) return { problems };
  const string = (key: string): string => String(matter[key]);
  const list = (key: string): string[] => (Array.isArray(matter[key]) ? matter[key].map(String) : []);
  return {
    article: {
      id: string('id'),
      title: string('title'),
      useCase: string('useCase'),
      locale: string('locale'),
      source: string('source'),
      date: string('date'),
      ownerRole: string('ownerRole'),
      questions: list('questions'),
      keywords: list('keywords'),
      body,
    },
  };
}

/** Paragraphs and headings that are longer than a reply may quote, or store as a source. */
function tooLong(file: string, body: string): string[] {
  return body.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const heading = /^\s*#{1,6}[ \t]+.*/.exec(paragraph)?.[0] ?? '';
    const [what, length, most] = heading.length > MAX_TITLE_CHARACTERS ? ['heading', heading.length, MAX_TITLE_CHARACTERS] : ['paragraph', paragraph.length, MAX_PARAGRAPH_CHARACTERS];
    return length <= most ? [] : [`${file}: a ${what} has ${length} characters ("${paragraph.trim().slice(0, 40)}…"); at most ${most} are allowed: divide it`];
  });
}

/** What the front matter holds; undefined when it has aliases, which it needs none of and which can blow a small file up. */
function valuesOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKeys(file: string, values: Record<string, unknown>): string[] {
  const allowed = [...Object.keys(TEXTS), ...Object.keys(LISTS)];
  return Object.keys(values)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${file}: ${key}: unknown key; allowed are ${allowed.join(', ')}`);
}

function wrongTexts(file: string, values: Record<string, unknown>): string[] {
  return Object.entries(TEXTS).flatMap(([key, { allowed, test }]) => {
    const value = values[key];
    if (value === undefined) return [`${file}: ${key}: is missing; must be ${allowed}`];
    return typeof value === 'string' && test(value) ? [] : [`${file}: ${key}: is ${JSON.stringify(value)}; must be ${allowed}`];
  });
}

function wrongLists(file: string, values: Record<string, unknown>): string[] {
  return Object.entries(LISTS).flatMap(([key, { required }]) => {
    const value = values[key];
    if (value === undefined) return required ? [`${file}: ${key}: is missing; must be a list of texts`] : [];
    if (!Array.isArray(value) || value.length === 0) return [`${file}: ${key}: must be a list of texts, at least one`];
    return value.flatMap((one: unknown, index) => (typeof one === 'string' && one.trim() !== '' ? [] : [`${file}: ${key}[${index}]: is ${JSON.stringify(one)}; must be ${TEXT} (put it in quotes)`]));
  });
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(value);
}
