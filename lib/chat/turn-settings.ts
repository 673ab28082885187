import type { ConversationConfig, KnowledgeConfig, ModelConfig, UseCaseConfig } from '../../config/schema/index.ts';
import type { TurnSettings } from '../../lambda/contracts/settings.ts';
import { modelSettings } from '../model/index.ts';

/** Seconds by which a claim outlives the function that made it: the two clocks that compare them may differ a little. */
const LEASE_MARGIN_SECONDS = 2;

/** What the turn's settings are made from. */
export interface TurnSettingsInput {
  readonly conversation: ConversationConfig;
  readonly model: ModelConfig;
  readonly knowledge: KnowledgeConfig;
  readonly useCases: readonly UseCaseConfig[];
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
  };
}
