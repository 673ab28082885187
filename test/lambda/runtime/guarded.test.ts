import { describe, expect, it } from 'vitest';
import type { Model, ModelChunk } from '../../../lambda/domain/answer/ports.ts';
import { ModelUnavailable } from '../../../lambda/domain/errors.ts';
import { Bulkhead } from '../../../lambda/domain/resilience/bulkhead.ts';
import { CircuitBreaker } from '../../../lambda/domain/resilience/breaker.ts';
import { unguarded } from '../../../lambda/domain/resilience/guard.ts';
import { guarded, guardedModel } from '../../../lambda/runtime/guarded.ts';
import { fakeModel } from '../../support/fakes/ports.ts';
import { fakeTime } from '../../support/fakes/time.ts';

describe('a guarded port', () => {
  it('passes every call through its guard, with what it was given', async () => {
    const calls: string[] = [];
    const port = { add: async (one: number, other: number) => one + other, name: async () => 'port' };
    const behind = guarded(port, (call) => {
      calls.push('guard');
      return call();
    });
    expect([await behind.add(2, 3), await behind.name(), calls.length]).toEqual([5, 'port', 2]);
  });

  it('cannot be an instance of a class, whose methods would be lost', () => {
    class Port {
      async read(): Promise<number> {
        return 1;
      }
    }
    expect(() => guarded(new Port(), unguarded)).toThrow('object literal');
  });
});

const REQUEST = { question: 'q', history: [], passages: [], locale: 'en' };

function guardedOnce(model: Model, now: () => number = () => 0) {
  const breaker = new CircuitBreaker({ windowMilliseconds: 60_000, minimumCalls: 1, failureShare: 1, openMilliseconds: 1_000 }, now);
  const bulkhead = new Bulkhead(1);
  const behind = guardedModel(model, { breaker, bulkhead, now, isFault: (error) => error instanceof ModelUnavailable && error.message !== 'refused', silentMilliseconds: 5_000 });
  return { behind, breaker, bulkhead };
}

async function read(model: Model, signal = new AbortController().signal): Promise<ModelChunk[]> {
  const chunks: ModelChunk[] = [];
  for await (const chunk of model.stream({ ...REQUEST, signal })) chunks.push(chunk);
  return chunks;
}

describe('a guarded model', () => {
  const time = fakeTime();
  const failing = (message: string): Model => ({
    ...fakeModel(time, []),
    // oxlint-disable-next-line require-yield -- it fails before its first word
    async *stream() {
      throw new ModelUnavailable(message);
    },
  });

  it('streams what the model streams, and keeps its figures', async () => {
    const model = fakeModel(time, [{ text: 'a' }, { text: 'b' }, { end: 'complete' }]);
    const { behind, breaker, bulkhead } = guardedOnce(model);
    expect(await read(behind)).toEqual(await read(model));
    expect([behind.id, behind.maxTokens, behind.price(1, 1), breaker.state, bulkhead.busy]).toEqual([model.id, model.maxTokens, model.price(1, 1), 'closed', 0]);
  });

  it('is not asked while its breaker is open, and says so as the model would', async () => {
    const { behind, breaker } = guardedOnce(failing('down'));
    await expect(read(behind)).rejects.toThrow('down');
    expect(breaker.state).toBe('open');
    await expect(read(behind)).rejects.toBeInstanceOf(ModelUnavailable);
    await expect(read(behind)).rejects.toThrow('left alone');
  });

  it('counts no refusal of one call', async () => {
    const { behind, breaker } = guardedOnce(failing('refused'));
    await expect(read(behind)).rejects.toThrow('refused');
    expect(breaker.state).toBe('closed');
  });

  it('is asked by one caller a place', async () => {
    const { behind, bulkhead } = guardedOnce(fakeModel(time, [{ text: 'a' }, { end: 'complete' }]));
    const first = behind.stream({ ...REQUEST, signal: new AbortController().signal })[Symbol.asyncIterator]();
    await first.next();
    await expect(read(behind)).rejects.toThrow('under way');
    await first.return?.();
    expect(bulkhead.busy).toBe(0);
  });

  it('is judged by silence only when the turn waited long enough for a first word', async () => {
    for (const { waits, says, state } of [{ waits: 1_700, says: [], state: 'closed' }, { waits: 6_000, says: [], state: 'open' }, { waits: 6_000, says: [{ text: 'a' }], state: 'closed' }] as const) {
      const own = fakeTime();
      const { behind, breaker } = guardedOnce(fakeModel(own, [...says, { after: 60_000, text: 'late' }, { end: 'complete' }]), own.now);
      const stop = new AbortController();
      const reading = read(behind, stop.signal).catch(() => []);
      void own.wait(waits).then(() => stop.abort());
      await own.run(reading);
      expect(breaker.state).toBe(state);
    }
  });
});
