import type { Drive } from './drive.ts';
import { roleOf } from './roles.ts';

/** A role that stands before the code that will run under it: nothing can use its grants yet. */
export interface WithoutCode {
  /** What its name ends in, after the prefix of the environment. */
  readonly name: string;
  readonly reason: string;
}

/** All roles whose grants nothing has to use. As soon as a function runs under one it is no exception any more; one that matches nothing fails the promise. */
export const WITHOUT_CODE: readonly WithoutCode[] = [
  { name: 'erase', reason: 'The code that erases a data subject is not in this release; `test/lib/privacy` holds every grant of the role.' },
  { name: 'export', reason: 'The code that exports what is kept of a data subject is not in this release; `test/lib/privacy` holds every grant of the role.' },
];

/** ARNs of the roles of an environment that an exception is for: those that no function runs under. */
export function withoutCode({ name }: WithoutCode, { model, environment: { config } }: Pick<Drive, 'model' | 'environment'>): readonly string[] {
  const run = new Set(model.ofType('AWS::Lambda::Function').map(roleOf));
  return model.ofType('AWS::IAM::Role').filter((role) => role.get('RoleName') === `${config.naming.prefix}-${name}`).map((role) => role.attribute('Arn')).filter((arn) => !run.has(arn));
}
