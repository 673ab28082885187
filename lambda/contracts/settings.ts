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
  /** What a subject and a conversation may use. */
  readonly quotas: QuotaSettings;
  /** The order system that order status is read from. @default - none: no tool is offered */
  readonly orders?: OrderSettings;
}

/** How orders are looked up; the key comes from the secret in `ENV.orderSystemSecret`. */
export interface OrderSettings {
  /** URL before `/orders/{number}`, without a slash at its end. */
  readonly baseUrl: string;
  /** Regular expression of a whole order number in upper case, as an operator configured it. */
  readonly orderNumberPattern: string;
  /** Use cases whose questions are about an order of the customer's; the first labels what the tool found. */
  readonly useCases: readonly string[];
}

/**
 * What may be used before turns of a subject are refused with 429, and a conversation is closed. A turn is admitted while less than the limit is spent or reserved, so
 * that nobody exceeds a limit by more than one turn.
 */
export interface QuotaSettings {
  /** Per subject and UTC day, over all of the subject's conversations. */
  readonly subject: { readonly turnsPerDay: number; readonly tokensPerDay: number; readonly usdPerDay: number };
  /** Per conversation; its turns are bounded by `maxTurns`. */
  readonly conversation: { readonly tokens: number; readonly usd: number };
}

/** The answerer: quotes from the knowledge base, or a model that words the quotes anew. */
export type ModelSettings = { readonly provider: 'extractive' } | BedrockSettings | OpenAiCompatibleSettings;

/** Settings of an answerer that a model stands behind. */
export type CallableModelSettings = Exclude<ModelSettings, { provider: 'extractive' }>;

/** What every model is called with. */
interface ModelCallSettings {
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
}

/** A model on Amazon Bedrock. */
export interface BedrockSettings extends ModelCallSettings {
  readonly provider: 'bedrock';
  /** Model or inference-profile id that Converse is called with. */
  readonly modelId: string;
}

/** A model behind an endpoint that speaks OpenAI's chat completions (vLLM, Ollama, a gateway of the platform's own). */
export interface OpenAiCompatibleSettings extends ModelCallSettings {
  readonly provider: 'openai-compatible';
  /** Name of the model, as the endpoint knows it. */
  readonly modelId: string;
  /** URL up to and including the version, e.g. `https://models.example/v1`. */
  readonly baseUrl: string;
}

/** Settings of the chat function: the turn's, the origins that may embed the chat, and what shows transcripts to staff. */
export type ChatSettings = TurnSettings & PageSettings & { /** @default - no second opinion */ readonly secondOpinion?: SecondOpinionSettings };

/** Amazon Comprehend as a second opinion on personal data, in what staff reads. */
export interface SecondOpinionSettings {
  /** Score below which what it found is left out. Range 0-1. */
  readonly minimumScore: number;
}

/** Settings of the sweep: when a conversation is over, and how long the claim of a turn that it hands on lasts. Nothing of what replies are made from. */
export type SweepSettings = Pick<TurnSettings, 'leaseSeconds' | 'idleMinutes' | 'maxTurns' | 'quotas'>;

/** Settings of the page function. */
export interface PageSettings {
  /** Origins that may embed the chat. */
  readonly embedOrigins: readonly string[];
}

/** Settings of the authorizer. */
export interface AuthorizerSettings extends Pick<TurnSettings, 'tokenMinutes'> {
  /** Networks (CIDR, IPv4 or IPv6) that staff must call from. @default - any */
  readonly staffNetworks?: readonly string[];
}
