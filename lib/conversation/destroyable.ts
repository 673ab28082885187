import { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { acceptRisk } from '../compliance/index.ts';

/**
 * Accepts that tables go with their stack, unprotected, because the environment is made to be destroyed.
 * @param reason why, as the configuration gives it
 */
export function acceptDestroyable(tables: readonly TableV2[], reason: string): void {
  const [first] = tables;
  if (first === undefined) return;
  // Rules call a replica by its region, which is fixed by the environment.
  const replica = `Replica ${Stack.of(first).region}`;
  acceptRisk(
    {
      id: 'environment-is-destroyable',
      findings: [`Blind-Spots::B04[${replica}]`, `GDPR::G28[${replica}: deletion protection]`, 'GDPR::G28[DeletionPolicy]', 'GDPR::G28[UpdateReplacePolicy]'],
      justification: `The configuration of this environment destroys its tables with their stack and leaves them without deletion protection, for this reason: ${reason}`,
      compensatingControl: 'The stack is protected against termination, so that destroying it takes two steps; what is changed by mistake can be restored within the recovery window of each table; production cannot be configured like this.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    ...tables,
  );
}
