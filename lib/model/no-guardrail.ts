import { acceptRisk } from '../compliance/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';

/**
 * Accepts that a function calls a model on Bedrock without a guardrail, because the configuration switches it off.
 * @param reason why, as the configuration gives it
 */
export function acceptNoGuardrail(fn: ServiceFunction, reason: string): void {
  acceptRisk(
    {
      id: 'no-guardrail',
      findings: ['GDPR::G13'],
      justification: `The guardrail is switched off in the configuration of this environment, so that calls of its model pass no filter for prompt attacks and personal data, for this reason: ${reason}`,
      compensatingControl: 'The gates of the bot hold for what every model writes (docs/hostile-model.md); it is shown articles and the conversation that it answers, and no other; production cannot be configured like this.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    fn.role,
  );
  acceptRisk(
    {
      id: 'no-right-to-a-guardrail',
      findings: ['Blind-Spots::B07'],
      justification: `There is no guardrail to be applied, because the configuration of this environment switches it off for this reason: ${reason}`,
      compensatingControl: 'The policy names exactly the models that may be called; the right to a guardrail is granted with the guardrail.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    fn.policy,
  );
}
