import { Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';

/** Name of a rule pack, as config and findings write it. */
export type PackName = 'AwsSolutions' | 'HIPAA.Security' | 'NIST.800.53.R5';

/** Class of each pack in cdk-nag. */
const PACKS = { AwsSolutions: 'AwsSolutionsChecks', 'HIPAA.Security': 'HIPAASecurityChecks', 'NIST.800.53.R5': 'NIST80053R5Checks' } as const;

/**
 * Makes rule packs gate the synth of the whole app. A pack checks every stage of the app it is registered on, so
 * it is registered once, for the union of what the environments ask for.
 */
export async function gateSynth(app: App, packs: Iterable<PackName>): Promise<void> {
  // Loaded only here: the inner loop does without the packs, and they take longer to load than the toolkit.
  const rules = await import('cdk-nag');
  const plugins = [...new Set(packs)].toSorted().map((name) => new rules[PACKS[name]](app, { verbose: true }));
  Validations.of(app).addPlugins(...plugins);
}
