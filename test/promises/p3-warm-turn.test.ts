import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENV } from '../../lambda/contracts/env.ts';
import { chatOperations } from '../../lambda/handlers/chat/operations.ts';
import type { Operation } from '../../lambda/runtime/http/router.ts';
import { chatRoot } from '../../lambda/runtime/roots/chat.ts';
import { keyArn, secretArn } from '../../local/aws/index.ts';
import { startEndpoint, PLACE, TABLES, type TestEndpoint } from '../lambda/adapters/loopback.ts';
import { CONTEXT, jsonEvent } from '../lambda/runtime/http/events.ts';
import { RETRIEVER, SETTINGS } from '../support/fakes/turn.ts';
import { figure, sized } from '../support/promise.ts';

/** Milliseconds that an opened key is kept. */
const KEPT = 5 * 60_000;
/** Calls of a turn to a service of AWS. */
interface Calls {
  readonly dynamodb: number;
  readonly kms: number;
}
interface Conversation {
  readonly conversationId: string;
  readonly subject: string;
}

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({
    resources: {
      tables: TABLES,
      keys: [{ keyId: 'subjects' }],
      queues: [{ queueName: 'turns' }],
      secrets: [{ name: 'signing', generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'key', passwordLength: 64, excludePunctuation: true } }],
    },
  });
});
afterAll(() => endpoint.endpoint.close());
// The clock alone: sockets and time-outs are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** The chat function as an execution environment of its own, with nothing kept. */
function environment(): Operation {
  const { dependencies } = chatRoot({
    ...endpoint.variables(),
    [ENV.release]: 'r1',
    [ENV.metricNamespace]: 'Chatbot/demo',
    [ENV.conversationTable]: 'conversations',
    [ENV.keyTable]: 'keys',
    [ENV.subjectKey]: keyArn(PLACE, 'subjects'),
    [ENV.signingSecret]: secretArn(PLACE, 'signing'),
    [ENV.turnQueue]: `${endpoint.endpoint.url}/${PLACE.accountId}/turns`,
    [ENV.settings]: JSON.stringify({ ...SETTINGS, embedOrigins: [] }),
  });
  return chatOperations({ ...dependencies, retriever: async () => RETRIEVER });
}

async function open(operation: Operation): Promise<Conversation> {
  const { status, body } = await operation(jsonEvent({}, { resource: '/v1/conversations', httpMethod: 'POST', requestContext: { authorizer: { kind: 'anonymous' } } }), CONTEXT);
  expect(status).toBe(201);
  const created: { conversationId: string; token: string } = JSON.parse(typeof body === 'string' ? body : '');
  const claims: { sub: string } = JSON.parse(Buffer.from(created.token.split('.')[1] ?? '', 'base64url').toString());
  return { conversationId: created.conversationId, subject: claims.sub };
}

let sent = 0;
/** Answers one message, and counts what that took. */
async function turn(operation: Operation, conversation: Conversation): Promise<Calls> {
  endpoint.calls.length = 0;
  const event = {
    resource: '/v1/conversations/{id}/messages',
    httpMethod: 'POST',
    pathParameters: { id: conversation.conversationId },
    headers: { 'Idempotency-Key': `k${(sent += 1)}` },
    requestContext: { authorizer: { kind: 'conversation', ...conversation } },
  };
  const { status } = await operation(jsonEvent({ text: 'How long may I return something?' }, event), CONTEXT);
  expect(status).toBe(200);
  const of = (service: string): number => endpoint.calls.filter((call) => call.service === service).length;
  return { dynamodb: of('dynamodb'), kms: of('kms') };
}

describe('P3: a warm turn', () => {
  it('P3: makes at most three DynamoDB calls, and asks KMS only for a subject that was not served here within five minutes', async () => {
    const subjects = sized(20, 1_000);
    const [here, elsewhere] = [environment(), environment()];
    // One environment opens the conversations and another serves them: it has met none of the subjects.
    const conversations: Conversation[] = [];
    for (let i = 0; i < subjects; i += 1) conversations.push(await open(elsewhere));
    const round = async (): Promise<readonly Calls[]> => {
      const calls: Calls[] = [];
      for (const conversation of conversations) calls.push(await turn(here, conversation));
      return calls;
    };
    const most = (calls: readonly Calls[]): number => Math.max(...calls.map(({ dynamodb }) => dynamodb));
    const kms = (calls: readonly Calls[]): number[] => [...new Set(calls.map((one) => one.kms))];
    const start = Date.now();
    vi.setSystemTime(start);
    const unknown = await round();
    vi.setSystemTime(start + KEPT - 1);
    const known = await round();
    vi.setSystemTime(start + KEPT);
    const forgotten = await round();
    figure('P3', `${subjects} subjects: at most ${most([...unknown, ...known, ...forgotten])} DynamoDB calls a turn; KMS calls ${kms(unknown).join()} at first, ${kms(known).join()} within five minutes, ${kms(forgotten).join()} after`);
    expect(most([...unknown, ...known, ...forgotten])).toBeLessThanOrEqual(3);
    expect([kms(unknown), kms(known), kms(forgotten)]).toEqual([[1], [0], [1]]);
  }, 300_000);

  it('P3: asks KMS for nothing in the turns after the conversation was opened here', async () => {
    const here = environment();
    const conversation = await open(here);
    for (let i = 0; i < 3; i += 1) expect(await turn(here, conversation)).toEqual({ dynamodb: 3, kms: 0 });
  });
});
