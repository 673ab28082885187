import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENV } from '../../../lambda/contracts/env.ts';
import { ROUTES } from '../../../lambda/contracts/routes.ts';
import type { SweepSettings } from '../../../lambda/contracts/settings.ts';
import { authorize } from '../../../lambda/handlers/authorizer/authorize.ts';
import { chatOperations } from '../../../lambda/handlers/chat/operations.ts';
import { relay } from '../../../lambda/handlers/outbox-relay/relay.ts';
import { runSweep } from '../../../lambda/handlers/sweep/run.ts';
import { compose } from '../../../lambda/runtime/compose.ts';
import type { HttpResult } from '../../../lambda/runtime/http/response.ts';
import type { Variables } from '../../../lambda/runtime/environment.ts';
import { authorizerRoot } from '../../../lambda/runtime/roots/authorizer.ts';
import { chatRoot } from '../../../lambda/runtime/roots/chat.ts';
import { credentialAgeRoot } from '../../../lambda/runtime/roots/credential-age.ts';
import { interactionsRoot } from '../../../lambda/runtime/roots/interactions.ts';
import { outboxRelayRoot } from '../../../lambda/runtime/roots/outbox-relay.ts';
import { preTrafficRoot } from '../../../lambda/runtime/roots/pre-traffic.ts';
import { rotationRoot } from '../../../lambda/runtime/roots/rotate-signing-key.ts';
import { sweepRoot } from '../../../lambda/runtime/roots/sweep.ts';
import { turnWorkerRoot } from '../../../lambda/runtime/roots/turn-worker.ts';
import { keyArn, secretArn } from '../../../local/aws/index.ts';
import { RETRIEVER, SETTINGS } from '../../support/fakes/turn.ts';
import { PLACE, startEndpoint, TABLES, type TestEndpoint } from '../adapters/loopback.ts';
import { CONTEXT, jsonEvent, proxyEvent } from './http/events.ts';

let endpoint: TestEndpoint;
let variables: Variables;

