import { describe, expect, it } from 'vitest';
import type { Decided } from '../../../../lambda/domain/answer/extractive.ts';
import { ModelUnavailable } from '../../../../lambda/domain/errors.ts';
import { CUT_RULE, MOST_CALLS, replyByModel } from '../../../../lambda/domain/answer/model-reply.ts';
import { mostUsed } from '../../../../lambda/domain/answer/outcome.ts';
import type { Model, ModelChunk, ModelRequest, ToolUse } from '../../../../lambda/domain/answer/ports.ts';
import { NO_ANSWER } from '../../../../lambda/domain/answer/prompt.ts';
import { longestReply } from '../../../../lambda/domain/answer/reply-length.ts';
import type { Passage } from '../../../../lambda/domain/knowledge/types.ts';
import type { Toolbox } from '../../../../lambda/domain/tools/types.ts';

const passage = (id: string, text: string): Passage => ({ id: `${id}#1`, articleId: id, title: id, section: '', useCase: 'returns', locale: 'en', date: '2026-01-02', text });
const RETURNS = passage('returns', 'You may return an item within 30 days.');
const ORDER = passage('order-OM-40917725', 'Order OM-40917725: shipped on 2026-11-08.');
const decided: Decided = { reply: { kind: 'answer', text: RETURNS.text, sources: [] }, useCase: 'returns', score: 0.5, rule: 'cited-passage', passages: [{ passage: RETURNS, score: 0.5, coverage: 1 }] };

type Step = string | Error | ModelChunk;
const end = (stopReason: 'complete' | 'length' | 'guardrail' | 'tool' = 'complete'): ModelChunk => ({ type: 'end', inputTokens: 100, outputTokens: 20, stopReason });
const wish = (id: string, name = 'get_order_status', input = '{"orderNumber":"OM-40917725"}'): ModelChunk => ({ type: 'tool', use: { id, name, input } });

/** A model with a script for each of its calls. */
function scripted(...calls: Step[][]): Model & { readonly requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  return {
    requests,
    id: 'model-x',
    promptVersion: 'p1',
    maxTokens: 200,
    price: (input, output) => input * 2 + output * 8,
    async *stream(request): AsyncGenerator<ModelChunk> {
      requests.push(request);
      for (const step of calls[requests.length - 1] ?? []) {
        if (step instanceof Error) throw step;
        yield typeof step === 'string' ? { type: 'text', text: step } : step;
      }
    },
  };
}

function toolbox(): Toolbox & { readonly used: ToolUse[] } {
  const used: ToolUse[] = [];
  return {
    used,
    specs: [{ name: 'get_order_status', description: 'Status of an order.', inputSchema: { type: 'object' } }],
    use: async (use) => {
      used.push(use);
      return use.name === 'get_order_status' ? { result: ORDER.text, called: true, evidence: ORDER } : { result: 'There is no such tool.', called: false };
    },
  };
}

async function reply(model: Model, tools?: Toolbox, signal = new AbortController().signal) {
  const shown: string[] = [];
  const outcome = await replyByModel({ model, text: 'Where is my order OM-40917725?', locale: 'en', history: [], decided, humanContact: 'Call us.', signal, onText: (text) => shown.push(text), ...(tools !== undefined && { tools }) });
  return { outcome, shown: shown.join('') };
}

