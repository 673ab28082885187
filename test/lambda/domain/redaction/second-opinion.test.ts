import { describe, expect, it } from 'vitest';
import { OPINION_MILLISECONDS, secondOpinions, withSecondOpinion, type Opinion } from '../../../../lambda/domain/redaction/second-opinion.ts';
import { fakeTime } from '../../../support/fakes/time.ts';

const opinion = (start: number, end: number, score = 0.99): Opinion => ({ kind: 'name', start, end, score });

describe('a second opinion', () => {
  it('adds what is possible and leaves out what lies', () => {
    const text = 'Jane met jo@mail.example';
    const local = [{ kind: 'email', start: 9, end: 24, value: 'jo@mail.example', canonical: 'jo@mail.example' }] as const;
    const lies = [opinion(-1, 4), opinion(5, 900), opinion(4, 4), opinion(0.5, 3), opinion(Number.NaN, 4), opinion(10, 12), opinion(5, 8, 0.3), opinion(5, 8, 7), opinion(4, 5)];
    expect(withSecondOpinion(text, local, [...lies, opinion(0, 4)], 0.8).map(({ kind, value }) => [kind, value])).toEqual([['name', 'Jane'], ['email', 'jo@mail.example']]);
    expect(withSecondOpinion(text, local, lies, 0.8)).toEqual(local);
  });

  it('asks for neighbours together, and gives each text its own', async () => {
    const asked: string[] = [];
    const open = async () => ({ ask: async (text: string) => (asked.push(text), [opinion(0, 2), opinion(4, 6), opinion(1, 5)]) });
    expect(await secondOpinions({ open, wait: () => new Promise(() => undefined) }, ['ab', 'cd'], 'en')).toEqual([[opinion(0, 2)], [opinion(0, 2)]]);
    expect(asked).toEqual(['ab\n\ncd']);
    expect(await secondOpinions({ open, wait: () => new Promise(() => undefined) }, ['a'.repeat(15_000), 'b'.repeat(15_000)], 'en')).toHaveLength(2);
    expect(asked).toHaveLength(3);
  });

  it('is not waited for longer than a second', async () => {
    const time = fakeTime();
    const begin = time.now();
    const signals: AbortSignal[] = [];
    const open = async () => ({ ask: (_text: string, _locale: string, signal: AbortSignal) => (signals.push(signal), new Promise<readonly Opinion[]>(() => undefined)) });
    expect(await time.run(secondOpinions({ open, wait: time.wait }, ['ab'], 'en'))).toEqual([undefined]);
    expect(time.now() - begin).toBe(OPINION_MILLISECONDS);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('that fails, or cannot be opened, changes nothing', async () => {
    const wait = () => new Promise<void>(() => undefined);
    expect(await secondOpinions({ open: async () => ({ ask: () => Promise.reject(new Error('dead')) }), wait }, ['ab'], 'en')).toEqual([undefined]);
    expect(await secondOpinions({ open: () => Promise.reject(new Error('not there')), wait }, ['ab'], 'en')).toEqual([undefined]);
  });
});
