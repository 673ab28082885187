/** Kinds of personal data and secrets that redaction finds; each names the placeholder that takes its place. */
export const REDACTION_KINDS = ['card', 'iban', 'national-id', 'phone', 'email', 'ip', 'mac', 'secret', 'address', 'account', 'birth-date', 'name', 'digits'] as const;
/** A kind of personal data or secret. */
export type RedactionKind = (typeof REDACTION_KINDS)[number];

/** A stretch of the normalised text that a detector found. `end` is exclusive. */
export interface Span {
  readonly kind: RedactionKind;
  readonly start: number;
  readonly end: number;
  /** Found by a label before it ("my password is …"), which outweighs that it may look like an id of ours. @default false */
  readonly labelled?: boolean;
}

/** Text as the detectors see it, and where each of its characters comes from. */
export interface NormalisedText {
  /** Look-alikes, full-width forms and invisible characters resolved; case as it was. */
  readonly text: string;
  /** The same in lower case, character by character: offsets are those of `text`. */
  readonly lower: string;
  /** Offset in the original of where character `index` begins. */
  from(index: number): number;
  /** Offset in the original of where character `index` ends, exclusive. */
  to(index: number): number;
}

/** Finds the stretches of one family of kinds. Linear in the length of the text, and never throws. */
export type Detector = (text: NormalisedText) => readonly Span[];

/** A value that was found, in offsets of the original text. */
export interface Finding {
  readonly kind: RedactionKind;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** As it stands in the text. */
  readonly value: string;
  /** The value without its spelling: the same card has the same one with spaces, dashes or neither. */
  readonly canonical: string;
}

/** What is known beside the text. */
export interface FindOptions {
  /** What was said just before, by either side: "What is your PIN?" and "my PIN is" make a bare number one. @default - nothing */
  readonly previous?: string | readonly string[];
  /** A text of ours: every value that stands in it (an address of the service team) is left as it is. @default - none */
  readonly keep?: string;
}
