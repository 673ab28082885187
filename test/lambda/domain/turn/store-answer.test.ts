import { describe, expect, it } from 'vitest';
import type { CommitWrite } from '../../../../lambda/domain/conversation/ports.ts';
import { WriteRefused } from '../../../../lambda/domain/errors.ts';
import { finishTurn } from '../../../../lambda/domain/turn/finish-turn.ts';
import { fakeModel, type ModelStep } from '../../../support/fakes/ports.ts';
import { send, sendForEnd, SETTINGS, world, type World } from '../../../support/fakes/turn.ts';

const RETURN = 'How long may I return something?';
const QUOTE = 'You may return an item within 30 days.';
const SCRIPT: readonly ModelStep[] = [{ text: 'A whole month [1].' }, { end: 'complete' }];

/** A world whose store never takes what `refuses` says. */
async function refusing(refuses: (write: CommitWrite) => boolean, script = SCRIPT): Promise<World & { readonly refused: () => number }> {
  const around = await world({ model: (time) => fakeModel(time, script) });
  let refused = 0;
  const commit = around.store.commit.bind(around.store);
  around.store.commit = async (write) => {
    if (!refuses(write)) return commit(write);
    refused += 1;
    throw new WriteRefused('too large');
  };
  return Object.assign(around, { refused: () => refused });
}
const byModel = ({ explanation }: CommitWrite): boolean => explanation?.model === 'model-x';
const answers = ({ status }: CommitWrite): boolean => status === 'answered';

describe('an answer that the store will never take', () => {
  it.each(['json', 'stream'] as const)('is replaced by the quoted one, at once, and the next message is answered (%s)', async (mode) => {
    const around = await refusing(byModel);
    expect((await send(around, RETURN, { mode })).at(-1)).toMatchObject({ type: 'done', status: 200, response: { reply: { kind: 'answer', text: QUOTE } } });
    // What the model used is booked.
    expect(around.store.turns.get('c1/1')).toMatchObject({ status: 'answered', explanation: { model: 'extractive', modelFailed: true, rule: 'cited-passage', inputTokens: 100, outputTokens: 20, costMicroUsd: 360 } });
    expect(around.refused()).toBe(1);
    expect(await sendForEnd(around, 'hello')).toMatchObject({ status: 200 });
  });

  it('fails the turn when the quoted one is refused too: the visitor is told, and the conversation goes on', async () => {
    const around = await refusing((write) => answers(write) && write.claim.turn === 1);
    expect(await sendForEnd(around, RETURN)).toMatchObject({ status: 200, response: { turn: 1, state: 'bot', reply: { kind: 'fallback', text: expect.stringContaining(SETTINGS.humanContact) } } });
    expect(around.store.turns.get('c1/1')).toMatchObject({ status: 'failed', explanation: { rule: 'given-up' } });
    expect(around.store.events.at(-1)).toMatchObject({ type: 'turn.failed', detail: { reason: 'WriteRefused' } });
    expect(around.refused()).toBe(2);
    expect(await sendForEnd(around, 'hello')).toMatchObject({ status: 200 });
    // A repeat hears the same.
    expect(await sendForEnd(around, RETURN)).toMatchObject({ response: { turn: 1, reply: { kind: 'fallback' } } });
  });

  it.each([
    ['is quoted by the worker', byModel, 'answered', { kind: 'answer', text: QUOTE }],
    ['is given up by the worker', answers, 'failed', { kind: 'fallback' }],
  ] as const)('%s, with its first delivery', async (_name, refuses, outcome, reply) => {
    const around = await refusing(refuses, [{ text: 'A whole month [1].', after: 3_000 }, { end: 'complete' }]);
    await send(around, RETURN);
    expect(await around.time.run(finishTurn(around.deps, { conversationId: 'c1', turn: 1, subject: 's1' }, { deadline: around.time.now() + 60_000, lastAttempt: false }))).toBe(outcome);
    expect(await sendForEnd(around, RETURN)).toMatchObject({ status: 200, response: { reply } });
  });

  it('is told as a fault when even the failure is refused', async () => {
    const around = await refusing(() => true);
    await expect(send(around, RETURN)).rejects.toBeInstanceOf(WriteRefused);
  });
});
