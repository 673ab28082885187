import { describe, expect, it } from 'vitest';
import { isSpent, secondsToNextDay, spentBefore, subjectQuota } from '../../../../lambda/domain/conversation/quota.ts';
import { fakeModel } from '../../../support/fakes/ports.ts';
import { send, sendForEnd, SETTINGS, world } from '../../../support/fakes/turn.ts';

const quotas = { subject: { turnsPerDay: 40, tokensPerDay: 5_000, usdPerDay: 0.25 }, conversation: { tokens: 1_000, usd: 0.002 } };
const NOON = Date.UTC(2026, 4, 4, 12);

describe('a conversation’s quota', () => {
  it.each([
    [999, 1_999, false],
    [1_000, 0, true],
    [0, 2_000, true],
    [5_000, 9_000, true],
    [0, 0, false],
  ])('%d tokens and %d millionths of a USD: spent is %s', (tokens, microUsd, spent) => {
    expect(isSpent({ tokens, microUsd }, quotas)).toBe(spent);
  });

  it('is compared with what was spent without the running turn’s reservation', () => {
    const claim = { turn: 2, attempt: 'a', leaseUntil: NOON, reservedTokens: 300, reservedMicroUsd: 700 };
    expect(spentBefore({ spentTokens: 400, spentMicroUsd: 900, claim })).toEqual({ tokens: 100, microUsd: 200 });
    expect(spentBefore({ spentTokens: 400, spentMicroUsd: 900 })).toEqual({ tokens: 400, microUsd: 900 });
  });
});

describe('a subject’s quota', () => {
  it('is that of the UTC day, in whole tokens and millionths of a USD', () => {
    expect(subjectQuota(quotas, NOON)).toEqual({ day: '2026-05-04', turns: 40, tokens: 5_000, microUsd: 250_000, expiresAt: Date.UTC(2026, 4, 7) });
    expect(secondsToNextDay(NOON)).toBe(12 * 3_600);
    expect(secondsToNextDay(Date.UTC(2026, 4, 4, 23, 59, 59, 999))).toBe(1);
  });

  it.each([
    ['over-quota', 'quota-used-up', 15 * 3_600],
    ['quota-reserved', 'too-many-requests', 5],
  ] as const)('when the store says %s, the client gets 429 %s and comes back after %d s', async (outcome, type, seconds) => {
    // Made-up time begins at nine in the morning, UTC.
    const around = await world();
    const [last] = await send(around, 'How long may I return something?', {}, { ...around.deps, store: { ...around.store, claim: async () => outcome } });
    expect(last).toMatchObject({ type: 'refused', problem: { type: `/problems/${type}`, status: 429 }, retryAfterSeconds: seconds });
  });

  it('closes a conversation that has spent its money, though tokens are left', async () => {
    // A turn of the scripted model costs 360 millionths of a USD.
    const around = await world({ model: (time) => fakeModel(time, [{ text: 'Thirty days [1].' }, { end: 'complete' }]), settings: { quotas: { ...SETTINGS.quotas, conversation: { tokens: 1_000_000, usd: 0.000_5 } } } });
    expect(await sendForEnd(around, 'How long may I return something?')).toMatchObject({ response: { state: 'bot' } });
    expect(await sendForEnd(around, 'How long may I return sale items?')).toMatchObject({ response: { state: 'closed' } });
    expect(around.store.events.at(-1)).toMatchObject({ type: 'conversation.closed', detail: { reason: 'spend-limit' } });
  });
});
