import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqsTurnQueue } from '../../../../lambda/adapters/sqs/turn-queue.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import { PLACE, startEndpoint, type TestEndpoint } from '../loopback.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ resources: { queues: [{ queueName: 'turns' }] } });
});
afterAll(() => endpoint.endpoint.close());
const queue = (name: string) => sqsTurnQueue({ client: endpoint.options('interactive'), queueUrl: `${endpoint.endpoint.url}/${PLACE.accountId}/${name}` });

describe('turn queue', () => {
  it('sends identifiers and nothing else', async () => {
    const withText = { conversationId: 'c1', turn: 3, subject: 's1', text: 'never sent' };
    await queue('turns').send(withText);
    expect(endpoint.endpoint.queues.receive('turns', 10).map(({ body }) => JSON.parse(body))).toEqual([{ conversationId: 'c1', turn: 3, subject: 's1' }]);
    expect(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action))).toEqual(['sqs:SendMessage']);
  });
  it('says that the queue is unavailable', async () => {
    await expect(queue('missing').send({ conversationId: 'c', turn: 1, subject: 's' })).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
