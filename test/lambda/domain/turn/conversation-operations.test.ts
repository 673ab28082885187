import { describe, expect, it } from 'vitest';
import { DependencyUnavailable, KeyUnavailable, StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import type { Principal } from '../../../../lambda/domain/identity/types.ts';
import { createConversation, type CreateDependencies } from '../../../../lambda/domain/turn/create-conversation.ts';
import { giveFeedback } from '../../../../lambda/domain/turn/give-feedback.ts';
import { readTranscript } from '../../../../lambda/domain/turn/read-transcript.ts';
import { memoryStore } from '../../../support/fakes/memory-store.ts';
import { fakeCipher, fakeKeys, fakeTokens } from '../../../support/fakes/ports.ts';
import { fakeIds } from '../../../support/fakes/time.ts';
import { send, SETTINGS, world } from '../../../support/fakes/turn.ts';

const NOW = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const OWNER: Principal = { kind: 'conversation', conversationId: 'c1', subject: 's1' };
const problem = (name: string, status: number) => ({ kind: 'problem', problem: expect.objectContaining({ type: `/problems/${name}`, status }) });
const unavailable = { ...problem('unavailable', 503), retryAfterSeconds: 5 };

function creating(over: Partial<CreateDependencies> = {}) {
  const store = memoryStore(() => NOW);
  return { store, deps: { store, keys: fakeKeys, tokens: fakeTokens, settings: SETTINGS, release: 'r1', now: () => NOW, newId: fakeIds(), newSecret: () => 'secret-1', ...over } };
}

describe('opening a conversation', () => {
  it('writes head, key and event, and returns token and disclosure', async () => {
    const { store, deps } = creating();
    const result = await createConversation(deps, {}, { kind: 'anonymous' });
    expect(result).toEqual({ kind: 'ok', value: { conversationId: 'id-1', token: 'token of id-1 for id-2', resumeToken: 'secret-1', disclosure: SETTINGS.disclosure['en'], expiresAt: '2026-03-31T00:00:00.000Z' } });
    expect(store.heads.get('id-1')).toMatchObject({ subject: 'id-2', state: 'bot', turn: 0, channel: 'web', cohort: 'everyone', variant: 'control', expiresAt: NOW + 30 * DAY, idleAt: NOW + 30 * 60_000, purposes: { analytics: true, training: false } });
    expect(store.wrappedKeys.get('id-2')).toMatchObject({ expiresAt: NOW + 30 * DAY });
    expect(store.events).toEqual([{ type: 'conversation.started', detail: { eventId: 'id-3', conversationId: 'id-1', at: '2026-03-01T00:00:00.000Z', locale: 'en', channel: 'web', release: 'r1', synthetic: false } }]);
  });

  it.each([
    [undefined, 'en'],
    ['de', 'de'],
    ['DE-ch', 'de'],
    ['fr', 'en'],
  ])('asked for the locale %s, offers %s', async (locale, expected) => {
    const { store, deps } = creating();
    const result = await createConversation(deps, locale === undefined ? {} : { locale }, { kind: 'anonymous' });
    expect(result).toMatchObject({ value: { disclosure: SETTINGS.disclosure[expected] } });
    expect([...store.heads.values()][0]?.locale).toBe(expected);
  });

  it('keeps the subject of a customer and of a conversation token', async () => {
    for (const principal of [{ kind: 'customer', subject: 'k7' }, { ...OWNER, subject: 'k7' }] as const) {
      const { store, deps } = creating();
      await createConversation(deps, {}, principal);
      expect([...store.heads.values()][0]?.subject).toBe('k7');
      // Only a customer's own token says that somebody has signed in.
      expect([...store.heads.values()][0]?.identified).toBe(principal.kind === 'customer' ? true : undefined);
    }
  });

  it('keeps a hash of the resume token, and never the token', async () => {
    const { store, deps } = creating();
    await createConversation(deps, {}, { kind: 'anonymous' });
    expect(store.heads.get('id-1')?.resumeHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([...store.heads, ...store.events])).not.toContain('secret-1');
  });

  it('a synthetic conversation is gone within a day and kept out of analytics', async () => {
    const { store, deps } = creating({ settings: { ...SETTINGS, syntheticRetentionHours: 90 } });
    await createConversation(deps, { synthetic: true, channel: 'check' }, { kind: 'anonymous' });
    expect([...store.heads.values()][0]).toMatchObject({ synthetic: true, channel: 'check', expiresAt: NOW + DAY, purposes: { analytics: false, training: false } });
  });

  it.each([
    ['the store', { store: { ...memoryStore(() => NOW), create: () => Promise.reject(new StoreUnavailable('down')) } }],
    ['the key service', { keys: { ...fakeKeys, create: () => Promise.reject(new KeyUnavailable('down')) } }],
    ['the signing key', { tokens: { ...fakeTokens, issue: () => Promise.reject(new DependencyUnavailable('down')) } }],
  ])('%s down gives 503 with Retry-After and writes nothing', async (_name, over) => {
    const { store, deps } = creating(over);
    expect(await createConversation(deps, {}, { kind: 'anonymous' })).toEqual(unavailable);
    expect(store.heads.size).toBe(0);
  });
});

describe('reading a transcript', () => {
  const staff = (...roles: ('support-agent' | 'supervisor' | 'privacy' | 'analyst')[]): Principal => ({ kind: 'staff', staffId: 'a1', roles });

  it('shows every turn, and only those after the one named', async () => {
    const around = await world();
    await send(around, 'How long may I return something?');
    await send(around, 'hello');
    const whole = await readTranscript(around.deps, { conversationId: 'c1', principal: OWNER });
    expect(whole).toMatchObject({ kind: 'ok', value: { conversationId: 'c1', state: 'bot', disclosure: SETTINGS.disclosure['en'], turns: [{ turn: 1, status: 'answered', text: 'How long may I return something?', reply: { kind: 'answer' } }, { turn: 2, text: 'hello' }] } });
    const rest = await readTranscript(around.deps, { conversationId: 'c1', principal: OWNER, after: '1' });
    expect(rest).toMatchObject({ value: { turns: [{ turn: 2 }] } });
  });

  it('shows a pending turn without a reply', async () => {
    const around = await world();
    await send(around, 'hello', {}, { ...around.deps, store: { ...around.store, commit: () => Promise.reject(new StoreUnavailable('down')) } });
    const result = await readTranscript(around.deps, { conversationId: 'c1', principal: OWNER });
    expect(result).toMatchObject({ value: { turns: [{ turn: 1, status: 'pending', text: 'hello' }] } });
    expect(JSON.stringify(result)).not.toContain('reply');
  });

  it.each([['support-agent'], ['supervisor'], ['privacy']] as const)('staff with the role %s read any', async (role) => {
    expect(await readTranscript((await world()).deps, { conversationId: 'c1', principal: staff('analyst', role) })).toMatchObject({ kind: 'ok' });
  });

  it.each<[string, Principal, string]>([
    ['an analyst', staff('analyst'), 'c1'],
    ['staff without a role', staff(), 'c1'],
    ['nobody', { kind: 'anonymous' }, 'c1'],
    ['a customer without a conversation token', { kind: 'customer', subject: 's1' }, 'c1'],
    ['the token of another conversation', { kind: 'conversation', conversationId: 'c2', subject: 's1' }, 'c1'],
    ['a token of another subject', { ...OWNER, subject: 's2' }, 'c1'],
    ['an unknown conversation', { ...OWNER, conversationId: 'c9' }, 'c9'],
    ['an unknown conversation, asked for by staff', staff('privacy'), 'c9'],
  ])('%s gets the same 404', async (_name, principal, conversationId) => {
    expect(await readTranscript((await world()).deps, { conversationId, principal })).toEqual(problem('conversation-not-found', 404));
  });

  it('an expired and an erased conversation get the same 404', async () => {
    const expired = await world();
    await expired.time.pass(31 * DAY);
    const erased = await world();
    erased.store.wrappedKeys.clear();
    for (const { deps } of [expired, erased]) expect(await readTranscript(deps, { conversationId: 'c1', principal: OWNER })).toEqual(problem('conversation-not-found', 404));
  });

  it.each(['x', '-1', '1.5', '', '1e3', '99999999'])('after=%s is 400', async (after) => {
    expect(await readTranscript((await world()).deps, { conversationId: 'c1', principal: OWNER, after })).toEqual(problem('invalid-input', 400));
  });

  it('the store down gives 503 with Retry-After', async () => {
    const { deps, store } = await world();
    expect(await readTranscript({ ...deps, store: { ...store, transcript: () => Promise.reject(new StoreUnavailable('down')) } }, { conversationId: 'c1', principal: OWNER })).toEqual(unavailable);
  });
});

describe('giving feedback', () => {
  it('stores the rating with the comment sealed, and an event without it', async () => {
    const around = await world();
    await send(around, 'hello');
    const messageId = around.store.turns.get('c1/1')?.messageId ?? '';
    expect(await giveFeedback(around.deps, 'c1', OWNER, { rating: 4, resolved: true, comment: 'quick', messageId })).toEqual({ kind: 'ok', value: undefined });
    const [stored] = around.store.feedback.values();
    expect(stored).toMatchObject({ rating: 4, resolved: true, turn: 1 });
    expect(fakeCipher.open({ subject: 's1', key: Buffer.from('key of s1') }, `c1/feedback/${stored?.id}`, stored?.comment ?? { ciphertext: new Uint8Array() })).toBe('quick');
    expect(around.store.events.at(-1)).toEqual({ type: 'feedback.given', detail: expect.objectContaining({ rating: 4, resolved: true, turn: 1 }) });
    expect(JSON.stringify(around.store.events)).not.toContain('quick');
  });

  it('needs nothing but a rating', async () => {
    const around = await world();
    await giveFeedback(around.deps, 'c1', OWNER, { rating: 1 });
    expect([...around.store.feedback.values()]).toEqual([{ id: expect.any(String), at: around.time.now(), rating: 1 }]);
  });

  it('a messageId of no message is 400', async () => {
    expect(await giveFeedback((await world()).deps, 'c1', OWNER, { rating: 1, messageId: 'm' })).toEqual(problem('invalid-input', 400));
  });

  it.each<[string, Principal]>([
    ['another conversation', { ...OWNER, conversationId: 'c2' }],
    ['another subject', { ...OWNER, subject: 's2' }],
    ['staff', { kind: 'staff', staffId: 'a1', roles: ['privacy'] }],
    ['nobody', { kind: 'anonymous' }],
  ])('of %s is the same 404', async (_name, principal) => {
    expect(await giveFeedback((await world()).deps, 'c1', principal, { rating: 3 })).toEqual(problem('conversation-not-found', 404));
  });

  it('the store down gives 503 with Retry-After', async () => {
    const { deps, store } = await world();
    expect(await giveFeedback({ ...deps, store: { ...store, saveFeedback: () => Promise.reject(new StoreUnavailable('down')) } }, 'c1', OWNER, { rating: 3 })).toEqual(unavailable);
  });
});
