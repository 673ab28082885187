import type { Detector, NormalisedText, Span } from './types.ts';

/** Keys and tokens that their issuers gave an unmistakable beginning. A word is looked at once, from its beginning. */
const SHAPES: readonly RegExp[] = [
  // AWS access key ids (IAM identifiers, unique id prefixes).
  /(?<![\w/+-])(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  // JSON Web Tokens, signed or not: the first part is JSON ("eyJ" is `{"`).
  /(?<![\w-])eyJ[\w-]{6,2000}[.]eyJ[\w-]{2,6000}(?:[.][\w-]{0,4000})?/g,
  /(?<![\w-])(?:sk|pk|rk)[-_](?:live|test|proj|ant|svcacct|or|admin)[-_][\w-]{10,250}/g,
  /(?<![\w-])sk-[A-Za-z0-9]{16,250}(?![\w-])/g,
  /(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{30,250}|github_pat_\w{22,250}|glpat-[\w-]{18,100}|npm_[A-Za-z0-9]{30,100}|hf_[A-Za-z0-9]{30,100}|whsec_[A-Za-z0-9+/=]{20,100})/g,
  /(?<![\w-])(?:xox[abeoprs]-[A-Za-z0-9-]{10,250}|AIza[\w-]{35}|ya29[.][\w-]{20,500}|SG[.][\w-]{16,32}[.][\w-]{16,64})/g,
  /(?<![\w-])(?:dckr_pat_[\w-]{20,60}|shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}|sq0[a-z]{3}-[\w-]{22,43}|EAACEdEose0cBA[A-Za-z0-9]{10,200})/g,
];

/** The scheme of an Authorization header, and what it carries: a word with a digit in it, or a long one. */
const AUTHORIZATION = /(?<![a-z])(?:bearer|basic) {1,3}([\w.~+/=-]{8,6000})/g;
/** `https://user:password@host`: the part before the host. */
const USER_INFO = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}:\/\/([^\s/@:]{1,100}:[^\s/@]{1,200})@/g;
/** A secret in a query string, whatever it looks like. */
const QUERY = /[?&](?:access_token|id_token|refresh_token|token|signature|api[_-]?key|apikey|password|pwd|secret|client_secret|x-amz-(?:signature|security-token|credential))=([^\s&#"'<>]{4,4000})/g;
/** What may be a secret in a query string, and as well a page (`key=returns`) or a voucher (`code=SUMMER`): its value decides. */
const MAYBE_QUERY = /[?&](?:sig|key|code)=([^\s&#"'<>]{4,4000})/g;
/** `AWS_SECRET_ACCESS_KEY=…`, `"api_key": "…"`, `client-secret: …`: at least eight characters, with letters and digits. */
const ASSIGNED = /(?<![\w:/-])["']?(?:[\w-]{0,40}[_-])?(?:secret|token|api[_ -]?key|access[_ -]?key|secret[_ -]?key|private[_ -]?key|auth[_ -]?key|client[_ -]?secret|secret[_ -]access[_ -]key|credentials?)["']? {0,2}(?:[:=]|=>|is) {0,2}["']?([^\s"',;<>]{8,4000})/g;
const PRIVATE_KEY = '-----begin ';

/** Credentials and keys: by their shape, or by the place that they stand in. */
export const findCredentials: Detector = (text) => [...shaped(text), ...placed(text), ...privateKeys(text)];

function shaped({ text }: NormalisedText): Span[] {
  return SHAPES.flatMap((shape) => Array.from(text.matchAll(shape), ({ index, 0: match }) => ({ kind: 'secret', start: index, end: index + match.length }) as const));
}

function placed({ lower }: NormalisedText): Span[] {
  const values = (pattern: RegExp, isSecret: (value: string) => boolean): Span[] =>
    Array.from(lower.matchAll(pattern)).flatMap(({ index, 0: match, 1: value = '' }) => {
      const start = index + match.lastIndexOf(value);
      const end = start + value.replace(/[.!?)\]}]{1,4}$/, '').length;
      return isSecret(value) ? [{ kind: 'secret', start, end, labelled: true } as const] : [];
    });
  return [...values(AUTHORIZATION, isMixed), ...values(USER_INFO, () => true), ...values(QUERY, () => true), ...values(MAYBE_QUERY, isToken), ...values(ASSIGNED, isMixed)];
}

/** Letters and digits, or so long that it is no word. */
function isMixed(value: string): boolean {
  return (/\d/.test(value) && /[a-z]/.test(value) && !value.startsWith('arn:') && !value.startsWith('[')) || value.length >= 40;
}

/** Long, or letters and digits in turn, and not words and numbers set apart by hyphens; or six to eight digits, as a code that is sent has. */
function isToken(value: string): boolean {
  const slug = value.split(/[-_.]/).every((part) => !/\d/.test(part) || !/[a-z]/.test(part));
  const turns = value.match(/\d(?!\d)|[a-z](?![a-z])/g)?.length ?? 0;
  return (isMixed(value) && !slug && (value.length >= 16 || turns >= 5)) || value.length >= 40 || /^\d{6,8}$/.test(value);
}

/** Private keys in PEM, to their last line, or to the end of a text that broke off. */
function privateKeys({ lower }: NormalisedText): Span[] {
  const found: Span[] = [];
  for (let start = lower.indexOf(PRIVATE_KEY); start !== -1; ) {
    const kind = lower.slice(start, start + 60);
    if (!/private key(?: block)?-----/.test(kind)) {
      start = lower.indexOf(PRIVATE_KEY, start + 1);
      continue;
    }
    const last = lower.indexOf('-----end ', start);
    const close = last === -1 ? -1 : lower.indexOf('-----', last + 9);
    const end = close === -1 ? lower.length : close + 5;
    found.push({ kind: 'secret', start, end });
    start = lower.indexOf(PRIVATE_KEY, end);
  }
  return found;
}
