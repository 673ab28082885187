/** Settings of the turn: what the chat function and the turn worker read from `ENV.settings`. */
export interface TurnSettings {
  /** Longest message, in UTF-16 code units. Range 1-20,000. */
  readonly maxMessageCharacters: number;
  /** Turns that a conversation may have before it is closed. */
  readonly maxTurns: number;
  /** Exchanges (a question and its reply) that stay in the window shown to the model. */
  readonly historyExchanges: number;
  /** Days until a conversation and each of its items expires. */
  readonly retentionDays: number;
  /** Hours until a conversation marked synthetic expires. At most 24. */
  readonly syntheticRetentionHours: number;
  /** Minutes without a message after which a conversation counts as left (drop-off). */
  readonly idleMinutes: number;
  /** Minutes that a conversation token lives; each reply renews it. */
  readonly tokenMinutes: number;
  /** Milliseconds after which a turn without content is answered with `pending`. */
  readonly interimAfterMilliseconds: number;
  /** Seconds that a claim holds a turn before somebody else may take it over. Longer than the chat function's time-out. */
  readonly leaseSeconds: number;
  /**
   * Seconds that the turn worker's claim holds a turn before a repeat, the next message or the sweep may take it over.
   * Longer than the turn worker's time-out, which may be longer than the chat function's.
   */
  readonly workerLeaseSeconds: number;
  /** AI disclosure per locale (BCP 47 language tag -> text). */
  readonly disclosure: Readonly<Record<string, string>>;
  /** Locale used when a client names none that is offered. */
  readonly defaultLocale: string;
  /** What is said when a human is offered: how to reach one. */
  readonly humanContact: string;
  /** Use cases inside the bot's scope; a question that best matches another one is out of scope. */
  readonly useCases: readonly string[];
  /** Retrieval score (0-1) below which a question counts as out of scope. */
  readonly scopeThreshold: number;
  /** How replies are written. */
  readonly model: ModelSettings;
}

/** The answerer: quotes from the knowledge base, or a model on Amazon Bedrock. */
export type ModelSettings =
  | { readonly provider: 'extractive' }
  | {
      readonly provider: 'bedrock';
      /** Model or inference-profile id that Converse is called with. */
      readonly modelId: string;
      /** Longest reply, in tokens. */
      readonly maxTokens: number;
      /** 0-1. */
      readonly temperature: number;
      /** Time-out of one model call in the chat function, in milliseconds. */
      readonly timeoutMilliseconds: number;
      /** Time-out of one model call in the turn worker, in milliseconds. */
      readonly workerTimeoutMilliseconds: number;
      /** List price in USD for 1,000 input tokens; source and date stand in config. */
      readonly inputUsdPer1000: number;
      /** List price in USD for 1,000 output tokens. */
      readonly outputUsdPer1000: number;
    };

/** Settings of the chat function: the turn's, and the origins that may embed the chat. */
export type ChatSettings = TurnSettings & PageSettings;

/** Settings of the page function. */
export interface PageSettings {
  /** Origins that may embed the chat. */
  readonly embedOrigins: readonly string[];
}
