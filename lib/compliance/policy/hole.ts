import type { Resource } from '../template/types.ts';
import type { Value } from '../template/value.ts';

/**
 * Text in which something is not known carries holes: marks that no text of a template holds. A hole of identity stands for the name
 * that AWS gives to one resource: it equals itself alone. An open hole may be any text, the same text wherever it stands; one of which
 * nothing is known is like nothing else, itself included.
 */
const [OPENS, CLOSES] = ['\u{E000}', '\u{E001}'];
const HOLE = new RegExp(`${OPENS}([ioa])([^${CLOSES}]*)${CLOSES}`, 'gu');

/** A character of a pattern, or a hole of one. */
export type Token = string;

/** The name that AWS gives to a resource. */
export function identityHole(resource: Resource, of = ''): string {
  return hole('i', `${resource.stack.name}/${resource.logicalId}${of}`);
}

/** A text that is the same wherever it is named so, and not known. */
export const openHole = (name: string): string => hole('o', name);

/** A text of which nothing is known. */
export const anyHole = (why: string): string => hole('a', why);

const hole = (kind: 'i' | 'o' | 'a', name: string): string => `${OPENS}${kind}${name.replace(/["\\:*?\p{Cc}\p{Co}]/gu, '.')}${CLOSES}`;

/** Whether a text has a part that is not known. */
export const hasHole = (text: string): boolean => text.includes(OPENS);

const SPLIT = new RegExp(`(${OPENS}[^${CLOSES}]*${CLOSES})`, 'u');
const split = new Map<string, readonly Token[]>();

/** Text as characters and holes. Names of resources come again and again: some are kept. */
export function tokensOf(text: string): readonly Token[] {
  const known = split.get(text);
  if (known !== undefined) return known;
  const tokens = hasHole(text) ? text.split(SPLIT).flatMap((part) => (part.startsWith(OPENS) ? [part] : part.split(''))) : text.split('');
  if (text.length < 300) {
    if (split.size >= 5_000) split.clear();
    split.set(text, tokens);
  }
  return tokens;
}

/** What a token is. */
export function kindOf(token: Token): 'text' | 'identity' | 'open' | 'any' {
  if (!token.startsWith(OPENS)) return 'text';
  return token[1] === 'i' ? 'identity' : token[1] === 'o' ? 'open' : 'any';
}

/** Text as a reviewer reads it. */
export const readable = (text: string): string => text.replace(HOLE, (_, kind: string, name: string) => `<${kind === 'a' ? name : name.slice(name.lastIndexOf('/') + 1).replace('AWS..', 'AWS::')}>`);

/** A value as text with holes. @param identify text of a reference */
export function textWithHoles(value: Value, stack: string, identify: (reference: Extract<Value, { kind: 'reference' }>) => string): string {
  switch (value.kind) {
    case 'absent':
      return '';
    case 'literal':
      return String(value.value).replace(/[\u{E000}\u{E001}]/gu, '�');
    case 'text':
      return value.parts.map((part) => textWithHoles(part, stack, identify)).join('');
    case 'reference':
      return identify(value);
    case 'pseudo':
      // Partitions never share a name: which one it is decides nothing.
      return value.name === 'AWS::Partition' ? 'aws' : value.name === 'AWS::URLSuffix' ? 'amazonaws.com' : openHole(`${stack}/${value.name}`);
    case 'unknown':
      // A parameter is the same text wherever its stack names it; other intrinsics may differ though they are described alike.
      return /^Ref "[^"]*"$/.test(value.why) ? openHole(`${stack}/${value.why.slice(5, -1)}`) : anyHole(value.why);
    case 'list':
    case 'map':
      return anyHole('a list or map where text belongs');
    default:
      return value satisfies never;
  }
}
