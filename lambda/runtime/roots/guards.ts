import { isServiceFault } from '../../adapters/aws/service-fault.ts';
import { BREAKERS, BULKHEAD_CALLS, longestCall, ORDER_MILLISECONDS, SILENT_MODEL_MILLISECONDS, type CallProfile } from '../../contracts/budgets.ts';
import type { Model } from '../../domain/answer/ports.ts';
import { DependencyUnavailable, KeyUnavailable, StoreUnavailable } from '../../domain/errors.ts';
import { Bulkhead } from '../../domain/resilience/bulkhead.ts';
import { CircuitBreaker } from '../../domain/resilience/breaker.ts';
import { guard, type Guard } from '../../domain/resilience/guard.ts';
import type { OrderReader } from '../../domain/tools/order.ts';
import { guardedModel } from '../guarded.ts';
import { now, wait } from './basics.ts';

/** Dependencies of AWS that are called through a guard, each with the domain's error for what the guard refuses. */
const REFUSALS = {
  store: (why: string) => new StoreUnavailable(`The store was not used: ${why}.`),
  keys: (why: string) => new KeyUnavailable(`KMS was not asked: ${why}.`),
  queue: (why: string) => new DependencyUnavailable(`The turn queue was not used: ${why}.`),
  secrets: (why: string) => new DependencyUnavailable(`Secrets Manager was not asked: ${why}.`),
  comprehend: (why: string) => new DependencyUnavailable(`Comprehend was not asked: ${why}.`),
  events: (why: string) => new DependencyUnavailable(`The event bus was not used: ${why}.`),
} as const;

/**
 * A guard for one dependency: breaker, bulkhead, and the time limit of its clients' profile. Its state is that of this execution
 * environment, which serves one request at a time; locally, that of one worker.
 */
export function openGuard(dependency: keyof typeof REFUSALS, profile: Exclude<CallProfile, 'model'>): Guard {
  return guard({
    breaker: new CircuitBreaker(BREAKERS.service, now),
    bulkhead: new Bulkhead(BULKHEAD_CALLS),
    limitMilliseconds: longestCall(profile),
    wait,
    isFault: isServiceFault,
    refusal: REFUSALS[dependency],
  });
}

/** The order system behind a guard of its own: whatever it fails with is its fault, and a question for an unknown order is no failure. */
export function guardOrders(orders: OrderReader): OrderReader {
  const guarded = guard({
    breaker: new CircuitBreaker(BREAKERS.service, now),
    bulkhead: new Bulkhead(BULKHEAD_CALLS),
    limitMilliseconds: ORDER_MILLISECONDS,
    wait,
    isFault: () => true,
    refusal: (why) => new DependencyUnavailable(`The order system was not asked: ${why}.`),
  });
  return { find: (query) => guarded(() => orders.find(query)) };
}

/** A model behind a guard of its own. */
export function guardModel(model: Model): Model {
  return guardedModel(model, { breaker: new CircuitBreaker(BREAKERS.model, now), bulkhead: new Bulkhead(BULKHEAD_CALLS), now, isFault: isServiceFault, silentMilliseconds: SILENT_MODEL_MILLISECONDS });
}
