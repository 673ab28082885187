import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { decisionsOf } from './collect.ts';
import { daysBetween } from './fault.ts';
import { gathered, whereOf } from './judge.ts';

/**
 * Fails a synth in which a decision has expired: cdk-nag would take it for ever. What else makes a decision fail needs the register and the findings
 * of all rules, and is for the gate: see `applyDecisions`.
 */
export class ExpiredRisks implements IPolicyValidationPlugin {
  readonly name = 'AcceptedRisks';
  readonly #date: string;

  /** @param date day by which decisions expire, `YYYY-MM-DD`: that of the commit, so that the same commit always gives the same */
  constructor(date: string) {
    this.#date = date;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const expired = decisionsOf(context.appConstruct).filter(({ expires }) => daysBetween(this.#date, expires) < 0);
    return {
      success: expired.length === 0,
      // One decision is one violation, however many resources and calls it has.
      violations: gathered(expired).map(({ first, all }) => ({
        ruleName: `expired-${first.id}`,
        description: `${whereOf(first)} expired on ${first.expires}: mend what it accepts, or look at it again and renew \`since\` and \`expires\`.`,
        severity: 'error',
        violatingResources: all.map(({ path }) => ({ constructPath: path, locations: [] })),
      })),
    };
  }
}
