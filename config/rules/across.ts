import type { EnvironmentDraft } from '../draft.ts';
import { NO_ACCOUNT } from '../schema/estate.ts';
import { reservedExecutions, UNRESERVED_EXECUTIONS } from './concurrency.ts';
import type { Finding } from './rule.ts';

/** An environment among others. */
export interface Named {
  readonly name: string;
  readonly draft: EnvironmentDraft;
}

/** What is wrong between environments, each finding with the environment that has to change. */
export function acrossEnvironments(all: readonly Named[]): { readonly environment: string; readonly finding: Finding }[] {
  return all.flatMap((one, index) => {
    const earlier = all.slice(0, index);
    return [...samePrefix(one, earlier), ...sharedReservations(one, earlier)].map((finding) => ({ environment: one.name, finding }));
  });
}

/** Physical names of two estates in one account must differ; those of IAM also across regions. */
function samePrefix({ draft }: Named, earlier: readonly Named[]): Finding[] {
  const prefix = draft.naming?.prefix;
  if (prefix === undefined || draft.account === undefined) return [];
  return earlier
    .filter((other) => other.draft.account === draft.account && other.draft.naming?.prefix === prefix)
    .map((other) => ({ path: 'naming.prefix', value: prefix, problem: `Environment ${other.name} has the same prefix in the same account: their names would collide.`, allowed: 'another prefix than each environment of the same account', mend: 'Give one of the two another prefix, such as the name of the environment at its end.' }));
}

/** Estates in one account and region share its concurrency. */
function sharedReservations({ draft }: Named, earlier: readonly Named[]): Finding[] {
  const { account, accountConcurrency: limit, region } = draft;
  const others = earlier.filter((other) => other.draft.account === account && other.draft.region === region);
  if (account === undefined || account === NO_ACCOUNT || region === undefined || limit === undefined || others.length === 0) return [];
  const own = reservedExecutions(draft);
  const theirs = others.reduce((sum, other) => sum + reservedExecutions(other.draft), 0);
  if (own === 0 || theirs === 0 || own + theirs <= limit - UNRESERVED_EXECUTIONS) return [];
  return [
    {
      path: 'accountConcurrency',
      value: limit,
      problem: `It shares account and region with ${others.map(({ name }) => name).join(', ')}; together they reserve ${own + theirs} executions, and Lambda demands ${UNRESERVED_EXECUTIONS} unreserved.`,
      allowed: `reservations of ${Math.max(0, limit - UNRESERVED_EXECUTIONS)} in all`,
      mend: 'Lower `reservedConcurrency` of some functions, or use an account of its own.',
    },
  ];
}
