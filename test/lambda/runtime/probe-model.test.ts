import { describe, expect, it } from 'vitest';
import { probeModel } from '../../../lambda/runtime/probe-model.ts';
import type { Model, ModelChunk, ModelRequest } from '../../../lambda/domain/answer/ports.ts';
import { ModelUnavailable } from '../../../lambda/domain/errors.ts';

const signal = new AbortController().signal;
const model = (stream: (request: ModelRequest) => AsyncIterable<ModelChunk>): Model => ({ id: 'm', promptVersion: 'p', maxTokens: 1, price: () => 0, stream });
const refused = (name: string, reason: Error = Object.assign(new Error('no'), { name })) => new ModelUnavailable(`The model gave no answer: ${name}.`, { cause: reason });

describe('a probe of the model', () => {
  it('asks one question without history or passages, and reads the answer to its end', async () => {
    const seen: ModelRequest[] = [];
    let ended = false;
    await probeModel(
      model(async function* (request) {
        seen.push(request);
        yield { type: 'text', text: 'Yes.' };
        ended = true;
      }),
      signal,
    );
    expect([seen.length, seen[0]?.history, seen[0]?.passages, seen[0]?.signal === signal, ended]).toEqual([1, [], [], true, true]);
  });

  it('throws a refusal that comes in the middle of the stream', async () => {
    const late = model(async function* () {
      yield { type: 'text', text: 'Ye' };
      throw refused('ValidationException');
    });
    await expect(probeModel(late, signal)).rejects.toBeInstanceOf(ModelUnavailable);
  });

  it.each(['AccessDeniedException', 'ResourceNotFoundException', 'EndpointRefused'])('throws what no later call mends: %s', async (name) => {
    const next = async (): Promise<never> => {
      throw refused(name);
    };
    await expect(probeModel(model(() => ({ [Symbol.asyncIterator]: () => ({ next }) })), signal)).rejects.toThrow(name);
  });

  it.each([refused('AbortError'), refused('TimeoutError'), refused('ThrottlingException'), refused('EndpointFailed'), refused('BrokenAnswer'), new ModelUnavailable('no cause'), new Error('AccessDeniedException')])('passes with a model that is only away: %s', async (error) => {
    const next = async (): Promise<never> => {
      throw error;
    };
    const away = model(() => ({ [Symbol.asyncIterator]: () => ({ next }) }));
    await expect(probeModel(away, signal)).resolves.toBeUndefined();
  });
});
