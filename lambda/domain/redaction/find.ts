import { canonical } from './canonical.ts';
import { findCards } from './cards.ts';
import { findCredentials } from './credentials.ts';
import { findByDialogue } from './dialogue.ts';
import { findEmails } from './emails.ts';
import { findIbans } from './iban.ts';
import { findMachines } from './machines.ts';
import { findNationalIds } from './national-ids.ts';
import { normalise } from './normalise.ts';
import { findOurs } from './ours.ts';
import { findPhones } from './phones.ts';
import { findAddresses } from './street-addresses.ts';
import type { Detector, Finding, FindOptions, NormalisedText, RedactionKind, Span } from './types.ts';

/** In order of how sure they are: where two meet, the first names the kind. */
const DETECTORS: readonly Detector[] = [findCredentials, findEmails, findIbans, findCards, findMachines, findNationalIds, findPhones, findAddresses];

/**
 * Personal data and secrets in a text, in order, none overlapping another. Takes time in proportion to the length of the text,
 * and throws for no text at all.
 */
export function findPersonalData(original: string, options: FindOptions = {}): readonly Finding[] {
  const text = normalise(original);
  const kept = options.keep === undefined ? undefined : new Set(findPersonalData(options.keep).map(({ canonical: value }) => value));
  const found = spansOf(text, options.previous).map(({ kind, start, end }) => finding(original, text, kind, start, end));
  return kept === undefined ? found : found.filter(({ canonical: value }) => !kept.has(value));
}

function spansOf(text: NormalisedText, previous: FindOptions['previous']): readonly Span[] {
  const spans = [...DETECTORS.flatMap((detect) => detect(text)), ...findByDialogue(text, previous)];
  return merged(spans.length === 0 ? spans : withoutOurs(spans, findOurs(text)));
}

/** Leaves out what meets an identifier of ours, but what a label calls a secret. */
function withoutOurs(spans: readonly Span[], ours: readonly { readonly start: number; readonly end: number }[]): Span[] {
  const bounds = [...ours].toSorted((one, other) => one.start - other.start);
  const meets = (span: Span): boolean => {
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle]?.start ?? 0) < span.end) low = middle + 1;
      else high = middle;
    }
    // What lies before may reach over: the patterns are no longer than a resource name, so a few neighbours are enough.
    return bounds.slice(Math.max(0, low - 4), low).some(({ end }) => end > span.start);
  };
  return spans.filter((span) => (span.kind === 'secret' && span.labelled === true) || !meets(span));
}

/** Spans that meet become one, under the kind of the one that was found first. */
function merged(spans: readonly Span[]): Span[] {
  const ranked = spans.map((span, rank) => ({ ...span, rank })).toSorted((one, other) => one.start - other.start || one.rank - other.rank);
  const result: (Span & { readonly rank: number })[] = [];
  for (const span of ranked) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else result[result.length - 1] = { ...(span.rank < last.rank ? span : last), start: last.start, end: Math.max(last.end, span.end) };
  }
  return result;
}

function finding(original: string, text: NormalisedText, kind: RedactionKind, start: number, end: number): Finding {
  const from = text.from(start);
  const to = text.to(end - 1);
  return { kind, start: from, end: to, value: original.slice(from, to), canonical: canonical(kind, text.text.slice(start, end)) };
}
