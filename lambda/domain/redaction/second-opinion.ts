import { OVER } from '../resilience/over.ts';
import { canonical } from './canonical.ts';
import { normalise } from './normalise.ts';
import type { Finding, RedactionKind } from './types.ts';

/** What another recogniser says that it found in a text. Nothing of it is trusted before {@link withSecondOpinion} has checked it. */
export interface Opinion {
  readonly kind: RedactionKind;
  /** Offset in UTF-16 code units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** 0-1. */
  readonly score: number;
}

/** Another recogniser of personal data, beside the detectors here. */
export interface SecondOpinion {
  /**
   * What it finds in a text. @param signal aborts when nobody waits any more
   * @throws DependencyUnavailable when it does not answer
   */
  ask(text: string, locale: string, signal: AbortSignal): Promise<readonly Opinion[]>;
}

/** Milliseconds that a second opinion is waited for. Then the first one stands. */
export const OPINION_MILLISECONDS = 1_000;

/** Longest text of one question, in UTF-16 code units: at most 60 KB of UTF-8, where recognisers take 100. */
const CHUNK = 20_000;
const BETWEEN = '\n\n';

/** How a second opinion is used. */
export interface SecondOpinionUse {
  /** Opened on first use. */
  readonly open: () => Promise<SecondOpinion>;
  /** As `TurnDependencies.wait`. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Score below which what it found is left out. Range 0-1. */
  readonly minimumScore: number;
}

/**
 * Asks for second opinions on texts, within {@link OPINION_MILLISECONDS} for all of them together; neighbours share a question.
 * Undefined in the place of a text whose opinion did not come. Never throws.
 */
export async function secondOpinions(
  { open, wait }: Pick<SecondOpinionUse, 'open' | 'wait'>,
  texts: readonly string[],
  locale: string,
): Promise<readonly (readonly Opinion[] | undefined)[]> {
  const given: (readonly Opinion[] | undefined)[] = texts.map(() => undefined);
  const [asking, waiting] = [new AbortController(), new AbortController()];
  const ask = async (): Promise<void> => {
    const opinion = await open();
    await Promise.allSettled(
      chunksOf(texts).map(async ({ text, parts }) => {
        const opinions = await opinion.ask(text, locale, asking.signal);
        for (const { at, from, to } of parts) given[at] = opinions.filter(({ start, end }) => start >= from && end <= to).map(({ kind, start, end, score }) => ({ kind, start: start - from, end: end - from, score }));
      }),
    );
  };
  // Dead, throttled or refusing: the first opinion stands.
  await Promise.race([ask().catch(() => undefined), wait(OPINION_MILLISECONDS, waiting.signal)]);
  asking.abort();
  waiting.abort(OVER);
  // A copy: an answer that comes later changes nothing.
  return [...given];
}

/** Texts in questions of at most {@link CHUNK}, and where each stands in its question. */
function chunksOf(texts: readonly string[]): { text: string; parts: { readonly at: number; readonly from: number; readonly to: number }[] }[] {
  const chunks: ReturnType<typeof chunksOf> = [];
  for (const [at, text] of texts.entries()) {
    const last = chunks.at(-1);
    const joins = last !== undefined && last.text.length + BETWEEN.length + text.length <= CHUNK;
    const from = joins ? last.text.length + BETWEEN.length : 0;
    const part = { at, from, to: from + text.length };
    if (joins) {
      last.text += BETWEEN + text;
      last.parts.push(part);
    } else chunks.push({ text, parts: [part] });
  }
  return chunks;
}

/** Findings with those of a second opinion that are possible: inside the text, sure enough, and meeting none that is there already. */
export function withSecondOpinion(text: string, findings: readonly Finding[], opinions: readonly Opinion[], minimumScore: number): readonly Finding[] {
  const all = [...findings];
  for (const { kind, start, end, score } of opinions) {
    const possible = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start < end && end <= text.length && score >= minimumScore && score <= 1;
    if (!possible || all.some((one) => one.start < end && start < one.end)) continue;
    const value = text.slice(start, end);
    if (value.trim() !== '') all.push({ kind, start, end, value, canonical: canonical(kind, normalise(value).text) });
  }
  return all.toSorted((one, other) => one.start - other.start);
}