describe('tools of a model', () => {
  it('gives what a tool gave back, as a source that can be cited, and sums what both calls used', async () => {
    const model = scripted(['Let me look that up. ', wish('t1'), end('tool')], ['It was shipped on 8 November 2026 [2]. ', end()]);
    const tools = toolbox();
    const { outcome, shown } = await reply(model, tools);
    expect(outcome).toMatchObject({ model: 'model-x', modelFailed: false, inputTokens: 200, outputTokens: 40, costMicroUsd: 720 });
    expect(outcome.decided.reply).toEqual({ kind: 'answer', text: 'It was shipped on 8 November 2026.', sources: [{ id: 'order-OM-40917725', title: 'order-OM-40917725', date: '2026-01-02' }] });
    expect(shown.trim()).toBe('It was shipped on 8 November 2026.');
    expect(model.requests[0]).toMatchObject({ tools: tools.specs });
    expect(model.requests[0]).not.toHaveProperty('rounds');
    expect(model.requests[1]?.rounds).toEqual([{ use: tools.used[0], result: `Document [2]: ${ORDER.text}` }]);
  });

  it('takes two wishes a round, two rounds, each id once, and then offers none', async () => {
    const model = scripted([wish('a'), wish('a'), wish('b'), wish('c'), end('tool')], [wish('d'), end('tool')], [wish('e'), 'Thirty days [1]. ', end()]);
    const tools = toolbox();
    const { outcome } = await reply(model, tools);
    expect(tools.used.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(model.requests).toHaveLength(MOST_CALLS);
    expect(model.requests[2]).not.toHaveProperty('tools');
    expect(outcome.decided.reply).toMatchObject({ text: 'Thirty days.' });
  });

  it('quotes when a model goes on asking', async () => {
    const { outcome } = await reply(scripted([wish('a'), end('tool')], [wish('b'), end('tool')], [wish('c'), end('tool')]), toolbox());
    expect(outcome).toMatchObject({ modelFailed: true, decided, inputTokens: 300 });
  });

  it('passes over a wish when there are no tools', async () => {
    const { outcome } = await reply(scripted([wish('a'), 'Thirty days [1]. ', end()]));
    expect(outcome.decided.reply).toMatchObject({ text: 'Thirty days.' });
    expect((await reply(scripted([wish('a'), end('tool')]))).outcome).toMatchObject({ modelFailed: true, decided });
  });

  it('offers none when the conversation has none', async () => {
    const model = scripted(['Thirty days [1]. ', end()]);
    await reply(model, { ...toolbox(), specs: [] });
    expect(model.requests[0]).not.toHaveProperty('tools');
  });

  it('goes on when a tool throws', async () => {
    const tools: Toolbox = { ...toolbox(), use: async () => Promise.reject(new Error('down')) };
    const model = scripted([wish('a'), end('tool')], ['Thirty days [1]. ', end()]);
    expect((await reply(model, tools)).outcome.decided.reply).toMatchObject({ text: 'Thirty days.' });
    expect(model.requests[1]?.rounds?.[0]?.result).toBe('This cannot be looked up now.');
  });
});

describe('a reply without an end', () => {
  const SENTENCE = 'Thirty days [1]. ';
  /** Says the same for ever, in pieces that do not end with sentences; tells whether it was left. */
  const endless = (text: string, pieceLength = 7): Model & { readonly said: () => number; readonly left: () => boolean } => {
    let said = 0;
    let left = false;
    return {
      ...scripted(),
      said: () => said,
      left: () => left,
      async *stream(): AsyncGenerator<ModelChunk> {
        try {
          for (;;) {
            said += pieceLength;
            yield { type: 'text', text: text.repeat(Math.ceil(pieceLength / text.length) + 1).slice((said - pieceLength) % text.length).slice(0, pieceLength) };
          }
        } finally {
          left = true;
        }
      },
    };
  };
  const worst = mostUsed(scripted(), { question: 'Where is my order OM-40917725?', history: [], passages: decided.passages, locale: 'en' });

  it.each([1, 7, 100_000])('is ended where no reply is longer, in pieces of %i: its whole sentences are the answer, and its worst case is booked', async (pieceLength) => {
    const model = endless(SENTENCE, pieceLength);
    const { outcome, shown } = await reply(model);
    expect(outcome).toMatchObject({ model: 'model-x', modelFailed: false, ...worst });
    expect(outcome.decided).toMatchObject({ rule: CUT_RULE, reply: { kind: 'answer', sources: [{ id: 'returns' }] } });
    expect(outcome.decided.reply.text).toMatch(/^(?:Thirty days\. )+Thirty days\.$/);
    expect(shown.length).toBeLessThanOrEqual(longestReply(model));
    expect(shown.startsWith(outcome.decided.reply.text)).toBe(true);
    expect([model.said() <= longestReply(model) + pieceLength, model.left()]).toEqual([true, true]);
  });

  it.each([
    ['without a sentence', 'you may '],
    ['of white space', ' \n'],
    ['of what is never shown', '<b>'],
  ])('%s gives the quoted answer', async (_name, text) => {
    const model = endless(text, 50);
    expect((await reply(model)).outcome).toMatchObject({ modelFailed: true, decided, ...worst });
    expect(model.left()).toBe(true);
  });

  it('behind the word for no answer is none', async () => {
    const model = scripted([NO_ANSWER, ...Array.from({ length: 400 }, () => ' and more of it')]);
    expect((await reply(model)).outcome).toMatchObject({ modelFailed: false, decided: { rule: 'model-found-no-answer' } });
  });

  it('behind a wish for a tool gives the quoted answer', async () => {
    expect((await reply(scripted([wish('a'), ...Array.from({ length: 400 }, () => SENTENCE)]), toolbox())).outcome).toMatchObject({ modelFailed: true, decided });
  });

  it('of exactly the longest length is whole', async () => {
    const text = SENTENCE.repeat(80).slice(0, longestReply({ maxTokens: 200 }));
    expect((await reply(scripted([text, end()]))).outcome.decided.rule).toBe('model-on-passages');
    expect((await reply(scripted([text, '.', end()]))).outcome.decided.rule).toBe(CUT_RULE);
  });
});

describe('what a call that failed used', () => {
  /** What the question of `reply` uses at most. */
  const worst = mostUsed(scripted(), { question: 'Where is my order OM-40917725?', history: [], passages: decided.passages, locale: 'en' });

  it.each<[string, Step[]]>([
    ['that broke', ['Thirty ', new Error('broken')]],
    ['that ended without an end', ['Thirty days [1]. ']],
    ['that the gate stopped', ['You get 900 euros. ', 'More. ', end()]],
  ])('is the worst case of one %s', async (_name, script) => {
    const { outcome } = await reply(scripted(script));
    expect(outcome).toMatchObject({ ...worst, modelFailed: true, decided });
  });

  it('is what was reported, when it was', async () => {
    expect((await reply(scripted(['Thirty ', end('guardrail')]))).outcome).toMatchObject({ inputTokens: 100, outputTokens: 20, costMicroUsd: 360, modelFailed: true });
    expect((await reply(scripted(['Thirty days. ', end('complete'), new Error('late')]))).outcome).toMatchObject({ inputTokens: 100, modelFailed: true });
  });

  it('is the worst case when the caller stops it', async () => {
    const stop = new AbortController();
    const model = scripted(['Thirty days [1]. ', end()]);
    const pending = reply(model, undefined, stop.signal);
    stop.abort();
    expect((await pending).outcome).toMatchObject({ ...worst, modelFailed: true });
  });

  it('is nothing when the model never saw it', async () => {
    const { outcome } = await reply(scripted([new ModelUnavailable('left alone', { mayHaveUsed: false })]));
    expect(outcome).toMatchObject({ inputTokens: 0, outputTokens: 0, costMicroUsd: 0, modelFailed: true });
  });

  it('adds the rounds before it', async () => {
    const { outcome } = await reply(scripted([wish('a'), end('tool')], [new Error('broken')]), toolbox());
    expect(outcome.outputTokens).toBe(220);
    expect(outcome.inputTokens).toBeGreaterThan(100 + worst.inputTokens);
  });

  it('can be had for calls that nobody waits for', () => {
    const one = { question: 'a'.repeat(300), history: [], passages: decided.passages, locale: 'en' };
    const [short, long, thrice] = [mostUsed(scripted(), { ...one, question: '' }), mostUsed(scripted(), one), mostUsed(scripted(), one, 3)];
    expect(long.inputTokens - short.inputTokens).toBe(100);
    expect([long.outputTokens, long.costMicroUsd]).toEqual([200, 2 * long.inputTokens + 8 * 200]);
    expect(thrice).toEqual({ inputTokens: 3 * long.inputTokens, outputTokens: 600, costMicroUsd: 3 * long.costMicroUsd });
  });
});
