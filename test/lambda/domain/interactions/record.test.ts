import { describe, expect, it } from 'vitest';
import type { ProductEvent, ProductEvents } from '../../../../lambda/contracts/events.ts';
import { METRICS } from '../../../../lambda/contracts/metrics.ts';
import { recordInteraction } from '../../../../lambda/domain/interactions/record.ts';

const BASE = { eventId: 'e1', conversationId: 'c1', at: '2026-01-05T09:00:00.000Z', locale: 'en', channel: 'web', release: 'r1', synthetic: false };
const answered = (over: Partial<ProductEvents['turn.answered']> = {}): ProductEvent => ({
  type: 'turn.answered',
  detail: { ...BASE, turn: 1, kind: 'answer', useCase: 'returns', score: 0.7, model: 'extractive', modelFailed: false, milliseconds: 120, inputTokens: 0, outputTokens: 0, costUsd: 0.25, ...over },
});
/** Values of the metrics without dimensions, by name. */
const values = (event: ProductEvent) => Object.fromEntries(recordInteraction(event).metrics.flatMap(({ name, value, dimensions }) => (Object.keys(dimensions).length === 0 ? [[name, value]] : [])));

describe('an interaction', () => {
  it.each<[ProductEvent, Record<string, number>]>([
    [{ type: 'conversation.started', detail: BASE }, { [METRICS.conversationsStarted]: 1 }],
    [{ type: 'conversation.closed', detail: { ...BASE, reason: 'idle', turns: 2, droppedOff: true } }, { [METRICS.conversationsClosed]: 1, [METRICS.dropOffs]: 1 }],
    [{ type: 'conversation.closed', detail: { ...BASE, reason: 'idle', turns: 2, droppedOff: false } }, { [METRICS.conversationsClosed]: 1, [METRICS.dropOffs]: 0 }],
    [{ type: 'turn.failed', detail: { ...BASE, turn: 1, reason: 'too-old' } }, { [METRICS.failedTurns]: 1 }],
    [{ type: 'feedback.given', detail: { ...BASE, rating: 4 } }, { [METRICS.satisfaction]: 4 }],
    [{ type: 'pseudonym.revealed', detail: { ...BASE, staffId: 'agent-1', pseudonym: '[card-k7q2mx]', reason: 'refund to the card', found: true } }, {}],
    [answered(), { [METRICS.turns]: 1, [METRICS.fallbacks]: 0, [METRICS.escalations]: 0, [METRICS.modelFailures]: 0, [METRICS.turnMilliseconds]: 120, [METRICS.turnCostUsd]: 0.25 }],
    [answered({ kind: 'fallback', modelFailed: true }), { [METRICS.turns]: 1, [METRICS.fallbacks]: 1, [METRICS.escalations]: 1, [METRICS.modelFailures]: 1, [METRICS.turnMilliseconds]: 120, [METRICS.turnCostUsd]: 0.25 }],
    [answered({ kind: 'handoff' }), { [METRICS.turns]: 1, [METRICS.fallbacks]: 0, [METRICS.escalations]: 1, [METRICS.modelFailures]: 0, [METRICS.turnMilliseconds]: 120, [METRICS.turnCostUsd]: 0.25 }],
  ])('%o', (event, expected) => {
    expect(values(event)).toEqual(expected);
  });

  it('counts turns and fallbacks by use case too', () => {
    const byUseCase = recordInteraction(answered()).metrics.filter(({ dimensions }) => 'UseCase' in dimensions);
    expect(byUseCase).toEqual([
      { name: METRICS.turns, unit: 'Count', value: 1, dimensions: { UseCase: 'returns' } },
      { name: METRICS.fallbacks, unit: 'Count', value: 0, dimensions: { UseCase: 'returns' } },
    ]);
  });

  it('that is synthetic is recorded and not measured', () => {
    const { metrics, record } = recordInteraction(answered({ synthetic: true }));
    expect(metrics).toEqual([]);
    expect(record).toMatchObject({ event: 'turn.answered', conversationId: 'c1', synthetic: true, useCase: 'returns' });
  });
});
