/** First part of the namespace of every metric that our functions publish; the rest names the estate. */
const METRIC_NAMESPACE = 'Chatbot';

/** Namespace of one estate's metrics: several estates may share an account, and none must raise another one's alarm. @param prefix `naming.prefix` */
export function metricNamespace(prefix: string): string {
  return `${METRIC_NAMESPACE}/${prefix}`;
}

/** Metric names: the same constants name the emitter's call, the alarm and the dashboard's widget. */
export const METRICS = {
  /** A conversation was opened. Count. */
  conversationsStarted: 'ConversationsStarted',
  /** A conversation was closed. Count. */
  conversationsClosed: 'ConversationsClosed',
  /** A conversation went idle before its question was answered. Count. */
  dropOffs: 'DropOffs',
  /** A turn was answered, whatever the kind. Count. */
  turns: 'Turns',
  /** A turn was answered with a fallback. Count; over `Turns` it is the fallback rate. */
  fallbacks: 'Fallbacks',
  /** A turn asked for, or was offered, a human. Count; over `Turns` it is the escalation rate. */
  escalations: 'Escalations',
  /** Milliseconds from the request to the first content (or `pending`). */
  firstContentMilliseconds: 'FirstContentMilliseconds',
  /** Milliseconds from the request to the whole reply. */
  turnMilliseconds: 'TurnMilliseconds',
  /** The model did not answer, and the extractive answerer stood in. Count. */
  modelFailures: 'ModelFailures',
  /** A turn was handed to the turn worker. Count. */
  pendingTurns: 'PendingTurns',
  /** A pending turn failed for good. Count. */
  failedTurns: 'FailedTurns',
  /** List price of a turn, in USD. */
  turnCostUsd: 'TurnCostUsd',
  /** Rating that a user gave, 1-5. */
  satisfaction: 'Satisfaction',
  /** Days since a vendor credential was last changed. */
  credentialAgeDays: 'CredentialAgeDays',
  /** Events that the sweep found unpublished and re-delivered. Count. */
  redeliveries: 'Redeliveries',
  /** A request was answered with a 5xx, or a stream ended in one. Count, by version of the function; published only when it happens. */
  failedRequests: 'FailedRequests',
} as const;

/** Name of a metric that our functions publish. */
export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** Dimension names. Few on purpose: each combination of values is a metric to pay for. */
export const DIMENSIONS = { useCase: 'UseCase', secret: 'Secret', functionVersion: 'FunctionVersion' } as const;
