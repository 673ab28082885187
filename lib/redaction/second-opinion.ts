import type { RedactionConfig } from '../../config/schema/index.ts';
import type { SecondOpinionSettings } from '../../lambda/contracts/settings.ts';
import { acceptRisk } from '../compliance/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';

/** A function may ask Amazon Comprehend for a second opinion on personal data. Nothing happens where that is switched off. */
export function grantSecondOpinion({ comprehend }: RedactionConfig, fn: ServiceFunction): void {
  if (!comprehend.enabled) return;
  fn.allow(['comprehend:DetectPiiEntities'], ['*']);
  acceptRisk(
    {
      id: 'comprehend-has-no-resources',
      findings: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
      justification: 'Amazon Comprehend offers no resource type for the action that looks for personal data in a text, so its resource can only be a star.',
      compensatingControl: 'The statement holds this one action, which reads nothing but the text that it is called with and stores nothing.',
    },
    fn,
  );
}

/** The part of the chat function's settings that says whether a second opinion is asked for. */
export function secondOpinionSettings({ comprehend }: RedactionConfig): { readonly secondOpinion?: SecondOpinionSettings } {
  return comprehend.enabled ? { secondOpinion: { minimumScore: comprehend.minimumScorePercent / 100 } } : {};
}
