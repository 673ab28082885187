import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { Model } from '../../../config/schema/conversation.ts';
import { VendorCredentials } from '../../../lib/integration/index.ts';
import { grantModel, modelSettings } from '../../../lib/model/index.ts';
import { capability, grantsOf, variablesOf } from '../../support/capability-app.ts';

const price = { inputUsdPer1000: 0.0001, outputUsdPer1000: 0.0004, source: 'Price list', date: '2026-11-01' };
const bedrock = (options: object = {}) => Model.parse({ provider: 'bedrock', modelId: 'amazon.nova-lite-v1:0', price, ...options });
const extractive = Model.parse({ provider: 'extractive' });
const granted = (model: Parameters<typeof grantModel>[0], delivery: 'stream' | 'whole' = 'stream'): string[] => grantsOf(capability(({ caller }) => grantModel(model, caller(), delivery)).template, 'demo-interactions');
const endpoint = (options: object = {}) =>
  Model.parse({ provider: 'openai-compatible', modelId: 'small-model', baseUrl: 'https://models.example/v1', processor: { name: 'Ourselves', region: 'eu-central-1' }, withoutGuardrail: 'The gates of the bot hold, and the model is our own.', price, ...options });
const foundation = (region: string): string => `arn:<AWS::Partition>:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`;

describe('access to the model', () => {
  it('is to one model in the own region', () => {
    expect(granted(bedrock())).toEqual([`bedrock:InvokeModelWithResponseStream on ${foundation('<AWS::Region>')}`]);
  });

  it('is to the profile, and to the one model behind it in each region that it routes to', () => {
    const model = bedrock({ inferenceProfile: { id: 'eu.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'eu-west-3'] } });
    expect(granted(model)).toEqual([
      `bedrock:InvokeModelWithResponseStream on arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:inference-profile/eu.amazon.nova-lite-v1:0 ${foundation('eu-central-1')} ${foundation('eu-west-3')}`,
    ]);
  });

  it('is to the model without a region as well when the profile is global', () => {
    const model = bedrock({ inferenceProfile: { id: 'global.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'us-east-1'] } });
    expect(granted(model)[0]?.split(' ').slice(3)).toEqual([foundation(''), foundation('eu-central-1'), foundation('us-east-1')]);
  });

  it('is to whole replies for a function that shows none as it is written', () => {
    expect(granted(bedrock(), 'whole')).toEqual([`bedrock:InvokeModel on ${foundation('<AWS::Region>')}`]);
  });

  it('behind an endpoint is to the secret with its key, and none without a key', () => {
    expect(granted(endpoint())).toEqual([]);
    const { template } = capability(({ stack, key, runtime, observability, caller }) => {
      const credentials = new VendorCredentials(stack, 'Vendors', { prefix: 'demo', credentials: [{ name: 'models', usedBy: 'answers' }, { name: 'crm', usedBy: 'profiles' }], key, runtime, removal: RemovalPolicy.RETAIN, owner: 'support-lead', maxAgeDays: 90, observability });
      grantModel(endpoint({ apiKey: { vendorCredential: 'models' } }), caller(), 'stream', credentials);
    });
    expect(grantsOf(template, 'demo-interactions')).toEqual(['secretsmanager:GetSecretValue on <VendorsSecretmodels>', 'kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = secretsmanager.<AWS::Region>.amazonaws.com']);
    expect(variablesOf(template, 'demo-interactions')['MODEL_KEY_SECRET_ARN']).toBe('<VendorsSecretmodels>');
    expect(() => granted(endpoint({ apiKey: { vendorCredential: 'models' } }))).toThrow('models');
  });

  it('is none when nothing but quotations is answered', () => {
    expect(granted(extractive)).toEqual([]);
  });
});

describe('settings of the model', () => {
  it('say nothing of a model that is not asked', () => {
    expect(modelSettings(extractive)).toEqual({ provider: 'extractive' });
  });

  it('name the profile that is called, or the model; time-outs in milliseconds', () => {
    expect(modelSettings(bedrock({ timeoutSeconds: 12, workerTimeoutSeconds: 60 }))).toEqual({
      provider: 'bedrock',
      modelId: 'amazon.nova-lite-v1:0',
      maxTokens: 400,
      temperature: 0.2,
      timeoutMilliseconds: 12_000,
      workerTimeoutMilliseconds: 60_000,
      inputUsdPer1000: 0.0001,
      outputUsdPer1000: 0.0004,
    });
    expect(modelSettings(bedrock({ inferenceProfile: { id: 'eu.amazon.nova-lite-v1:0', regions: ['eu-central-1'] } }))).toMatchObject({ modelId: 'eu.amazon.nova-lite-v1:0' });
  });

  it('name the endpoint, and never its key', () => {
    const settings = modelSettings(endpoint({ apiKey: { vendorCredential: 'models' } }));
    expect(settings).toEqual({ provider: 'openai-compatible', modelId: 'small-model', baseUrl: 'https://models.example/v1', maxTokens: 400, temperature: 0.2, timeoutMilliseconds: 15_000, workerTimeoutMilliseconds: 45_000, inputUsdPer1000: 0.0001, outputUsdPer1000: 0.0004 });
  });
});
