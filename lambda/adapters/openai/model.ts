import type { OpenAiCompatibleSettings } from '../../contracts/settings.ts';
import type { Model, ModelPrompt, ModelRequest } from '../../domain/answer/ports.ts';
import { microUsdOf } from '../../domain/answer/price.ts';
import { assumedUsage } from '../../domain/answer/token-budget.ts';
import { DependencyUnavailable, ModelUnavailable } from '../../domain/errors.ts';
import { abortable } from '../streams/abortable.ts';
import { completionChunks } from './chunks.ts';
import { eventData } from './event-data.ts';
import { EndpointFailure } from './failure.ts';
import { completionBody } from './request.ts';

/** The key that an endpoint asks for. */
export interface EndpointKey {
  /** The key as it is kept. @throws DependencyUnavailable */
  get(): Promise<string>;
  /** The key read anew, after it was refused; the same one when there is no newer. @throws DependencyUnavailable */
  refresh(): Promise<string>;
}

/** Options of {@link openAiCompatibleModel}. */
export interface OpenAiCompatibleOptions {
  readonly settings: OpenAiCompatibleSettings;
  /** Milliseconds for one call, a second try with a new key included. */
  readonly timeoutMilliseconds: number;
  /** @default - the endpoint is called without a key */
  readonly key?: EndpointKey;
  readonly promptVersion: string;
  readonly assemble: (request: ModelRequest) => ModelPrompt;
}

/**
 * A model behind any endpoint that speaks OpenAI's chat completions, streamed. Tools that it asks for are only passed on. A call is made
 * once, and once more with a newer key when the endpoint answers 401. Redirects are not followed: they would carry the conversation to
 * an address that nobody configured.
 */
export function openAiCompatibleModel(options: OpenAiCompatibleOptions): Model {
  const { settings } = options;
  const price = (inputTokens: number, outputTokens: number): number => microUsdOf(settings, inputTokens, outputTokens);
  return {
    id: settings.modelId,
    promptVersion: options.promptVersion,
    maxTokens: settings.maxTokens,
    price,
    async *stream(request) {
      // Ends the connection however the reply is left.
      const over = new AbortController();
      const signal = AbortSignal.any([request.signal, over.signal, AbortSignal.timeout(options.timeoutMilliseconds)]);
      try {
        const body = completionBody(settings, options.assemble(request), request.tools ?? [], request.rounds ?? []);
        const answer = await withKey(options.key, (key) => post(settings.baseUrl, JSON.stringify(body), key, signal));
        yield* completionChunks(eventData(abortable(answer, signal)), (reply) => assumedUsage(body, reply, settings.maxTokens));
      } catch (error) {
        const cause = inOwnWords(error, signal);
        throw new ModelUnavailable(`The model gave no answer: ${cause.name}.`, { cause, mayHaveUsed: cause.name !== 'EndpointRefused' });
      } finally {
        over.abort();
      }
    },
  };
}

type Answer = AsyncIterable<Uint8Array>;

/** Calls with the key that is known, and once more when it is refused and there is a newer one. */
async function withKey(keys: EndpointKey | undefined, call: (key: string | undefined) => Promise<Answer | 'unauthorized'>): Promise<Answer> {
  const key = await keys?.get();
  let answer = await call(key);
  if (answer === 'unauthorized' && keys !== undefined && key !== undefined) {
    const newer = await keys.refresh();
    if (newer !== key) answer = await call(newer);
  }
  if (answer === 'unauthorized') throw new EndpointFailure('EndpointRefused', 'The endpoint answered 401: its key is missing or wrong.');
  return answer;
}

async function post(baseUrl: string, body: string, key: string | undefined, signal: AbortSignal): Promise<Answer | 'unauthorized'> {
  const answer = await fetch(`${baseUrl.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'accept-encoding': 'identity', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body,
    redirect: 'manual',
    signal,
  });
  if (answer.ok && answer.body !== null && /^text\/event-stream\b/i.test(answer.headers.get('content-type') ?? '')) return answer.body;
  answer.body?.cancel().catch(() => undefined);
  if (answer.status === 401) return 'unauthorized';
  if (answer.ok) throw new EndpointFailure('BrokenAnswer', 'The endpoint did not answer with a stream of events.');
  // 408, 429 and what begins with 5 may pass; everything else (redirects too) is a setting that somebody must change.
  const passes = answer.status >= 500 || answer.status === 408 || answer.status === 429;
  throw new EndpointFailure(passes ? 'EndpointFailed' : 'EndpointRefused', `The endpoint answered ${answer.status}.`);
}

/** Any failure as one that holds nothing but our own words. */
function inOwnWords(error: unknown, signal: AbortSignal): Error {
  if (error instanceof EndpointFailure) return error;
  if (signal.aborted) return Object.assign(new Error('The call was given up, or took too long.'), { name: signal.reason instanceof Error && signal.reason.name === 'TimeoutError' ? 'TimeoutError' : 'AbortError' });
  // Its name tells a missing right or value from a Secrets Manager that is away.
  if (error instanceof DependencyUnavailable) return Object.assign(new Error('The key of the endpoint could not be read.'), { name: error.cause instanceof Error ? error.cause.name : error.name });
  if (error instanceof TypeError) return new EndpointFailure('EndpointFailed', 'The endpoint could not be reached, or the connection broke.');
  return new EndpointFailure('EndpointFailed', 'The call failed before it was answered.');
}
