import { Validations } from 'aws-cdk-lib';
import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib';
import type { Collector } from './evidence/collector.ts';
import { recording } from './evidence/recording.ts';

/** Name of a rule pack, as config and findings write it. */
export type PackName = 'AwsSolutions' | 'HIPAA.Security' | 'NIST.800.53.R5';

/** Class of each pack in cdk-nag. */
const PACKS = { AwsSolutions: 'AwsSolutionsChecks', 'HIPAA.Security': 'HIPAASecurityChecks', 'NIST.800.53.R5': 'NIST80053R5Checks' } as const;

/** What may be added to a synth that packs gate. */
export interface GateOptions {
  /** Keeps every outcome of the packs; it changes nothing of what they gate. @default - outcomes are not kept */
  readonly collector?: Collector;
  /** What runs after the packs, e.g. what judges accepted risks. @default - nothing */
  readonly plugins?: readonly IPolicyValidationPlugin[];
}

/**
 * Makes rule packs gate the synth of the whole app. A pack checks every stage of the app it is registered on, so
 * it is registered once, for the union of what the environments ask for.
 */
export async function gateSynth(app: App, packs: Iterable<PackName>, { collector, plugins = [] }: GateOptions = {}): Promise<void> {
  // Loaded only here: the inner loop does without the packs, and they take longer to load than the toolkit.
  const rules = await import('cdk-nag');
  const chosen = [...new Set(packs)].toSorted().map((name) => {
    const Pack = collector === undefined ? rules[PACKS[name]] : recording(rules[PACKS[name]], collector);
    return new Pack(app, { verbose: true });
  });
  Validations.of(app).addPlugins(...chosen, ...plugins);
}
