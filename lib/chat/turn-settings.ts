import type { ConversationConfig, KnowledgeConfig, ModelConfig, UseCaseConfig } from '../../config/schema/index.ts';
import type { TurnSettings } from '../../lambda/contracts/settings.ts';
import { modelSettings } from '../model/index.ts';

/** What the turn's settings are made from. */
export interface TurnSettingsInput {
  readonly conversation: ConversationConfig;
  readonly model: ModelConfig;
  readonly knowledge: KnowledgeConfig;
  readonly useCases: readonly UseCaseConfig[];
  /** Time-out of the function that claims turns, in seconds. */
  readonly chatTimeoutSeconds: number;
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
    // A claim outlives the function that made it by two seconds: nobody takes over a turn that is still being answered.
    leaseSeconds: input.chatTimeoutSeconds + 2,
    disclosure: conversation.disclosure,
    defaultLocale: conversation.defaultLocale,
    humanContact: conversation.humanContact,
    useCases: input.useCases.map(({ id }) => id),
    scopeThreshold: input.knowledge.scopeThreshold,
    model: modelSettings(input.model),
  };
}
