import * as z from 'zod';
import { option, whole } from './option.ts';

/** How personal data and secrets are recognised in what staff read. Logs always go through the project's own detectors alone. */
export const Redaction = z.strictObject({
  comprehend: option(
    z.discriminatedUnion('enabled', [
      z.strictObject({ enabled: option(z.literal(false), { description: 'The project’s own detectors alone.' }) }),
      z.strictObject({
        enabled: option(z.literal(true), { description: 'Amazon Comprehend is asked as well, in the environment’s region, when staff read a transcript. It knows English and Spanish, finds names and places, and is paid by the character.' }),
        minimumScorePercent: whole(50, 100, { description: 'Score below which what it found is left out.', unit: 'percent' }).default(80),
      }),
    ]).default({ enabled: false }),
    { description: 'Second opinion of Amazon Comprehend. The transcript does without it when it is slow or away.' },
  ),
});
