import type { EnvironmentDraft } from '../draft.ts';
import type { Rule } from './rule.ts';

/** What may hold personal data, with the days that it is kept. The audit trail is not among them: it says who read what, and outlives what was read. */
const KEPT: readonly { readonly path: string; readonly days: (environment: EnvironmentDraft) => number | undefined }[] = [
  { path: 'conversation.retentionDays', days: ({ conversation }) => conversation?.retentionDays },
  { path: 'dataPolicy.pointInTimeRecoveryDays', days: ({ dataPolicy }) => dataPolicy?.pointInTimeRecoveryDays },
  { path: 'dataPolicy.logRetentionDays', days: ({ dataPolicy }) => dataPolicy?.logRetentionDays },
];

/** Nothing personal is kept longer than the policy says. */
export const retentionFollowsPolicy: Rule = {
  id: 'retention-over-policy',
  demands: '`conversation.retentionDays`, `dataPolicy.pointInTimeRecoveryDays` and `dataPolicy.logRetentionDays` each stay at or under `dataPolicy.maxRetentionDays`.',
  check: (environment) => {
    const max = environment.dataPolicy?.maxRetentionDays;
    if (max === undefined) return [];
    return KEPT.flatMap(({ path, days }) => {
      const value = days(environment);
      if (value === undefined || value <= max) return [];
      return [{ path, value, problem: `It keeps personal data longer than \`dataPolicy.maxRetentionDays\` (${max} days).`, allowed: `at most ${max} days`, mend: 'Lower it, or have the data policy changed by whoever answers for it.' }];
    });
  },
};
