import type { RedactionConfig } from '../../config/schema/index.ts';
import type { SecondOpinionSettings } from '../../lambda/contracts/settings.ts';
import type { ServiceFunction } from '../runtime/index.ts';

/** A function may ask Amazon Comprehend for a second opinion on personal data. Nothing happens where that is switched off. */
export function grantSecondOpinion({ comprehend }: RedactionConfig, fn: ServiceFunction): void {
  if (!comprehend.enabled) return;
  // AWS offers no resource type for this action; the star is accepted with those of the function's policy.
  fn.allow(['comprehend:DetectPiiEntities'], ['*']);
}

/** The part of the chat function's settings that says whether a second opinion is asked for. */
export function secondOpinionSettings({ comprehend }: RedactionConfig): { readonly secondOpinion?: SecondOpinionSettings } {
  return comprehend.enabled ? { secondOpinion: { minimumScore: comprehend.minimumScorePercent / 100 } } : {};
}
