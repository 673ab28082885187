import type { TranscriptTurn } from '../../contracts/api.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { DataKey } from '../conversation/types.ts';
import { findPersonalData } from '../redaction/find.ts';
import { pseudonymiser } from '../redaction/pseudonyms.ts';
import { replaceFindings } from '../redaction/redact.ts';
import { secondOpinions, withSecondOpinion, type SecondOpinionUse } from '../redaction/second-opinion.ts';
import type { Finding } from '../redaction/types.ts';

/** What showing a transcript to staff needs. */
export interface StaffViewDependencies {
  readonly settings: Pick<TurnSettings, 'humanContact'>;
  /** @default - the project's own detectors alone */
  readonly secondOpinion?: SecondOpinionUse;
}

/** What was found in a turn's two texts. */
interface TurnFindings {
  readonly text: readonly Finding[];
  readonly reply: readonly Finding[];
}

/** What was found in turns, in their order. */
export interface TranscriptFindings {
  readonly turns: readonly TurnFindings[];
  /** False when a second opinion was asked for and did not come: something may be missing. */
  readonly complete: boolean;
}

/** The turns with a pseudonym in the place of each value that is personal or secret. @param turns in order, with nothing left out between them */
export async function staffView(deps: StaffViewDependencies, { key }: DataKey, conversationId: string, locale: string, turns: readonly TranscriptTurn[]): Promise<TranscriptTurn[]> {
  const found = await findInTranscript(deps, locale, turns);
  const { of } = pseudonymiser({ key, conversationId });
  return turns.map((turn, at) => {
    const { text = [], reply = [] } = found.turns[at] ?? {};
    const shown = { ...turn, text: replaceFindings(turn.text, text, of) };
    return turn.reply === undefined ? shown : { ...shown, reply: { ...turn.reply, text: replaceFindings(turn.reply.text, reply, of) } };
  });
}

/** The text with blanks in the place of what was found, one for each UTF-16 code unit. */
function blanked(text: string, findings: readonly Finding[]): string {
  return findings.reduce((rest, { start, end }) => rest.slice(0, start) + '_'.repeat(end - start) + rest.slice(end), text);
}

/** Personal data and secrets in turns. How the service team is reached is none. */
export async function findInTranscript(deps: StaffViewDependencies, locale: string, turns: readonly TranscriptTurn[]): Promise<TranscriptFindings> {
  const keep = deps.settings.humanContact;
  const first = turns.map(({ text, reply }, at): TurnFindings => {
    const before = turns[at - 1];
    const previous = before === undefined ? [] : [before.text, before.reply?.text ?? ''];
    return { text: findPersonalData(text, { keep, previous }), reply: reply === undefined ? [] : findPersonalData(reply.text, { keep }) };
  });
  if (deps.secondOpinion === undefined) return { turns: first, complete: true };
  const { minimumScore } = deps.secondOpinion;
  const texts = turns.map(({ text }) => text);
  // What was found is not shown to anybody else: it leaves as blanks of the same length, so that places stay what they are.
  const opinions = await secondOpinions(deps.secondOpinion, texts.map((text, at) => blanked(text, first[at]?.text ?? [])), locale);
  return {
    // Only what the user wrote: what the bot writes comes from the knowledge base.
    turns: first.map(({ text, reply }, at) => ({ reply, text: withSecondOpinion(texts[at] ?? '', text, opinions[at] ?? [], minimumScore) })),
    complete: opinions.every((opinion) => opinion !== undefined),
  };
}
