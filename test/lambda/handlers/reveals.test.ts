import { describe, expect, it } from 'vitest';
import { Revealed } from '../../../lambda/contracts/api.ts';
import { principalToContext } from '../../../lambda/domain/identity/principal.ts';
import type { Principal } from '../../../lambda/domain/identity/types.ts';
import { chatOperations } from '../../../lambda/handlers/chat/operations.ts';
import { fakeTokens } from '../../support/fakes/ports.ts';
import { fakeIds } from '../../support/fakes/time.ts';
import { send, world } from '../../support/fakes/turn.ts';
import { CONTEXT, jsonEvent, proxyEvent } from '../runtime/http/events.ts';
import { fakeObserver } from '../runtime/streaming.ts';

const AGENT: Principal = { kind: 'staff', staffId: 'agent-1', roles: ['supervisor'] };

async function conversation() {
  const around = await world();
  await send(around, 'Write to jo@mail.example. How long may I return something?');
  const observer = fakeObserver();
  const serve = chatOperations({ ...around.deps, tokens: fakeTokens, newSecret: fakeIds('secret'), observe: observer.observe });
  const at = (rest: string, principal?: Principal) => ({ resource: `/v1/conversations/{id}${rest}`, pathParameters: { id: 'c1' }, requestContext: principal === undefined ? {} : { authorizer: principalToContext(principal) } });
  const bodyOf = async (result: ReturnType<typeof serve>) => {
    const { status, body } = await result;
    return { status, body: JSON.parse(typeof body === 'string' ? body : '') };
  };
  return {
    around,
    observer,
    reveal: (body: unknown, principal?: Principal) => bodyOf(serve(jsonEvent(body, at('/reveals', principal)), CONTEXT)),
    read: (principal: Principal) => bodyOf(serve(proxyEvent({ ...at('', principal), httpMethod: 'GET' }), CONTEXT)),
  };
}

describe('POST …/reveals', () => {
  it('answers staff with the value behind a pseudonym that the transcript shows, and notes who asked', async () => {
    const { read, reveal, observer } = await conversation();
    const shown: string = (await read(AGENT)).body.turns[0].text;
    const pseudonym = /\[email-[a-z2-7]{6}\]/.exec(shown)?.[0] ?? '';
    const { status, body } = await reveal({ pseudonym, reason: 'The customer asks for a call-back' }, AGENT);
    expect([status, Revealed.parse(body)]).toEqual([200, { pseudonym, kind: 'email', value: 'jo@mail.example' }]);
    const note = observer.lines.at(-1);
    expect(note?.fields).toMatchObject({ staffId: 'agent-1', conversationId: 'c1', operation: 'revealPseudonym', outcome: 'ok' });
    expect(JSON.stringify(observer.lines)).not.toContain('jo@mail');
  });

  it.each([
    [{ pseudonym: 'email', reason: 'long enough a reason' }, 'pseudonym'],
    [{ pseudonym: '[email-k7q2mx]', reason: 'short' }, 'reason'],
    [{ pseudonym: '[email-k7q2mx]', reason: 'x'.repeat(501) }, 'reason'],
    [{ pseudonym: '[email-k7q2mx]' }, 'reason'],
  ])('%o is 400 and names the field', async (request, field) => {
    const { reveal, around } = await conversation();
    const before = around.store.events.length;
    const { status, body } = await reveal(request, AGENT);
    expect([status, body.errors[0].field]).toEqual([400, field]);
    expect(around.store.events).toHaveLength(before);
  });

  it('is 401 without a token, and 404 with that of the conversation', async () => {
    const { reveal } = await conversation();
    const request = { pseudonym: '[email-k7q2mx]', reason: 'long enough a reason' };
    expect((await reveal(request)).status).toBe(401);
    expect((await reveal(request, { kind: 'anonymous' })).status).toBe(401);
    expect((await reveal(request, { kind: 'conversation', conversationId: 'c1', subject: 's1' })).status).toBe(404);
  });
});
