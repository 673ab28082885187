import type { Outcome } from '../evidence/types.ts';

/** Where an outcome stands, as one text: construct path and part, or the estate. */
export function where({ place, part }: Outcome): string {
  return [place?.path ?? 'the estate as a whole', part].filter((word) => word !== undefined && word !== '').join(', ');
}

/** What was found and what should be, as sentences; empty when the outcome tells nothing. */
export function found({ property, actual, expected, note }: Outcome): string {
  const facts = [fact(property === undefined || property === '' ? 'Found' : `${property} is`, actual), fact('Expected', expected), note?.trim()];
  return facts.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}

function fact(name: string, value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : `${name}: ${value.trim()}.`;
}
