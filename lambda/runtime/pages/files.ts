import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';

/** A file as it is served. */
export interface PageFile {
  readonly body: string;
  readonly contentType: string;
  /** Strong entity tag with its quotes: SHA-256 of the body. */
  readonly etag: string;
}

/** Name of the file that is served at `/`. */
export const INDEX = 'index.html';

/** Kinds of file that are served. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
]);

/**
 * Reads the files of a folder. The names found are the only ones that are ever served, so no request can name a file elsewhere.
 * @throws Error when the folder cannot be read or has no `index.html`.
 */
export async function readPageFiles(folder: URL): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry): Promise<[string, PageFile] | undefined> => {
      const contentType = CONTENT_TYPES.get(entry.name.split('.').at(-1) ?? '');
      if (!entry.isFile() || contentType === undefined) return undefined;
      const body = await readFile(new URL(encodeURIComponent(entry.name), folder), 'utf8');
      return [entry.name, { body, contentType, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }];
    }),
  );
  const served = new Map(files.filter((file) => file !== undefined));
  if (!served.has(INDEX)) throw new Error(`${folder.pathname} has no ${INDEX}. Build the pages into the folder "files" beside the bundle.`);
  return served;
}
