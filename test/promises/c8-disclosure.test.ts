import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateEnvironment } from '../../config/index.ts';
import type { Principal } from '../../lambda/domain/identity/types.ts';
import { createConversation } from '../../lambda/domain/turn/create-conversation.ts';
import { readTranscript } from '../../lambda/domain/turn/read-transcript.ts';
import { resumeConversation } from '../../lambda/domain/turn/resume-conversation.ts';
import { Conversation } from '../../pages/chat/conversation.ts';
import { chooseLocale } from '../../pages/chat/locale.ts';
import { SessionStore, type Session } from '../../pages/chat/session.ts';
import type { ChatState } from '../../pages/chat/view.ts';
import { sample } from '../config/sample.ts';
import { memoryStore } from '../support/fakes/memory-store.ts';
import { fakeCipher, fakeKeys, fakeModel, fakeTokens } from '../support/fakes/ports.ts';
import { fakeIds } from '../support/fakes/time.ts';
import { send, SETTINGS, world } from '../support/fakes/turn.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { HUMAN_CLAIMS } from './support/hostile-replies.ts';

const NOW = Date.UTC(2026, 2, 1);
const tag = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'pt-BR', 'zh-Hant', 'sr-Latn-RS');
const principal: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant({ kind: 'anonymous' } as const),
  fc.uuid().map((subject) => ({ kind: 'customer', subject }) as const),
  fc.uuid().map((subject) => ({ kind: 'conversation', conversationId: 'earlier', subject }) as const),
  fc.constant({ kind: 'staff', staffId: 'agent-1', roles: ['support-agent'] } as const),
);
const opening = fc.record({
  offered: fc.uniqueArray(tag, { minLength: 1, maxLength: 4 }),
  asked: fc.option(fc.oneof(tag, fc.stringMatching(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/)), { nil: undefined }),
  channel: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), { nil: undefined }),
  synthetic: fc.option(fc.boolean(), { nil: undefined }),
  principal,
});
let begun = 0;

describe('C8: disclosure', () => {
  it('C8: every conversation begins with it, whoever opens it, in whatever language, by whatever channel', async () => {
    await fc.assert(
      fc.asyncProperty(opening, async ({ offered, asked, channel, synthetic, principal: who }) => {
        const disclosure = Object.fromEntries(offered.map((locale) => [locale, `This is an AI (${locale}).`]));
        const settings = { ...SETTINGS, disclosure, defaultLocale: offered[0] ?? '' };
        const now = (): number => NOW;
        const store = memoryStore(now);
        const deps = { store, keys: fakeKeys, cipher: fakeCipher, tokens: fakeTokens, settings, release: 'r1', now, newId: fakeIds(), newSecret: () => 'secret' };
        const request = { ...(asked !== undefined && { locale: asked }), ...(channel !== undefined && { channel }), ...(synthetic !== undefined && { synthetic }) };
        const created = await createConversation(deps, request, who);
        if (created.kind !== 'ok') throw new Error('not opened');
        const { conversationId, disclosure: shown } = created.value;
        expect(Object.values(disclosure)).toContain(shown);
        const subject = store.heads.get(conversationId)?.subject ?? '';
        const read = async (changed = settings) => readTranscript({ ...deps, settings: changed }, { conversationId, principal: { kind: 'conversation', conversationId, subject } });
        expect(await read()).toMatchObject({ value: { disclosure: shown, turns: [] } });
        // Resumed by its token, and after the words have changed: what was said at the beginning stays.
        expect(await resumeConversation(deps, conversationId, 'secret')).toMatchObject({ kind: 'ok' });
        expect(await read({ ...settings, disclosure: { en: 'Other words.' }, defaultLocale: 'en' })).toMatchObject({ value: { disclosure: shown } });
        begun += 1;
      }),
      sizedRuns(200, 20_000),
    );
    expect(begun).toBe(sized(200, 20_000));
    figure('C8', `${begun} of ${begun} conversations began with the disclosure`);
  });

  it('C8: it stays at the head of the transcript while the conversation goes on', async () => {
    const around = await world();
    for (const text of ['How long may I return something?', 'hello', 'When does my parcel arrive?']) {
      await send(around, text);
      const transcript = await readTranscript(around.deps, { conversationId: 'c1', principal: { kind: 'conversation', conversationId: 'c1', subject: 's1' } });
      expect(transcript).toMatchObject({ value: { disclosure: SETTINGS.disclosure['en'] } });
    }
  });

  it('C8: nothing that a model says takes it back: a reply that claims to be a person is not given', async () => {
    for (const claim of HUMAN_CLAIMS) {
      const around = await world({ model: (time) => fakeModel(time, [{ text: `${claim}. You may return an item within 30 days [1].` }, { end: 'complete' }]) });
      const outputs = await send(around, 'How long may I return something?', { mode: 'stream' });
      expect([claim, outputs.at(-1)]).toMatchObject([claim, { type: 'done', response: { reply: { text: 'You may return an item within 30 days.' } } }]);
      expect([claim, around.store.turns.get('c1/1')?.explanation?.model]).toEqual([claim, 'extractive']);
      expect(outputs.flatMap((output) => (output.type === 'delta' ? [output.text] : [])).join('')).not.toContain(claim);
    }
  });

  it.each([{}, { en: '' }, { en: 'AI' }, { de: 'Sie sprechen mit einem Programm, nicht mit einem Menschen.' }])('C8: no environment comes up with the disclosure %j', (disclosure) => {
    expect(validateEnvironment(sample('dev')).ok).toBe(true);
    expect(validateEnvironment(sample('dev', { 'conversation.disclosure': disclosure, 'conversation.defaultLocale': 'en' })).ok).toBe(false);
  });
});

