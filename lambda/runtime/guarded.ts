import type { Model, ModelChunk, ModelRequest } from '../domain/answer/ports.ts';
import type { Bulkhead } from '../domain/resilience/bulkhead.ts';
import type { CircuitBreaker } from '../domain/resilience/breaker.ts';
import type { Guard } from '../domain/resilience/guard.ts';
import { ModelUnavailable } from '../domain/errors.ts';

/** A port all of whose members are calls. */
type Calls<P> = { readonly [K in keyof P]: (...inputs: never[]) => Promise<unknown> };

/**
 * The same port with every call behind a guard. For ports that ask their dependency each time; what keeps answers for a while (keys,
 * secrets) has its guard inside, where the dependency is really called, so that kept answers need no leave and prove nothing.
 * @param port an object literal: members of a class would not be found
 * @throws TypeError when it is none
 */
export function guarded<P extends Calls<P>>(port: P, guard: Guard): P {
  const calls = Object.entries<(...inputs: never[]) => Promise<unknown>>(literal(port));
  return Object.fromEntries(calls.map(([name, call]) => [name, (...inputs: never[]) => guard(() => call.apply(port, inputs))])) as unknown as P;
}

/** What guards a model. */
export interface ModelGuard {
  readonly breaker: CircuitBreaker;
  readonly bulkhead: Bulkhead;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly isFault: (error: unknown) => boolean;
  /** Milliseconds of silence that count as a failure when the turn calls the reply off. */
  readonly silentMilliseconds: number;
}

/**
 * The same model behind a breaker and a bulkhead; its time is the turn's to limit, by the request's signal. A reply that the turn calls
 * off says nothing about the model, unless nothing at all had come for a long time.
 */
export function guardedModel(model: Model, options: ModelGuard): Model {
  return { ...literal(model), stream: (request) => guardedStream(model, request, options) };
}

async function* guardedStream(model: Model, request: ModelRequest, { breaker, bulkhead, now, isFault, silentMilliseconds }: ModelGuard): AsyncGenerator<ModelChunk> {
  const leave = bulkhead.enter();
  if (leave === undefined) throw new ModelUnavailable('The model was not asked: as many calls as allowed are under way.', { mayHaveUsed: false });
  const permit = breaker.acquire();
  if (permit === undefined) {
    leave();
    throw new ModelUnavailable('The model was not asked: it failed too often just now, and is left alone for some seconds.', { mayHaveUsed: false });
  }
  const since = now();
  let silent = true;
  /** The turn does not wait any longer: only a long silence says something. */
  const calledOff = (): void => (silent && now() - since >= silentMilliseconds ? permit.failed() : permit.unknown());
  try {
    for await (const chunk of model.stream(request)) {
      silent = false;
      yield chunk;
    }
    if (request.signal.aborted) calledOff();
    else permit.succeeded();
  } catch (error) {
    if (request.signal.aborted) calledOff();
    else if (isFault(error)) permit.failed();
    else permit.succeeded();
    throw error;
  } finally {
    // Reached without a word when the reader left: `unknown` after another word is not heard.
    if (silent) calledOff();
    else permit.unknown();
    leave();
  }
}

function literal<P extends object>(port: P): P {
  if (Object.getPrototypeOf(port) !== Object.prototype) throw new TypeError('Only a port that is an object literal can be guarded: the methods of a class are not its own.');
  return port;
}