beforeAll(async () => {
  endpoint = await startEndpoint({
    resources: {
      tables: TABLES,
      keys: [{ keyId: 'subjects' }],
      queues: [{ queueName: 'turns' }],
      secrets: [{ name: 'signing', generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'key', passwordLength: 64, excludePunctuation: true } }],
      eventBuses: [{ name: 'bus' }],
    },
  });
  variables = {
    ...endpoint.variables(),
    [ENV.release]: 'r7',
    [ENV.metricNamespace]: 'Chatbot/demo',
    [ENV.conversationTable]: 'conversations',
    [ENV.keyTable]: 'keys',
    [ENV.subjectKey]: keyArn(PLACE, 'subjects'),
    [ENV.signingSecret]: secretArn(PLACE, 'signing'),
    [ENV.turnQueue]: `${endpoint.endpoint.url}/${PLACE.accountId}/turns`,
    [ENV.eventBus]: 'bus',
    [ENV.vendorSecrets]: '[]',
    [ENV.targetVersions]: '{"demo-chat":"7"}',
    [ENV.settings]: JSON.stringify({ ...SETTINGS, embedOrigins: ['https://shop.example'] }),
  };
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

/** What each function cannot start without. */
const NEEDS: Readonly<Record<string, readonly [(given: Variables) => unknown, readonly string[]]>> = {
  chat: [chatRoot, [ENV.release, ENV.metricNamespace, ENV.settings, ENV.conversationTable, ENV.subjectKey, ENV.signingSecret, ENV.turnQueue]],
  'turn-worker': [turnWorkerRoot, [ENV.release, ENV.metricNamespace, ENV.settings, ENV.conversationTable, ENV.subjectKey]],
  authorizer: [authorizerRoot, [ENV.release, ENV.metricNamespace, ENV.settings, ENV.signingSecret]],
  'outbox-relay': [outboxRelayRoot, [ENV.release, ENV.metricNamespace, ENV.conversationTable, ENV.eventBus]],
  interactions: [interactionsRoot, [ENV.release, ENV.metricNamespace]],
  sweep: [sweepRoot, [ENV.release, ENV.metricNamespace, ENV.settings, ENV.conversationTable, ENV.eventBus, ENV.turnQueue]],
  'credential-age': [credentialAgeRoot, [ENV.release, ENV.metricNamespace, ENV.vendorSecrets]],
  'pre-traffic': [preTrafficRoot, [ENV.release, ENV.metricNamespace, ENV.targetVersions]],
  'rotate-signing-key': [rotationRoot, [ENV.release, ENV.metricNamespace]],
};

describe.each(Object.entries(NEEDS))('%s', (_name, [root, needed]) => {
  it('starts with what it needs and nothing more', () => {
    const given = { ...endpoint.variables(), ...Object.fromEntries(needed.map((name) => [name, variables[name]])) };
    expect(() => root(given)).not.toThrow();
  });
  it('names what is missing', () => {
    for (const name of needed) expect(() => root({ ...variables, [name]: undefined })).toThrow(name);
  });
});

it('hands the process’s own environment to what composes a function', () => {
  expect(compose((given) => given['AWS_REGION'])).toBe(PLACE.region);
});

/** JSON of an answer that is no stream. */
const bodyOf = ({ body }: HttpResult) => JSON.parse(typeof body === 'string' ? body : '');

describe('the functions together', () => {
  const chat = () => {
    const { dependencies, readiness, origins } = chatRoot(variables);
    return { operation: chatOperations({ ...dependencies, retriever: async () => RETRIEVER }), readiness, origins };
  };
  const arn = 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/POST/x';
  const authorized = async (token: string | undefined, operationId: string) => {
    const { method, path } = ROUTES.find((route) => route.operationId === operationId) ?? ROUTES[0];
    const { findPrincipal } = authorizerRoot(variables);
    const { context } = await authorize(findPrincipal, { methodArn: arn, httpMethod: method, resource: path, headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } });
    return { requestContext: { authorizer: context }, httpMethod: method, resource: path };
  };

  it('hold a conversation with real keys, tokens and tables, in three store calls a warm turn', async () => {
    const { operation, origins } = chat();
    expect(origins).toEqual(['https://shop.example']);
    const created = await operation(jsonEvent({}, await authorized(undefined, 'createConversation')), CONTEXT);
    expect(created.status).toBe(201);
    const { conversationId, token } = bodyOf(created);
    const send = async (text: string, key: string) => {
      const event = { ...(await authorized(token, 'sendMessage')), pathParameters: { id: conversationId }, headers: { 'Idempotency-Key': key } };
      endpoint.calls.length = 0;
      const result = await operation(jsonEvent({ text }, event), CONTEXT);
      return { status: result.status, token: result.headers['Conversation-Token'], body: bodyOf(result), calls: endpoint.calls.map(({ operation: name }) => name) };
    };
    expect((await send('How long may I return something?', 'k1')).body.reply.text).toBe('You may return an item within 30 days.');
    const warm = await send('When does my parcel arrive?', 'k2');
    expect([warm.status, warm.calls]).toEqual([200, ['BatchGetItem', 'TransactWriteItems', 'TransactWriteItems']]);
    const renewed = await authorized(warm.token, 'getConversation');
    const transcript = await operation(proxyEvent({ ...renewed, pathParameters: { id: conversationId } }), CONTEXT);
    expect(bodyOf(transcript).turns.map(({ text }: { text: string }) => text)).toEqual(['How long may I return something?', 'When does my parcel arrive?']);
    const feedback = await operation(jsonEvent({ rating: 4, comment: 'fine' }, { ...(await authorized(token, 'giveFeedback')), pathParameters: { id: conversationId } }), CONTEXT);
    expect(feedback.status).toBe(204);
  });

  it('store no text in clear', async () => {
    const { DynamoDBClient, ScanCommand } = await import('@aws-sdk/client-dynamodb');
    const { Items = [] } = await new DynamoDBClient(endpoint.options()).send(new ScanCommand({ TableName: 'conversations' }));
    const all = Items.map((item) => JSON.stringify(item, (_name, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))).join('\n');
    expect(Items.length).toBeGreaterThan(5);
    for (const text of ['parcel', 'something', 'within', 'fine']) expect(all).not.toContain(text);
  });

  it('publish what waits in the outbox, once', async () => {
    const { dependencies } = outboxRelayRoot(variables);
    const { DynamoDBClient, ScanCommand } = await import('@aws-sdk/client-dynamodb');
    const outbox = async () => ((await new DynamoDBClient(endpoint.options()).send(new ScanCommand({ TableName: 'conversations' }))).Items ?? []).filter(({ sk }) => sk?.S?.startsWith('OUTBOX#'));
    const waiting = await outbox();
    expect(waiting.length).toBe(4);
    const result = await relay(dependencies, { Records: waiting.map((NewImage, index) => ({ eventName: 'INSERT', dynamodb: { SequenceNumber: String(index), NewImage } })) });
    expect([result, await outbox()]).toEqual([{ batchItemFailures: [] }, []]);
  });

  it('sweep', async () => {
    const { leaseSeconds, idleMinutes, maxTurns, quotas } = SETTINGS;
    const dependencies = sweepRoot({ ...variables, [ENV.settings]: JSON.stringify({ leaseSeconds, idleMinutes, maxTurns, quotas } satisfies SweepSettings) });
    const later = { ...dependencies, now: () => Date.now() + (SETTINGS.idleMinutes + 1) * 60_000 };
    const observer = { info: () => undefined, warn: () => undefined, error: () => undefined, metric: () => undefined };
    expect(await runSweep({ ...later, observe: async () => observer }, CONTEXT)).toMatchObject({ closed: 1 });
  });

  it('prove before they get traffic that they reach what they need', async () => {
    endpoint.calls.length = 0;
    await authorizerRoot(variables).readiness.check();
    expect(new Set(endpoint.calls.map(({ operation }) => operation))).toEqual(new Set(['GetSecretValue']));
    await expect(authorizerRoot({ ...variables, [ENV.signingSecret]: secretArn(PLACE, 'missing') }).readiness.check()).rejects.toThrow();
    endpoint.calls.length = 0;
    await outboxRelayRoot(variables).readiness.check();
    expect(endpoint.calls.map(({ operation }) => operation)).toEqual(['DeleteItem']);
    await expect(outboxRelayRoot({ ...variables, [ENV.conversationTable]: 'missing' }).readiness.check()).rejects.toThrow();
    expect(preTrafficRoot(variables).versions).toEqual({ 'demo-chat': '7' });
  });

  it('that answer turns read tables, knowledge and keys in that check; the chat function its signing key as well', async () => {
    for (const [root, more] of [[chatRoot, ['GetSecretValue']], [turnWorkerRoot, []]] as const) {
      endpoint.calls.length = 0;
      // The knowledge base stands beside a bundle only, so here it is what fails.
      await expect(root(variables).readiness.check()).rejects.toThrow('knowledge.json');
      await expect.poll(() => new Set(endpoint.calls.map(({ operation }) => operation))).toEqual(new Set(['BatchGetItem', 'GenerateDataKey', 'Decrypt', ...more]));
    }
  });
});
