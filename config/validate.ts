import { draftOf } from './draft.ts';
import type { EnvironmentDraft } from './draft.ts';
import { problemsOf } from './issues.ts';
import type { Problem } from './problem.ts';
import { rules } from './rules/index.ts';
import { Environment } from './schema/index.ts';
import type { EnvironmentConfig } from './schema/index.ts';
import { findSecrets } from './secrets.ts';
import { showValue } from './words/value.ts';

/** An environment that can be used, or all that is wrong with it. */
export type Validation = { readonly ok: true; readonly config: EnvironmentConfig } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks an environment: form, credentials that do not belong there, and what one part demands of another. All problems at once: the
 * rules between parts look at whatever parts are valid. Takes anything and never throws.
 */
export function validateEnvironment(input: unknown): Validation {
  try {
    const parsed = Environment.safeParse(input);
    const problems = [...secretProblems(input), ...(parsed.success ? [] : problemsOf(parsed.error.issues, input)), ...ruleProblems(parsed.success ? parsed.data : draftOf(input))];
    return parsed.success && problems.length === 0 ? { ok: true, config: parsed.data } : { ok: false, problems };
  } catch (error) {
    // A getter or proxy of the input threw, or it nests deeper than the stack: there is nothing to look at.
    return { ok: false, problems: [unreadable(error)] };
  }
}

function ruleProblems(draft: EnvironmentDraft): Problem[] {
  return rules.flatMap((rule) => rule.check(draft).map(({ path, value, problem, allowed, mend }) => ({ path, value: showValue(value, path.split('.').at(-1)), problem, allowed, mend })));
}

function secretProblems(input: unknown): Problem[] {
  return findSecrets(input).map(({ path, kind }) => ({
    path,
    value: '(not shown: it looks like a credential)',
    problem: `It looks like ${kind}. Config is read by everybody who can read the repository.`,
    allowed: 'names of secrets, never their values',
    mend: 'Remove it and replace the credential, which has been exposed. Name it in `vendorCredentials`; its value goes into Secrets Manager by hand.',
  }));
}

function unreadable(error: unknown): Problem {
  return {
    path: '',
    value: 'an object that cannot be read',
    problem: `Reading it failed (${error instanceof Error ? error.name : 'unknown error'}).`,
    allowed: 'plain data: objects, lists, texts, numbers, true and false',
    mend: 'Write the environment as a plain object, without getters or proxies.',
  };
}
