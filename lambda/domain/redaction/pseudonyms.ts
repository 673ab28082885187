import { createHmac, hkdfSync } from 'node:crypto';
import type { Finding, RedactionKind } from './types.ts';

/** Digits of a pseudonym, RFC 4648 base 32 in lower case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** Digits behind the kind: 30 bits, so that two of a conversation's values do not meet. */
const LENGTH = 6;

/** What pseudonyms are made with. */
export interface PseudonymOptions {
  /** Key of the conversation's subject: with it go the pseudonyms. */
  readonly key: Uint8Array;
  readonly conversationId: string;
}

/** Makes pseudonyms of one conversation: nothing is stored, the same value always has the same one. */
export interface Pseudonymiser {
  /** What takes a value's place. */
  readonly of: (value: Pick<Finding, 'kind' | 'canonical'>) => string;
  /** The value that a pseudonym stands for, among the values of the conversation's texts; undefined when it is none of theirs. */
  readonly reveal: (pseudonym: string, findings: Iterable<Finding>) => { readonly kind: RedactionKind; readonly value: string } | undefined;
}

/** Pseudonyms by HMAC-SHA-256 over kind and value, under a key that is the conversation's own (HKDF): another conversation shows another one. */
export function pseudonymiser({ key, conversationId }: PseudonymOptions): Pseudonymiser {
  const own = Buffer.from(hkdfSync('sha256', key, conversationId, 'pseudonyms of a conversation', 32));
  const of = ({ kind, canonical }: Pick<Finding, 'kind' | 'canonical'>): string => `[${kind}-${digits(createHmac('sha256', own).update(`${kind}\u0000${canonical}`).digest())}]`;
  return {
    of,
    reveal(pseudonym, findings) {
      for (const finding of findings) if (of(finding) === pseudonym) return { kind: finding.kind, value: finding.value };
      return undefined;
    },
  };
}

const digits = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
