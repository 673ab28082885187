import type { Problem } from '../../contracts/api.ts';
import type { PageSettings } from '../../contracts/settings.ts';
import { INDEX } from './files.ts';
import type { PageFile } from './files.ts';
import { assetHeaders, pageHeaders, problemHeaders } from './headers.ts';

/** What is asked for. */
export interface PageRequest {
  /** File under `/pages/`; undefined for the chat page itself. */
  readonly file: string | undefined;
  /** Headers by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Answer as API Gateway takes it from a function. */
export interface PageResponse {
  readonly statusCode: 200 | 304 | 404;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Whether `If-None-Match` names this entity tag (RFC 9110, 13.1.2: weak comparison). */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });
}

function notFound(): PageResponse {
  const problem: Problem = { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such page or file.' };
  return { statusCode: 404, headers: problemHeaders(), body: JSON.stringify(problem) };
}

/** Answers a request for the chat page or one of its files. */
export function servePage(files: ReadonlyMap<string, PageFile>, settings: PageSettings, { file, headers }: PageRequest): PageResponse {
  // Pages are not served under /pages/: their relative links would lead nowhere.
  const found = file?.endsWith('.html') ? undefined : files.get(file ?? INDEX);
  if (!found) return notFound();
  const own = file === undefined ? pageHeaders(settings) : assetHeaders(settings, headers.get('origin'));
  const all = { ...own, ETag: found.etag };
  if (matches(headers.get('if-none-match'), found.etag)) return { statusCode: 304, headers: all, body: '' };
  return { statusCode: 200, headers: { ...all, 'Content-Type': found.contentType }, body: found.body };
}
