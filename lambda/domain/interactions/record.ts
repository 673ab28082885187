import { DIMENSIONS, METRICS } from '../../contracts/metrics.ts';
import type { ProductEvent } from '../../contracts/events.ts';

/** A metric value of one event. */
export interface MetricValue {
  /** One of `METRICS`. */
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds' | 'None';
  readonly value: number;
  /** Dimensions by name (`DIMENSIONS`); empty for a plain metric. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What an event becomes: metric values (none when synthetic) and one log record without text of a conversation. */
export interface Interaction {
  readonly metrics: readonly MetricValue[];
  readonly record: Readonly<Record<string, string | number | boolean>>;
}

/** Turns a product event into its metrics and its log record. */
export function recordInteraction(event: ProductEvent): Interaction {
  return { metrics: event.detail.synthetic ? [] : metricsOf(event), record: { event: event.type, ...event.detail } };
}

function metricsOf(event: ProductEvent): MetricValue[] {
  switch (event.type) {
    case 'conversation.started':
      return [count(METRICS.conversationsStarted)];
    case 'conversation.closed':
      // A zero is a value too: rates over few conversations need both.
      return [count(METRICS.conversationsClosed), count(METRICS.dropOffs, event.detail.droppedOff)];
    case 'turn.answered': {
      const { kind, useCase, modelFailed, milliseconds, costUsd } = event.detail;
      const dimensions = { [DIMENSIONS.useCase]: useCase };
      return [
        count(METRICS.turns),
        { ...count(METRICS.turns), dimensions },
        count(METRICS.fallbacks, kind === 'fallback'),
        { ...count(METRICS.fallbacks, kind === 'fallback'), dimensions },
        // A fallback offers a human, a handoff was asked for: both count as an escalation.
        count(METRICS.escalations, kind === 'fallback' || kind === 'handoff'),
        count(METRICS.modelFailures, modelFailed),
        { name: METRICS.turnMilliseconds, unit: 'Milliseconds', value: milliseconds, dimensions: {} },
        { name: METRICS.turnCostUsd, unit: 'None', value: costUsd, dimensions: {} },
      ];
    }
    case 'turn.failed':
      return [count(METRICS.failedTurns)];
    case 'feedback.given':
      return [{ name: METRICS.satisfaction, unit: 'None', value: event.detail.rating, dimensions: {} }];
    case 'pseudonym.revealed':
      // An entry of the audit, no figure of the product.
      return [];
    default:
      return event satisfies never;
  }
}

function count(name: string, happened = true): MetricValue {
  return { name, unit: 'Count', value: happened ? 1 : 0, dimensions: {} };
}
