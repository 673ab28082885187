import { Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';

/** Name of a rule pack, as config and findings write it. */
export type PackName = 'AwsSolutions' | 'HIPAA.Security' | 'NIST.800.53.R5';

const PACKS = { AwsSolutions: AwsSolutionsChecks, 'HIPAA.Security': HIPAASecurityChecks, 'NIST.800.53.R5': NIST80053R5Checks };

/**
 * Makes rule packs gate the synth of the whole app. A pack checks every stage of the app it is registered on, so
 * it is registered once, for the union of what the environments ask for.
 */
export function gateSynth(app: App, packs: Iterable<PackName>): void {
  const plugins = [...new Set(packs)].toSorted().map((name) => new PACKS[name](app, { verbose: true }));
  Validations.of(app).addPlugins(...plugins);
}
