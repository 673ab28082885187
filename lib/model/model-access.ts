import { Aws } from 'aws-cdk-lib';
import type { ModelConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import type { ModelSettings } from '../../lambda/contracts/settings.ts';
import type { VendorCredentials } from '../integration/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';

type Bedrock = Extract<ModelConfig, { provider: 'bedrock' }>;

/** How a function gets replies: as they are written, or whole. Amazon Bedrock has an action for each. */
const ACTIONS = { stream: 'bedrock:InvokeModelWithResponseStream', whole: 'bedrock:InvokeModel' } as const;

/**
 * The model may be called. On Bedrock: the inference profile and, in each region that it routes to, exactly the one model behind it. Behind
 * an endpoint: the secret with its key may be read.
 * @param delivery how the function gets replies
 * @param credentials where the key of an endpoint lies
 * @throws Error when the endpoint wants a key and there is no such credential
 */
export function grantModel(model: ModelConfig, fn: ServiceFunction, delivery: keyof typeof ACTIONS, credentials?: VendorCredentials): void {
  if (model.provider === 'bedrock') fn.allow([ACTIONS[delivery]], modelArns(model));
  if (model.provider !== 'openai-compatible' || model.apiKey === undefined) return;
  if (credentials === undefined) throw new Error(`The model's endpoint wants the vendor credential ${model.apiKey.vendorCredential}, and no credentials were given.`);
  credentials.grantRead(model.apiKey.vendorCredential, fn, ENV.modelKeySecret);
}

function modelArns(model: Bedrock): string[] {
  const foundation = (region: string): string => `arn:${Aws.PARTITION}:bedrock:${region}::foundation-model/${model.modelId}`;
  const profile = model.inferenceProfile;
  if (!profile) return [foundation(Aws.REGION)];
  // A global profile calls the model under an ARN without a region, beside that of the caller's own region.
  const regions = profile.id.startsWith('global.') ? ['', ...profile.regions] : profile.regions;
  return [`arn:${Aws.PARTITION}:bedrock:${Aws.REGION}:${Aws.ACCOUNT_ID}:inference-profile/${profile.id}`, ...regions.map(foundation)];
}

/** The part of the turn's settings that says who writes replies. */
export function modelSettings(model: ModelConfig): ModelSettings {
  if (model.provider === 'extractive') return { provider: 'extractive' };
  const call = {
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    timeoutMilliseconds: model.timeoutSeconds * 1000,
    workerTimeoutMilliseconds: model.workerTimeoutSeconds * 1000,
    inputUsdPer1000: model.price.inputUsdPer1000,
    outputUsdPer1000: model.price.outputUsdPer1000,
  };
  if (model.provider === 'bedrock') return { provider: 'bedrock', modelId: model.inferenceProfile?.id ?? model.modelId, ...call };
  return { provider: 'openai-compatible', modelId: model.modelId, baseUrl: model.baseUrl, ...call };
}
