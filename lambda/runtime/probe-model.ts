import type { Model } from '../domain/answer/ports.ts';

/**
 * Errors that no later call mends: no right to the model, its guardrail or their keys, a wrong id or setting, a model that is not there, a
 * key that is missing or refused.
 */
const REFUSALS: ReadonlySet<string> = new Set(['AccessDeniedException', 'ValidationException', 'ResourceNotFoundException', 'EndpointRefused']);

/**
 * Asks a model one question, to find out whether it may be asked at all. A model that is slow, throttled or down passes: turns are answered
 * without it then, and it is no fault of a release.
 * @throws ModelUnavailable when the call was refused
 */
export async function probeModel(model: Model, signal: AbortSignal): Promise<void> {
  try {
    // To the end: a stream may be refused after it has begun. What it says does not matter.
    for await (const _ of model.stream({ question: 'Is this a test?', history: [], passages: [], locale: 'en', signal })) continue;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Error && REFUSALS.has(error.cause.name)) throw error;
  }
}
