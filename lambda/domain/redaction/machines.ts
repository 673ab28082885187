import { surroundings } from './surroundings.ts';
import type { Detector, NormalisedText, Span } from './types.ts';

const V4 = /(?<![\w.-])(?:\d{1,3}[.]){3}\d{1,3}(?![\w-]|[.]\d)/g;
/** What may be an IPv6 address, in one piece; {@link isV6} decides. */
const V6 = /(?<![\w:.-])[0-9a-f:]{2,39}(?:(?:\d{1,3}[.]){3}\d{1,3})?(?![\w:])/g;
const MAC = /(?<![\w:-])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:-])|(?<![\w:-])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w:-])|(?<![\w.])[0-9a-f]{4}[.][0-9a-f]{4}[.][0-9a-f]{4}(?![\w.])/g;

/** The machine itself, whichever it is: nobody's address, and the host of this project's URLs where it runs on one machine. */
const LOOPBACK = /^(?:127[.]|::1$|::ffff:127[.]|0[.]0[.]0[.]0$)/;

/** Addresses of machines: IPv4, IPv6, MAC. A version with four parts is none, nor is a machine's name for itself. */
export const findMachines: Detector = (text) => [...macs(text), ...v4(text), ...v6(text)];

function macs({ lower }: NormalisedText): Span[] {
  return spans('mac', lower.matchAll(MAC)).filter(({ start, end }) => /[0-9]/.test(lower.slice(start, end)));
}

function v4(text: NormalisedText): Span[] {
  return spans('ip', text.lower.matchAll(V4)).filter(({ start, end }) => isV4(text.lower.slice(start, end)) && !LOOPBACK.test(text.lower.slice(start, end)) && !surroundings(text, start, end).goods && !/\bv[ ]?$/.test(text.lower.slice(Math.max(0, start - 3), start)));
}

function v6({ lower }: NormalisedText): Span[] {
  return spans('ip', lower.matchAll(V6)).filter(({ start, end }) => isV6(lower.slice(start, end)) && !LOOPBACK.test(lower.slice(start, end)));
}

function spans(kind: 'ip' | 'mac', matches: Iterable<RegExpExecArray>): Span[] {
  return Array.from(matches, ({ index, 0: match }) => ({ kind, start: index, end: index + match.length }));
}

function isV4(address: string): boolean {
  return address.split('.').every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('00')));
}

/** Whether it is an address: eight groups, or fewer with one `::`; enough of it that `a::b` of a program is none. */
function isV6(candidate: string): boolean {
  const address = candidate.includes('.') ? candidate.replace(/(?:\d{1,3}[.]){3}\d{1,3}$/, '0:0') : candidate;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return false;
  if (halves.length === 1) return groups.length === 8;
  return groups.length < 8 && (address === '::1' || (groups.join('').length >= 4 && /\d/.test(address)));
}
