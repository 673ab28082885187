import { describe, expect, it } from 'vitest';
import { DependencyUnavailable, StoreUnavailable } from '../../../../lambda/domain/errors.ts';
import { createConversation } from '../../../../lambda/domain/turn/create-conversation.ts';
import { resumeConversation, type ResumeDependencies } from '../../../../lambda/domain/turn/resume-conversation.ts';
import { memoryStore } from '../../../support/fakes/memory-store.ts';
import { fakeKeys, fakeTokens } from '../../../support/fakes/ports.ts';
import { fakeIds } from '../../../support/fakes/time.ts';
import { SETTINGS } from '../../../support/fakes/turn.ts';

const NOW = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;
const SECRET = 'resume-secret';

/** An open conversation `id-1` of subject `id-2`, and a clock to move. */
async function opened() {
  const clock = { now: NOW };
  const now = (): number => clock.now;
  const store = memoryStore(now);
  await createConversation({ store, keys: fakeKeys, tokens: fakeTokens, settings: SETTINGS, release: 'r1', now, newId: fakeIds(), newSecret: () => SECRET }, {}, { kind: 'anonymous' });
  const calls: string[] = [];
  const watched: ResumeDependencies['store'] = { ...store, head: (id) => (calls.push('head'), store.head(id)), load: (...given) => (calls.push('load'), store.load(...given)) };
  const deps: ResumeDependencies = { store: watched, tokens: fakeTokens, now };
  return { clock, store, calls, deps };
}

describe('resuming a conversation', () => {
  it('gives a new token for the resume token, as often as it is shown, until retention ends', async () => {
    const { clock, deps } = await opened();
    for (const day of [0, 10, 29]) {
      clock.now = NOW + day * DAY;
      expect(await resumeConversation(deps, 'id-1', SECRET)).toEqual({ kind: 'ok', value: { token: 'token of id-1 for id-2', expiresAt: '2026-03-31T00:00:00.000Z' } });
    }
    clock.now = NOW + 30 * DAY;
    expect(await resumeConversation(deps, 'id-1', SECRET)).toMatchObject({ kind: 'problem', problem: { status: 404 } });
  });

  it('answers every refusal alike, after the same calls to the store', async () => {
    const cases: [string, string, string, (around: Awaited<ReturnType<typeof opened>>) => void][] = [
      ['unknown', 'nowhere', SECRET, () => undefined],
      ['wrong token', 'id-1', `${SECRET}x`, () => undefined],
      ['empty-hash token', 'id-1', '0'.repeat(64), () => undefined],
      ['expired', 'id-1', SECRET, ({ clock }) => void (clock.now += 31 * DAY)],
      ['erased', 'id-1', SECRET, ({ store }) => store.wrappedKeys.clear()],
      ['opened by a release without resume tokens', 'id-1', SECRET, ({ store }) => {
        const { resumeHash: _none, ...head } = store.heads.get('id-1') ?? expect.fail('no head');
        store.heads.set('id-1', head);
      }],
    ];
    const seen = new Set<string>();
    for (const [, id, token, change] of cases) {
      const around = await opened();
      change(around);
      seen.add(JSON.stringify([await resumeConversation(around.deps, id, token), around.calls]));
    }
    expect([...seen].map((one) => JSON.parse(one))).toEqual([[{ kind: 'problem', problem: expect.objectContaining({ status: 404 }) }, ['head', 'load']]]);
  });

  it('asks the store for nothing that is no id', async () => {
    const { deps, calls } = await opened();
    for (const id of ['', '..', 'a/b', 'x'.repeat(65)]) expect(await resumeConversation(deps, id, SECRET)).toMatchObject({ problem: { status: 404 } });
    expect(calls).toEqual([]);
  });

  it('says 503 with Retry-After when the store or the signing key is down', async () => {
    const { deps } = await opened();
    const down: ResumeDependencies[] = [
      { ...deps, store: { ...deps.store, head: () => Promise.reject(new StoreUnavailable('down')) } },
      { ...deps, tokens: { ...fakeTokens, issue: () => Promise.reject(new DependencyUnavailable('down')) } },
    ];
    for (const broken of down) expect(await resumeConversation(broken, 'id-1', SECRET)).toMatchObject({ kind: 'problem', problem: { status: 503 }, retryAfterSeconds: 5 });
  });
});
