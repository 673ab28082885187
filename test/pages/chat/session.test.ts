import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionStore, readSession } from '../../../pages/chat/session.ts';

function memory(): { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void; items: Map<string, string> } {
  const items = new Map<string, string>();
  return { items, getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

function refuse(): never {
  throw new Error('SecurityError');
}

describe('readSession', () => {
  it('reads what was stored', () => {
    const session = { conversationId: 'c', token: 't', resumeToken: 'r', draft: 'half a sen', outgoing: { key: 'k', text: 'Hello', turn: 2 } };
    expect(readSession(JSON.stringify(session))).toEqual(session);
  });

  it('turns a message without a conversation back into a draft', () => {
    expect(readSession('{"outgoing":{"key":"k","text":"Hello"},"draft":"more"}')).toEqual({ draft: 'Hello\nmore' });
  });

  it('drops an id without a token', () => {
    expect(readSession('{"conversationId":"c"}')).toEqual({});
  });

  it('never throws on a broken record', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (stored) => {
        expect(typeof readSession(stored)).toBe('object');
      }),
    );
  });
});

describe('SessionStore', () => {
  it('survives a reload, apart for each API', () => {
    const storage = memory();
    new SessionStore(storage, 'https://a.example/').update({ conversationId: 'c', token: 't' });
    expect(new SessionStore(storage, 'https://a.example/').current).toEqual({ conversationId: 'c', token: 't' });
    expect(new SessionStore(storage, 'https://b.example/').current).toEqual({});
  });

  it('removes a field that is set to undefined and keeps the others', () => {
    const store = new SessionStore(memory(), 'x');
    store.save({ conversationId: 'c', token: 't', draft: 'd' });
    store.update({ draft: undefined, token: 't2' });
    expect(store.current).toEqual({ conversationId: 'c', token: 't2' });
  });

  it('lives in memory where storage is forbidden', () => {
    const store = new SessionStore({ getItem: refuse, setItem: refuse }, 'x');
    store.update({ draft: 'kept' });
    expect(store.current.draft).toBe('kept');
  });
});
