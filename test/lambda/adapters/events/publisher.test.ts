import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBridgePublisher } from '../../../../lambda/adapters/events/publisher.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';
import type { EventBridgeEvent } from '../../../../local/aws/index.ts';
import { startEndpoint, type TestEndpoint } from '../loopback.ts';
import { event } from '../records.ts';

let endpoint: TestEndpoint;
const delivered: EventBridgeEvent[] = [];
beforeAll(async () => {
  endpoint = await startEndpoint({
    resources: { eventBuses: [{ name: 'bus', rules: [{ name: 'all', eventPattern: { source: ['chatbot'] }, targets: [{ arn: 'arn:aws:lambda:eu-central-1:111122223333:function:x', id: 'x' }] }] }] },
    onEvent: ({ event: found }) => void delivered.push(found),
  });
});
afterAll(() => endpoint.endpoint.close());
const events = (count: number) => Array.from({ length: count }, (_, i) => event(`e${i}`));

describe('event publisher', () => {
  it('publishes in calls of ten and says which were taken', async () => {
    const taken = await eventBridgePublisher({ client: endpoint.options(), busName: 'bus' }).publish(events(23));
    expect([...taken].toSorted()).toEqual(events(23).map(({ detail }) => detail.eventId).toSorted());
    expect(endpoint.calls.filter(({ operation }) => operation === 'PutEvents')).toHaveLength(3);
    expect(new Set(endpoint.calls.flatMap(({ permissions }) => permissions.map(({ action }) => action)))).toEqual(new Set(['events:PutEvents']));
    await expect.poll(() => delivered.length).toBe(23);
    expect(delivered[0]).toMatchObject({ source: 'chatbot', 'detail-type': 'conversation.started', detail: { conversationId: 'c1' } });
  });

  it('publishes nothing for nothing', async () => {
    expect(await eventBridgePublisher({ client: endpoint.options(), busName: 'bus' }).publish([])).toEqual(new Set());
  });

  it('says that the bus is unavailable when it took none', async () => {
    const gone = eventBridgePublisher({ client: { ...endpoint.options(), endpoint: 'http://127.0.0.1:9', maxAttempts: 1 }, busName: 'bus' });
    await expect(gone.publish(events(2))).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it.each([
    ['goes no further once a call failed', 'InternalException', 2, 9],
    ['goes on when only the content of a call was at fault', 'ValidationException', 3, 18],
  ])('leaves out what the bus refused, and %s', async (_name, type, calls, count) => {
    let call = 0;
    const server: Server = createServer((request, response) => {
      request.resume().on('end', () => {
        call += 1;
        if (call === 2) response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type: type }));
        else response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ FailedEntryCount: 1, Entries: [{ EventId: 'x' }, { ErrorCode: 'ThrottlingException' }, ...Array.from({ length: 8 }, () => ({ EventId: 'y' }))] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const publisher = eventBridgePublisher({ client: { ...endpoint.options(), endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, busName: 'bus' });
    const taken = await publisher.publish(events(30));
    await new Promise((resolve) => server.close(resolve));
    expect([call, taken.size]).toEqual([calls, count]);
    expect([...taken].slice(0, 9)).toEqual(['e0', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
  });
});
