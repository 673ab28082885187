import { sha256 } from './hash.ts';
import { jsonText } from './json.ts';
import type { Model } from './model.ts';
import { compare } from './text.ts';

/** Lists what a report consists of and what it was made from, each with its SHA-256. */
export function manifest({ evidence }: Model, files: ReadonlyMap<string, string>): string {
  return jsonText({
    name: evidence.name,
    release: evidence.release,
    commit: evidence.commit,
    at: evidence.at,
    files: [...files].toSorted(([a], [b]) => compare(a, b)).map(([file, text]) => ({ file, bytes: Buffer.byteLength(text, 'utf8'), sha256: sha256(text) })),
    templates: evidence.templates.map(({ stack, file, sha256 }) => ({ stack, file, sha256 })),
  });
}
