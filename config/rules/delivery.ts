import type { Rule } from './rule.ts';

/** Longest deployment that CodeDeploy runs for Lambda: two days (AWS CodeDeploy quotas). */
export const LONGEST_DEPLOYMENT_MINUTES = 2_880;

/** A rollout fits in the two days that CodeDeploy gives it. */
export const deliveryFitsInTwoDays: Rule = {
  id: 'delivery-too-long',
  demands: `A deployment takes at most ${LONGEST_DEPLOYMENT_MINUTES} minutes in all (CodeDeploy's limit): minutes of a canary, or minutes times steps of a linear shift.`,
  check: ({ delivery }) => {
    const strategy = delivery?.enabled === true ? delivery.strategy : undefined;
    const { percent, minutes } = strategy ?? {};
    if (percent === undefined || minutes === undefined) return [];
    const steps = strategy?.kind === 'linear' ? Math.ceil(100 / percent) : 1;
    const total = steps * minutes;
    if (total <= LONGEST_DEPLOYMENT_MINUTES) return [];
    return [
      {
        path: 'delivery.strategy.minutes',
        value: minutes,
        problem: `${steps} steps of ${percent} percent take ${total} minutes in all; CodeDeploy stops at ${LONGEST_DEPLOYMENT_MINUTES}.`,
        allowed: `at most ${Math.floor(LONGEST_DEPLOYMENT_MINUTES / steps)} minutes with ${percent} percent a step`,
        mend: 'Lower `minutes`, or raise `percent` so that there are fewer steps.',
      },
    ];
  },
};