/** The chat page against a scripted API: what it showed and what it asked, in order. */
async function page(session: Session, created: object, act: (conversation: Conversation) => Promise<unknown>) {
  const log: ({ readonly shown: ChatState } | { readonly asked: string })[] = [];
  const store = new SessionStore(undefined, 'x');
  store.save(session);
  const reply = { messageId: 'm1', turn: 1, reply: { kind: 'answer', text: 'Yes.', sources: [] }, state: 'bot' };
  const transcript = { conversationId: 'c1', state: 'bot', locale: 'en', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z', turns: [] };
  let failures = 0;
  const conversation = new Conversation({
    base: new URL('https://api.example/'),
    fetch: async ({ pathname }, init) => {
      const asked = `${init.method ?? 'GET'} ${pathname}`;
      log.push({ asked });
      if (asked === 'POST /v1/conversations') return Response.json(created, { status: 201 });
      return Response.json(asked.startsWith('GET') ? transcript : asked.endsWith('/token') ? { token: 'new', expiresAt: transcript.expiresAt } : reply, { status: asked.startsWith('GET') && session.token === 'old' && failures++ === 0 ? 401 : 200 });
    },
    now: () => 0,
    session: store,
    newKey: () => 'key-1',
    locale: chooseLocale(['en']),
    channel: 'web',
    patience: (signal, tell) => ({ signal, online: () => true, pause: async () => undefined, untilOnline: async () => undefined, untilAsked: async () => conversation.dispose(), tell }),
    onChange: (shown) => void log.push({ shown }),
  });
  await act(conversation);
  return log;
}

describe('C8: the chat page', () => {
  const created = { conversationId: 'c1', token: 't0', resumeToken: 'r0', disclosure: 'I am an AI.', expiresAt: '2026-06-01T00:00:00Z' };
  const talk = async (conversation: Conversation): Promise<void> => {
    // A visitor who is quicker than the network.
    const started = conversation.start();
    const sent = conversation.send('Hello');
    await Promise.all([started, sent]);
    await conversation.send('And more?');
  };

  it.each<[string, Session]>([['new', {}], ['restored after a reload', { conversationId: 'c1', token: 't0' }], ['resumed', { conversationId: 'c1', token: 'old', resumeToken: 'r0' }]])('C8: shows it before the first message leaves, in a conversation that is %s', async (_name, session) => {
    const log = await page(session, created, talk);
    const disclosed = log.findIndex((entry) => 'shown' in entry && entry.shown.disclosure === 'I am an AI.');
    const asked = log.findIndex((entry) => 'asked' in entry && entry.asked.endsWith('/messages'));
    expect(disclosed).toBeGreaterThanOrEqual(0);
    expect(asked).toBeGreaterThan(disclosed);
    for (const entry of log) if ('shown' in entry && entry.shown.phase === 'ready') expect(entry.shown.disclosure).toBe('I am an AI.');
  });

  it.each([{ ...created, disclosure: '' }, { ...created, disclosure: undefined }, { ...created, disclosure: 1 }])('C8: sends no message in a conversation without one', async (answer) => {
    const log = await page({}, answer, talk);
    expect(log.filter((entry) => 'asked' in entry && entry.asked.endsWith('/messages'))).toEqual([]);
  });
});
