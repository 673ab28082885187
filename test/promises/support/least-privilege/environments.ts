import { join } from 'node:path';
import { bundlesOf, synthesizeFresh } from '../../../../bin/synthesize.ts';
import { loadEnvironment, validateEnvironment } from '../../../../config/index.ts';
import type { EnvironmentConfig } from '../../../../config/schema/index.ts';
import type { Changes } from '../../../config/sample.ts';
import { ENDPOINT, sample } from '../../../config/sample.ts';
import { ASSEMBLY, ENVIRONMENTS, ROOT } from '../../../support/paths.ts';
import { AUDIENCE } from './outside.ts';
import type { Outside } from './outside.ts';

/** An environment that is driven. */
export interface DrivenEnvironment {
  /** What it is called in messages. */
  readonly label: string;
  readonly config: EnvironmentConfig;
  /** Cloud assembly that it stands in. */
  readonly assembly: string;
}

const VPC = { vpcId: 'vpc-0a1b2c3d4e5f67890', privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], availabilityZones: ['eu-central-1a', 'eu-central-1b'], securityGroupIds: ['sg-0a1b2c3d4e5f67890'] };

/** What no sample environment switches on: every option that gives a function a right which it has nowhere else. */
export const VARIANTS: Readonly<Record<string, { readonly of: 'dev' | 'prod'; readonly changes: Changes }>> = {
  'prod with every integration': {
    of: 'prod',
    changes: {
      'existing.vpc': VPC,
      'existing.customerIssuer': { issuerUrl: 'https://login.ottermoss.example', audience: AUDIENCE },
      'integrations.orders': { baseUrl: 'https://orders.ottermoss.example', vendorCredential: 'order-system' },
      'redaction.comprehend': { enabled: true },
    },
  },
  'dev with a model behind an endpoint': {
    of: 'dev',
    changes: {
      model: { ...ENDPOINT, apiKey: { vendorCredential: 'model-endpoint' } },
      vendorCredentials: [{ name: 'model-endpoint', usedBy: 'replies' }],
      guardrail: { enabled: false, reason: 'The model is no Bedrock model; the gates hold for it.' },
    },
  },
};

/** The sample environments, as the global set-up synthesized them. */
export const samples = (): DrivenEnvironment[] => ENVIRONMENTS.map((name) => ({ label: name, config: loadEnvironment(name), assembly: ASSEMBLY }));

/** A variant, synthesized into a folder, with what it calls outside AWS on this machine. @throws Error when config refuses it */
export async function variant(label: string, folder: string, { issuerUrl, ordersUrl, modelUrl }: Pick<Outside, 'issuerUrl' | 'ordersUrl' | 'modelUrl'>): Promise<DrivenEnvironment> {
  const { of, changes } = VARIANTS[label] ?? { of: 'dev', changes: {} };
  const validation = validateEnvironment(sample(of, changes));
  if (!validation.ok) throw new Error(`${label}: ${validation.problems.map(({ path, problem }) => `${path}: ${problem}`).join('; ')}`);
  const { config } = validation;
  const { customerIssuer } = config.existing;
  const { orders } = config.integrations;
  // Config takes https only; on this machine nothing has a certificate.
  const here: EnvironmentConfig = {
    ...config,
    existing: { ...config.existing, ...(customerIssuer === undefined ? {} : { customerIssuer: { ...customerIssuer, issuerUrl } }) },
    integrations: orders === undefined ? {} : { orders: { ...orders, baseUrl: ordersUrl } },
    model: config.model.provider === 'openai-compatible' ? { ...config.model, baseUrl: modelUrl } : config.model,
  };
  const assembly = join(folder, 'cdk.out');
  const findings = await synthesizeFresh({ environments: [here], bundles: await bundlesOf(ROOT, [here]), outdir: assembly, validate: false });
  if (findings !== undefined) throw new Error(findings);
  return { label, config: here, assembly };
}
