import type { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acceptRisk } from '../compliance/index.ts';

/**
 * Accepts that nobody records who reads and writes personal stores: what the configuration switches off in place of a trail.
 * @param stores what a trail would have recorded, each by the construct of one resource
 * @param reason why, as the configuration gives it
 */
export function acceptNoAccessRecords(stores: readonly IConstruct[], reason: string): void {
  acceptRisk(
    {
      id: 'no-access-records',
      findings: ['GDPR::G26[Data events]'],
      justification: `The trail is switched off in the configuration of this environment, so that nobody can say afterwards who read an item, for this reason: ${reason}`,
      compensatingControl: 'Texts are sealed under a key of their subject; roles of the estate alone are granted the tables and that key, each what it needs.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    ...stores,
  );
}

/**
 * Accepts that nobody records which of the estate's calls went to a model, beside {@link acceptNoAccessRecords}.
 * @param stage the environment: the finding is on the estate as a whole
 * @param reason why, as the configuration gives it
 */
export function acceptNoCallRecords(stage: Stage, reason: string): void {
  acceptRisk(
    {
      id: 'no-model-call-records',
      findings: ['GDPR::G26[Model calls]'],
      justification: `The trail is switched off in the configuration of this environment, so that nobody can say afterwards which calls went to a model, for this reason: ${reason}`,
      compensatingControl: 'Each stored reply names its model, its prompt and its tokens; two roles of the estate alone may call one.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    stage,
  );
}
