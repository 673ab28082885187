import { describe, expect, it } from 'vitest';
import { Conversation, Knowledge, Model, UseCase } from '../../../config/schema/conversation.ts';
import { turnSettings } from '../../../lib/chat/index.ts';

const conversation = Conversation.parse({ disclosure: { en: 'You are chatting with an AI assistant.' }, humanContact: 'Call us at any time.', interimAfterMilliseconds: 1_500 });
const useCases = [UseCase.parse({ id: 'orders', title: 'Orders', metrics: { containmentPercent: 70, fallbackPercent: 10, satisfaction: 4 }, priority: { contactsPerMonth: 10, simplicity: 3 } })];
const settings = (chatTimeoutSeconds: number, workerTimeoutSeconds = 90) => turnSettings({ conversation, model: Model.parse({ provider: 'extractive' }), knowledge: Knowledge.parse({ scopeThreshold: 0.5 }), useCases, chatTimeoutSeconds, workerTimeoutSeconds });

describe('settings of the turn', () => {
  it('are the configured ones, under the names of the contract', () => {
    expect(settings(28)).toEqual({
      maxMessageCharacters: 4_000,
      maxTurns: 100,
      historyExchanges: 6,
      retentionDays: 90,
      syntheticRetentionHours: 24,
      idleMinutes: 30,
      tokenMinutes: 60,
      interimAfterMilliseconds: 1_500,
      leaseSeconds: 30,
      workerLeaseSeconds: 92,
      disclosure: { en: 'You are chatting with an AI assistant.' },
      defaultLocale: 'en',
      humanContact: 'Call us at any time.',
      useCases: ['orders'],
      scopeThreshold: 0.5,
      model: { provider: 'extractive' },
      quotas: { subject: { turnsPerDay: 200, tokensPerDay: 1_000_000, usdPerDay: 1 }, conversation: { tokens: 500_000, usd: 0.5 } },
    });
  });

  it('let a claim outlive the function that made it', () => {
    for (const seconds of [1, 10, 28]) expect(settings(seconds).leaseSeconds).toBeGreaterThan(seconds);
    for (const seconds of [1, 90, 300]) expect(settings(28, seconds).workerLeaseSeconds).toBeGreaterThan(seconds);
  });
});
