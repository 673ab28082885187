import { Aws } from 'aws-cdk-lib';
import type { ModelConfig } from '../../config/schema/index.ts';
import type { ModelSettings } from '../../lambda/contracts/settings.ts';
import type { ServiceFunction } from '../runtime/index.ts';

type Bedrock = Extract<ModelConfig, { provider: 'bedrock' }>;

/** The model may be called: the inference profile and, in each region that it routes to, exactly the one model behind it. */
export function grantModel(model: ModelConfig, fn: ServiceFunction): void {
  if (model.provider !== 'bedrock') return;
  fn.allow(['bedrock:InvokeModelWithResponseStream'], modelArns(model));
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
  return {
    provider: 'bedrock',
    modelId: model.inferenceProfile?.id ?? model.modelId,
    maxTokens: model.maxTokens,
    temperature: model.temperature,
    timeoutMilliseconds: model.timeoutSeconds * 1000,
    workerTimeoutMilliseconds: model.workerTimeoutSeconds * 1000,
    inputUsdPer1000: model.price.inputUsdPer1000,
    outputUsdPer1000: model.price.outputUsdPer1000,
  };
}
