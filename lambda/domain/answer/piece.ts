/** Shapes of secrets. A support reply holds none of them. */
const SECRETS = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/,
  /\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs])[-_][\w-]{16,}/,
  /\b(?:password|passwd|secret|api[ _-]?key|access[ _-]?token|bearer)\b["']?\s*(?:[:=]|\bis\b)\s*["']?(?=\S*\d)\S{8,}/i,
  /\b[0-9a-f]{32,}\b/i,
  /(?=[A-Za-z0-9+/=_-]{0,59}\d)(?=[A-Za-z0-9+/=_-]{0,59}[A-Za-z])[A-Za-z0-9+/=_-]{60,}/,
];

/** Whether a text holds something shaped like a secret. */
export function holdsSecret(text: string): boolean {
  return SECRETS.some((pattern) => pattern.test(text));
}

/** Whether a text holds a word, however it is spaced, cased or punctuated. */
export function holdsWord(text: string, word: string): boolean {
  return bare(text).includes(bare(word));
}

function bare(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

const TAG = /<[/!?]?[A-Za-z][^<>]*>/g;
const URL_SHAPE =
  /(?:\b[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\bmailto:|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|io|co|info|biz|ru|xyz|app|dev|link|click|top|site|online|shop|example)\b)[^\s<>()[\]"']*/gi;

/** Links of a text, whole, as they stand there. */
export function linksOf(text: string): string[] {
  return (text.match(URL_SHAPE) ?? []).map(trimEnd);
}

/**
 * Takes out of one piece of text what must not be shown: HTML, invisible characters, images, links that are not listed,
 * and document numbers, which are added to `cited`.
 */
export function cleanPiece(piece: string, links: ReadonlySet<string>, cited: number[]): string {
  let text = piece.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\n' || character === '\t' ? character : ''));
  // Taking one thing out may put another together, so until nothing changes.
  for (let next = cleanOnce(text, links, cited); next !== text; next = cleanOnce(text, links, cited)) text = next;
  return text;
}

function cleanOnce(text: string, links: ReadonlySet<string>, cited: number[]): string {
  return withoutTags(text)
    .replace(URL_SHAPE, (link) => (links.has(trimEnd(link)) ? link : ''))
    .replace(LINK, (whole: string, image: string | undefined, shown: string | undefined, target: string | undefined) => {
      // The middle of a link whose beginning is elsewhere: kept apart, so that it is none.
      if (shown === undefined) return '] (';
      return image === '' && target !== undefined && links.has(target) ? whole : shown;
    })
    .replace(/[ \t]?\[(\d{1,2})(?:, ?(\d{1,2}))*\]/g, (whole) => {
      for (const number of (whole.match(/\d+/g) ?? []).map(Number)) if (!cited.includes(number)) cited.push(number);
      return '';
    });
}

/** A Markdown link or image, whole, or the middle of one. */
const LINK = /(!?)\[([^\]\n]*)\]\(([^)\s]*)[^)\n]*\)|\]\(/g;

/** Tags out, again and again until none is made of the rest; then no "<" that could begin one with what follows. */
function withoutTags(text: string): string {
  let rest = text;
  for (let next = rest.replace(TAG, ''); next !== rest; next = rest.replace(TAG, '')) rest = next;
  return rest.replace(/<(?=[/!?A-Za-z]|$)/g, '');
}

function trimEnd(link: string): string {
  return link.replace(/[.,;:!?*_]+$/, '');
}
