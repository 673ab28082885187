import type { EnvironmentDraft } from '../draft.ts';
import type { Finding, Rule } from './rule.ts';

const SEVERITIES = ['page', 'ticket'] as const;

/** Whether nobody hears a severity; false as well when it is not known. */
function isUnheard(environment: EnvironmentDraft, severity: (typeof SEVERITIES)[number]): boolean {
  const subscribers = environment.alarms?.[severity];
  return subscribers !== undefined && subscribers.length === 0 && environment.existing !== undefined && environment.existing.topics?.[severity] === undefined;
}

/** An alarm that nobody hears is none. */
export const alarmsHaveSubscribers: Rule = {
  id: 'alarm-without-subscriber',
  demands: '`alarms.page` and `alarms.ticket` each have a subscriber, or a topic is brought, in every environment.',
  check: (environment) =>
    SEVERITIES.filter((severity) => isUnheard(environment, severity)).map((severity) => ({
      path: `alarms.${severity}`,
      value: [],
      problem: `Nobody hears its alarms. ${severity === 'page' ? 'What must wake somebody would wake nobody.' : 'What can wait until morning would wait for ever.'}`,
      allowed: 'one subscriber or more, or a brought topic',
      mend: `Add one, such as { protocol: 'email', address: 'on-call@example.com' }, or bring \`existing.topics.${severity}\`.`,
    })),
};

/** A gradual deployment leans on alarms. */
export const deliveryHasAlarms: Rule = {
  id: 'canary-without-alarm',
  demands: 'Gradual deployment needs somebody who hears `page`: a version that its alarms take back must not go unnoticed.',
  check: (environment): readonly Finding[] =>
    environment.delivery?.enabled === true && isUnheard(environment, 'page')
      ? [
          {
            path: 'delivery.enabled',
            value: true,
            problem: 'A version that its alarms take back would go unnoticed: `page` has no subscriber.',
            allowed: 'true together with a subscriber of `alarms.page` or a brought page topic',
            mend: 'Add a subscriber to `alarms.page`.',
          },
        ]
      : [],
};
