import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import type { Principal } from '../../../../lambda/domain/identity/types.ts';
import type { SecondOpinion } from '../../../../lambda/domain/redaction/second-opinion.ts';
import { readTranscript } from '../../../../lambda/domain/turn/read-transcript.ts';
import { revealPseudonym } from '../../../../lambda/domain/turn/reveal-pseudonym.ts';
import { send, world, type World } from '../../../support/fakes/turn.ts';

const AGENT: Principal = { kind: 'staff', staffId: 'agent-1', roles: ['support-agent'] };
const OWNER: Principal = { kind: 'conversation', conversationId: 'c1', subject: 's1' };
const REASON = 'Refund to the card, caller is jo@mail.example';
const CARD = '4111 1111 1111 1111';
const notFound = { kind: 'problem', problem: expect.objectContaining({ status: 404, type: '/problems/conversation-not-found' }) };

async function talked(): Promise<World> {
  const around = await world();
  await send(around, `How long may I return something? My card is ${CARD}.`);
  await send(around, 'my pin is');
  await send(around, '4387');
  await send(around, 'again: 4111-1111-1111-1111');
  return around;
}

async function textsOf(around: World, principal: Principal, after?: string): Promise<string[]> {
  const result = await readTranscript(around.deps, { conversationId: 'c1', principal, ...(after === undefined ? {} : { after }) });
  return result.kind === 'ok' ? result.value.turns.map(({ text }) => text) : [];
}

const ask = (around: World, pseudonym: string, principal: Principal = AGENT, conversationId = 'c1', over = {}) => revealPseudonym({ ...around.deps, ...over }, { conversationId, principal, request: { pseudonym, reason: REASON } });
const pseudonymIn = (text: string | undefined): string => /\[[a-z-]+-[a-z2-7]{6}\]/.exec(text ?? '')?.[0] ?? 'none';

describe('a transcript that staff read', () => {
  it('shows pseudonyms, the same for the same value; its own user reads it as it was written', async () => {
    const around = await talked();
    const shown = await textsOf(around, AGENT);
    expect(shown.join(' ')).not.toMatch(/4111/);
    expect(pseudonymIn(shown[0])).toMatch(/^\[card-/);
    expect(pseudonymIn(shown[3])).toBe(pseudonymIn(shown[0]));
    expect(await textsOf(around, OWNER)).toEqual([`How long may I return something? My card is ${CARD}.`, 'my pin is', '4387', 'again: 4111-1111-1111-1111']);
  });

  it('knows what was said before the first turn that is shown', async () => {
    const around = await world();
    await send(around, 'my pin is');
    await send(around, '4387');
    expect(await textsOf(around, AGENT, '1')).toEqual([expect.stringMatching(/^\[secret-/)]);
  });
});

describe('revealing a pseudonym', () => {
  it('gives the value, and records who, what, why and when before it, without the value', async () => {
    const around = await talked();
    const pseudonym = pseudonymIn((await textsOf(around, AGENT))[0]);
    expect(await ask(around, pseudonym)).toEqual({ kind: 'ok', value: { pseudonym, kind: 'card', value: CARD } });
    const event = around.store.events.at(-1);
    expect(event).toMatchObject({ type: 'pseudonym.revealed', detail: { conversationId: 'c1', staffId: 'agent-1', pseudonym, reason: 'Refund to the card, caller is [email]', found: true, at: new Date(around.time.now()).toISOString() } });
    expect(JSON.stringify(event)).not.toContain('4111');
  });

  it('an unknown pseudonym gets 404 and is recorded', async () => {
    const around = await talked();
    expect(await ask(around, '[card-aaaaaa]')).toEqual(notFound);
    expect(around.store.events.at(-1)).toMatchObject({ type: 'pseudonym.revealed', detail: { pseudonym: '[card-aaaaaa]', found: false } });
  });

  it.each<[string, Principal, string]>([
    ['an unknown conversation', AGENT, 'c2'],
    ['what is no id', AGENT, '../c1'],
    ['a role that may not', { kind: 'staff', staffId: 'a', roles: ['analyst'] }, 'c1'],
    ['the conversation itself', OWNER, 'c1'],
    ['a customer', { kind: 'customer', subject: 's1' }, 'c1'],
  ])('%s gets the same 404 and no event', async (_name, principal, conversationId) => {
    const around = await talked();
    const pseudonym = pseudonymIn((await textsOf(around, AGENT))[0]);
    const before = around.store.events.length;
    expect(await ask(around, pseudonym, principal, conversationId)).toEqual(notFound);
    expect(around.store.events).toHaveLength(before);
  });

  it('an attempt that cannot be recorded gets 503 and no value', async () => {
    const around = await talked();
    const pseudonym = pseudonymIn((await textsOf(around, AGENT))[0]);
    const store = { ...around.store, saveEvents: () => Promise.reject(new StoreUnavailable('down')) };
    const result = await ask(around, pseudonym, AGENT, 'c1', { store });
    expect(result).toMatchObject({ kind: 'problem', problem: { status: 503 }, retryAfterSeconds: 5 });
    expect(JSON.stringify(result)).not.toContain('4111');
  });

  it('what a second opinion found can be revealed while it answers; else 503', async () => {
    const around = await world();
    await send(around, 'ask for hanna please');
    const opinion: SecondOpinion = { ask: async (text) => [{ kind: 'name', start: text.indexOf('hanna'), end: text.indexOf('hanna') + 5, score: 0.97 }] };
    const secondOpinion = { open: async () => opinion, wait: around.time.wait, minimumScore: 0.8 };
    const deps = { ...around.deps, secondOpinion };
    const result = await readTranscript(deps, { conversationId: 'c1', principal: AGENT });
    const pseudonym = pseudonymIn(result.kind === 'ok' ? result.value.turns[0]?.text : '');
    expect(pseudonym).toMatch(/^\[name-/);
    expect(await ask(around, pseudonym, AGENT, 'c1', { secondOpinion })).toMatchObject({ kind: 'ok', value: { kind: 'name', value: 'hanna' } });
    expect(await ask(around, pseudonym, AGENT, 'c1', { secondOpinion: { ...secondOpinion, open: () => Promise.reject(new Error('dead')) } })).toMatchObject({ kind: 'problem', problem: { status: 503 } });
  });
});
