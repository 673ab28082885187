import type { EnvironmentDraft } from '../draft.ts';
import type { Rule } from './rule.ts';

/** Executions that reservations must leave to everything else in the account (AWS Lambda quota). */
export const UNRESERVED_EXECUTIONS = 100;

/** Sum of what the functions of an environment reserve. */
export function reservedExecutions({ functions }: Pick<EnvironmentDraft, 'functions'>): number {
  return Object.values(functions ?? {}).reduce((sum, size) => sum + (size?.reservedConcurrency ?? 0), 0);
}

/** Lambda refuses a reservation that leaves the account too little. */
export const reservationsFit: Rule = {
  id: 'reservations-over-account',
  demands: `The sum of \`reservedConcurrency\` stays at or under \`accountConcurrency\` - ${UNRESERVED_EXECUTIONS}.`,
  check: (environment) => {
    const account = environment.accountConcurrency;
    const sum = reservedExecutions(environment);
    if (account === undefined || sum === 0 || sum <= account - UNRESERVED_EXECUTIONS) return [];
    const room = Math.max(0, account - UNRESERVED_EXECUTIONS);
    return [
      {
        path: 'accountConcurrency',
        value: account,
        problem: `The functions reserve ${sum} executions; that leaves ${account - sum} of the account's, and Lambda demands ${UNRESERVED_EXECUTIONS}.`,
        allowed: room === 0 ? 'no reservations at this account limit' : `reservations of ${room} in all at this account limit`,
        mend: room === 0 ? 'Remove `reservedConcurrency` from the functions, or have quota L-B99A9384 raised first.' : 'Lower `reservedConcurrency` of some functions, or have quota L-B99A9384 raised first.',
      },
    ];
  },
};
