import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENV } from '../../../lambda/contracts/env.ts';
import type { TurnSettings } from '../../../lambda/contracts/settings.ts';
import { dynamoConversationStore } from '../../../lambda/adapters/dynamodb/store.ts';
import { checkTurn } from '../../../lambda/runtime/roots/turn-readiness.ts';
import { keyArn, secretArn, type Converse, type ConverseRequest } from '../../../local/aws/index.ts';
import { says, startModelEndpoint, type ModelEndpoint } from '../../support/fakes/model-endpoint.ts';
import { BEDROCK, RETRIEVER, SETTINGS } from '../../support/fakes/turn.ts';
import { PLACE, startEndpoint, TABLES, type TestEndpoint } from '../adapters/loopback.ts';

let endpoint: TestEndpoint;
let converse: Converse;
const requests: ConverseRequest[] = [];

beforeAll(async () => {
  endpoint = await startEndpoint({
    resources: { tables: TABLES, keys: [{ keyId: 'subjects' }] },
    converse: (request) => {
      requests.push(request);
      return converse(request);
    },
  });
  // The SDK reads these itself when a client is made.
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint.endpoint.url);
  vi.stubEnv('AWS_REGION', PLACE.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await endpoint.endpoint.close();
});
beforeEach(() => {
  converse = async () => ({ text: 'NO_ANSWER' });
  requests.length = 0;
  endpoint.calls.length = 0;
});

const retriever = async () => RETRIEVER;
const store = (keyTable = 'keys') => dynamoConversationStore({ client: endpoint.options('interactive'), table: 'conversations', keyTable, now: () => 1_000, wait: async () => undefined });
const variables = { [ENV.subjectKey]: keyArn(PLACE, 'subjects'), [ENV.guardrailId]: 'g1', [ENV.guardrailVersion]: '2' };
const check = (over: { role?: 'timeoutMilliseconds' | 'workerTimeoutMilliseconds'; settings?: TurnSettings; variables?: Readonly<Record<string, string>>; store?: ReturnType<typeof store>; retriever?: typeof retriever } = {}) =>
  checkTurn({ ...endpoint.variables(), ...variables, ...over.variables }, over.settings ?? SETTINGS, { store: over.store ?? store(), retriever: over.retriever ?? retriever }, over.role ?? 'timeoutMilliseconds');
const withModel: TurnSettings = { ...SETTINGS, model: BEDROCK };

describe('what a turn depends on', () => {
  it('is reached in the way that a turn does, and nothing is written', async () => {
    await check();
    expect(endpoint.calls.map(({ operation }) => operation).toSorted()).toEqual(['BatchGetItem', 'Decrypt', 'GenerateDataKey']);
    expect(requests).toEqual([]);
  });

  it('fails the check when it is not there', async () => {
    await expect(check({ store: store('missing') })).rejects.toThrow('DynamoDB did not read a batch');
    await expect(check({ variables: { [ENV.subjectKey]: keyArn(PLACE, 'missing') } })).rejects.toThrow('KMS did not make a data key');
    await expect(check({ retriever: () => Promise.reject(new Error('no file')) })).rejects.toThrow('no file');
    await expect(check({ variables: { [ENV.subjectKey]: '' } })).rejects.toThrow(ENV.subjectKey);
  });
});

describe('the model', () => {
  it('is asked once, for a few tokens, under its guardrail', async () => {
    await check({ settings: withModel });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ modelId: 'model-x', streaming: true });
    expect(requests[0]?.body).toMatchObject({ inferenceConfig: { maxTokens: 16 }, guardrailConfig: { guardrailIdentifier: 'g1', guardrailVersion: '2' } });
  });

  it('is asked by the action of the function that asks', async () => {
    await check({ settings: withModel });
    await check({ settings: withModel, role: 'workerTimeoutMilliseconds' });
    expect(requests.map(({ streaming }) => streaming)).toEqual([true, false]);
  });

  it.each(['AccessDeniedException', 'ValidationException', 'ResourceNotFoundException'])('fails the check when it refuses to be asked: %s', async (name) => {
    converse = () => Promise.reject(Object.assign(new Error('no'), { name }));
    await expect(check({ settings: withModel })).rejects.toThrow(`The model gave no answer: ${name}.`);
  });

  it.each(['ThrottlingException', 'ModelTimeoutException', 'ServiceUnavailableException', 'InternalServerException', 'ModelNotReadyException'])('stops no release when it is only away: %s', async (name) => {
    converse = () => Promise.reject(Object.assign(new Error('no'), { name }));
    await expect(check({ settings: withModel })).resolves.toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('stops no release when its guardrail steps in, or its answer breaks off', async () => {
    converse = async () => ({ text: '', stopReason: 'guardrail_intervened' });
    await check({ settings: withModel });
    converse = async function* () {
      yield 'The first half';
      throw Object.assign(new Error('broke'), { name: 'ModelStreamErrorException' });
    };
    await check({ settings: withModel });
  });
});

describe('a model behind an endpoint', () => {
  let models: ModelEndpoint;
  beforeAll(async () => {
    models = await startModelEndpoint();
    endpoint.endpoint.declare({ secrets: [{ name: 'model-key', secretString: 'k-1' }, { name: 'model-key-empty' }] });
  });
  afterAll(() => models.close());
  const settings = (): TurnSettings => ({ ...SETTINGS, model: { ...BEDROCK, provider: 'openai-compatible', baseUrl: models.url } });
  const withKey = (name: string) => ({ [ENV.modelKeySecret]: secretArn(PLACE, name) });
  const answering = (status: number): void => models.play((_, response) => response.writeHead(status).end());

  it.each(['timeoutMilliseconds', 'workerTimeoutMilliseconds'] as const)('is asked once, for a few tokens, with its key: %s', async (role) => {
    models.play(says('Yes.'));
    await check({ settings: settings(), variables: withKey('model-key'), role });
    expect(models.requests.map(({ headers, body }) => [headers.authorization, body['max_tokens']])).toEqual([['Bearer k-1', 16]]);
    expect(requests).toEqual([]);
  });

  it.each([400, 401, 403, 404, 301])('fails the check when it refuses to be asked: %i', async (status) => {
    answering(status);
    await expect(check({ settings: settings(), variables: withKey('model-key') })).rejects.toThrow('EndpointRefused');
  });

  it('fails the check when its key was never put in, or may not be read', async () => {
    models.play(says('Yes.'));
    await expect(check({ settings: settings(), variables: withKey('model-key-empty') })).rejects.toThrow('ResourceNotFoundException');
    expect(models.requests).toEqual([]);
  });

  it.each([429, 500, 503])('stops no release when it is only away: %i', async (status) => {
    answering(status);
    await expect(check({ settings: settings() })).resolves.toBeUndefined();
    expect(models.requests).toHaveLength(1);
  });
});
