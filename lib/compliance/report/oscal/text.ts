import { sha256 } from '../hash.ts';
import { oneLine, shorten, visible } from '../text.ts';

const LONGEST = 4_000;

/** Text as a `string` of OSCAL: one line, not empty, no white space at its ends. */
export function plain(text: string): string {
  return shorten(oneLine(text), LONGEST) || '(none)';
}

/** Text as a `markup-line` of OSCAL: one line of CommonMark in which nothing of the text is markup. */
export function line(text: string): string {
  return escaped(plain(text));
}

/** Text as `markup-multiline` of OSCAL: CommonMark in which nothing of the text is markup. */
export function prose(text: string): string {
  const lines = shorten(visible(text), LONGEST).split('\n').map((each) => each.trim());
  return escaped(lines.join('\n').trim()) || '(none)';
}

/** Text as a `token` of OSCAL (an XML NCName): as it stands where it is one, else altered, with a hash that keeps it apart from others. */
export function token(text: string): string {
  if (/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(text) && text.length <= 200) return text;
  const near = text.toWellFormed().replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100).toWellFormed();
  return `_${near}-${sha256(JSON.stringify(text)).slice(0, 12)}`;
}

/** The member `props`, in the namespace of this report; left out when nothing has a value, since OSCAL knows no empty list. */
export function props(...pairs: readonly (readonly [name: string, value: string | undefined])[]): object {
  const told = pairs.flatMap(([name, value]) => (value === undefined || oneLine(value) === '' ? [] : [{ name, ns: NAMESPACE, value: plain(value) }]));
  return told.length === 0 ? {} : { props: told };
}

/** Namespace of the report's properties: a name, not an address. */
const NAMESPACE = 'urn:compliance-evidence:oscal';

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+!|&~-]/g, String.raw`\$&`);
}
