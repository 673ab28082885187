import { LEASE_MARGIN_SECONDS } from '../../lambda/contracts/budgets.ts';
import type { ConversationConfig, IntegrationsConfig, KnowledgeConfig, ModelConfig, UseCaseConfig } from '../../config/schema/index.ts';
import type { OrderSettings, SweepSettings, TurnSettings } from '../../lambda/contracts/settings.ts';
import { modelSettings } from '../model/index.ts';

/** What the turn's settings are made from. */
export interface TurnSettingsInput {
  readonly conversation: ConversationConfig;
  readonly model: ModelConfig;
  readonly knowledge: KnowledgeConfig;
  readonly useCases: readonly UseCaseConfig[];
  /** @default - no other system is read */
  readonly integrations?: IntegrationsConfig;
  /** Time-out of the function that claims turns, in seconds. */
  readonly chatTimeoutSeconds: number;
  /** Time-out of the function that finishes turns from the queue, in seconds. */
  readonly workerTimeoutSeconds: number;
}

/** Settings of the turn, as the chat function and the turn worker read them. */
export function turnSettings(input: TurnSettingsInput): TurnSettings {
  const { conversation } = input;
  return {
    maxMessageCharacters: conversation.maxMessageCharacters,
    maxTurns: conversation.maxTurns,
    historyExchanges: conversation.historyExchanges,
    retentionDays: conversation.retentionDays,
    syntheticRetentionHours: 24,
    idleMinutes: conversation.idleMinutes,
    tokenMinutes: conversation.tokenMinutes,
    interimAfterMilliseconds: conversation.interimAfterMilliseconds,
    // A claim outlives the function that made it: nobody takes over a turn that is still being answered.
    leaseSeconds: input.chatTimeoutSeconds + LEASE_MARGIN_SECONDS,
    workerLeaseSeconds: input.workerTimeoutSeconds + LEASE_MARGIN_SECONDS,
    disclosure: conversation.disclosure,
    defaultLocale: conversation.defaultLocale,
    humanContact: conversation.humanContact,
    useCases: input.useCases.map(({ id }) => id),
    scopeThreshold: input.knowledge.scopeThreshold,
    model: modelSettings(input.model),
    quotas: conversation.quotas,
    ...orderSettings(input),
  };
}

/** What the sweep reads of the turn's settings. */
export function sweepSettings({ leaseSeconds, idleMinutes, maxTurns, quotas }: SweepSettings): SweepSettings {
  return { leaseSeconds, idleMinutes, maxTurns, quotas };
}

function orderSettings({ integrations, useCases }: TurnSettingsInput): { readonly orders?: OrderSettings } {
  if (integrations?.orders === undefined) return {};
  const { baseUrl, orderNumberPattern } = integrations.orders;
  return { orders: { baseUrl: baseUrl.replace(/\/+$/, ''), orderNumberPattern, useCases: useCases.filter((useCase) => useCase.integrations.includes('orders')).map(({ id }) => id) } };
}
