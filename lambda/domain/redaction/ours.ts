import type { NormalisedText } from './types.ts';

/** What this project and its parcels are named by: identifiers, moments, resources. It stays readable, or a log line would be of no use. */
const OURS: readonly RegExp[] = [
  // UUIDs: conversations, messages, events, requests.
  /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi,
  // Subjects: 32 bytes in base64url; but not the signature of a token, which is as long.
  /(?<![\w.-])[\w-]{43}(?![\w-]|[.]\w)/g,
  // Hashes and trace ids in hex.
  /(?<![\w-])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|1-[0-9a-f]{8}-[0-9a-f]{24})(?![\w-])/gi,
  // Moments, ISO 8601.
  /(?<![\w-])\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?(?![\w])/g,
  /(?<![\w-])arn:aws[a-z-]{0,10}:[a-z0-9-]{0,40}:[a-z0-9-]{0,30}:\d{0,12}:[\w/.:*+=,@$-]{1,300}/g,
  // Orders, cases, ids with a prefix: OT-12345, id-4711, INV-2026-0815.
  /(?<![\w-])(?:[A-Z]{2,5}-\d{3,12}|(?:id|ID)-[\w-]{1,64}|[A-Z]{2,5}-\d{4}-\d{3,10})(?![\w-])/g,
  // Parcels: UPS, and the form of the Universal Postal Union (S10).
  /(?<![\w-])(?:1Z[0-9A-Z]{16}|[A-Z]{2}\d{9}[A-Z]{2})(?![\w-])/g,
  // Placeholders of an earlier redaction.
  /\[(?:card|iban|national-id|phone|email|ip|mac|secret|address|account|birth-date|name|digits)(?:-[a-z2-7]{6})?\]/g,
];

/** Stretches that no detector may change, but what a label calls a secret. */
export function findOurs({ text }: NormalisedText): readonly { readonly start: number; readonly end: number }[] {
  return OURS.flatMap((pattern) => Array.from(text.matchAll(pattern), ({ index, 0: match }) => ({ start: index, end: index + match.length })));
}
