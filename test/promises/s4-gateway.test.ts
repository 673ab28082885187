import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES, type Route } from '../../lambda/contracts/routes.ts';
import { Chat } from '../app/support/chat.ts';
import { useEstate } from '../app/support/estate.ts';
import { rawRequest, type RawAnswer } from '../app/support/raw.ts';
import { figure } from '../support/promise.ts';
import { examples, OBJECT_ROUTES } from './support/object-access.ts';

/** A sample of the matrix through the gateway, the authorizer and the stores: same answer, same calls to AWS. */
describe('S4: object-level access through the gateway', () => {
  const calls: string[] = [];
  const estate = useEstate('dev', () => ({ onCall: ({ service, operation }) => void calls.push(`${service}.${operation}`) }));
  let own: Chat;
  let foreign: Chat;
  let asked = 0;
  const secret = 'PLANTED-foreign: how long does standard delivery take?';
  const tokens: Record<string, string | undefined> = {};

  beforeAll(async () => {
    // On a busy machine a first turn may be pending, or refused for now: repeated with its key it is answered once.
    const held = async (text: string): Promise<Chat> => {
      const chat = await Chat.open(estate().url);
      for (let tries = 0; tries < 200 && (await chat.send(text, { key: 'once' })).status !== 200; tries += 1);
      return chat;
    };
    [own, foreign] = [await held('How long does standard delivery take?'), await held(secret)];
    Object.assign(tokens, { nobody: undefined, own: own.token, analyst: await estate().staffToken('analyst'), 'expired staff': await estate().staffToken('supervisor', { expiresInSeconds: -120 }), broken: 'x.y.z' });
  });

  const ask = async (route: Route, token: string | undefined, id: string): Promise<RawAnswer> => {
    asked += 1;
    const { body } = examples(own.created.resumeToken, '[email-k7q2mx]')[route.operationId as 'sendMessage'] ?? {};
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(route.requiredHeader !== undefined && { [route.requiredHeader.toLowerCase()]: randomUUID() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return rawRequest(estate().url, { method: route.method, path: route.path.replace('{id}', id), headers, body: body === undefined ? undefined : JSON.stringify(body) });
  };
  const shown = ({ status, text, headers }: RawAnswer): string => {
    const { date: _date, 'x-amzn-requestid': _id, 'x-amz-apigw-id': _other, 'x-amzn-trace-id': _trace, ...rest } = headers;
    return JSON.stringify([status, text, rest]);
  };

  it.each(OBJECT_ROUTES)('S4: $method $path refuses a foreign conversation as one that is not there', async (route) => {
    for (const [name, token] of Object.entries(tokens)) {
      const seen = new Set<string>();
      // The gateway remembers who a token belongs to: the first question is asked for that.
      await ask(route, token, randomUUID());
      for (const id of [foreign.id, randomUUID(), foreign.id.toUpperCase(), 'HEAD']) {
        // What earlier requests left to do (events, outbox) may still be calling; a conversation's own reads are BatchGetItem, GetItem and Query.
        calls.length = 0;
        const answer = await ask(route, token, id);
        const reads = calls.filter((call) => /^dynamodb\.(?:BatchGetItem|GetItem|Query)$|^kms\./.test(call));
        expect(answer.text).not.toContain('PLANTED');
        expect([401, 404], `${name} on ${id}`).toContain(answer.status);
        seen.add(JSON.stringify([shown(answer), reads]));
      }
      expect([...seen], name).toHaveLength(1);
    }
    figure('S4', `${asked} requests through the gateway: 0 leaks, one answer and one sequence of store calls for each caller`);
  });

  it('S4: the owner gets in all the same, by token and by resume token', async () => {
    expect((await own.transcript()).turns).toHaveLength(1);
    const resume = ROUTES.find(({ operationId }) => operationId === 'resumeConversation') as Route;
    const answer = await ask(resume, undefined, own.id);
    expect(answer.status).toBe(200);
    const { token } = JSON.parse(answer.text) as { token: string };
    expect((await own.transcript(undefined, token)).turns).toHaveLength(1);
    expect((await ask(resume, undefined, foreign.id)).status).toBe(404);
  });
});
