import { DIMENSIONS, METRICS } from '../../contracts/metrics.ts';
import type { LazyObserver } from '../../runtime/observe.ts';

/** What the credential-age function needs. */
export interface CredentialAgeDependencies {
  /** ARNs of the secrets that hold vendors' credentials. */
  readonly secrets: readonly string[];
  /** Age of one secret; without `days` when it has no value yet. */
  readonly ages: { read(secretArn: string): Promise<{ readonly secret: string; readonly days?: number }> };
  readonly observe: LazyObserver;
}

/** Publishes the age of each vendor credential. A secret without value publishes none: nothing can be too old yet. Fails when a secret could not be read, after all others. */
export async function publishAges({ secrets, ages, observe }: CredentialAgeDependencies): Promise<void> {
  const observer = await observe();
  let failures = 0;
  for (const arn of secrets) {
    try {
      const { secret, days } = await ages.read(arn);
      if (days === undefined) observer.warn('A vendor credential has no value yet', { secret });
      else observer.metric({ name: METRICS.credentialAgeDays, unit: 'None', value: days, dimensions: { [DIMENSIONS.secret]: secret } });
    } catch (error) {
      failures += 1;
      observer.error('The age of a vendor credential could not be read', error, { secret: arn });
    }
  }
  if (failures > 0) throw new Error(`The age of ${failures} of ${secrets.length} vendor credentials could not be read.`);
}
