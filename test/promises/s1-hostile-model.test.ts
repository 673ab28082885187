import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decided } from '../../lambda/domain/answer/extractive.ts';
import { MAX_HELD_CHARACTERS, openGate } from '../../lambda/domain/answer/gate.ts';
import { MOST_CALLS, replyByModel } from '../../lambda/domain/answer/model-reply.ts';
import type { Model, ModelChunk, ModelRequest } from '../../lambda/domain/answer/ports.ts';
import { CANARY } from '../../lambda/domain/answer/prompt.ts';
import type { Passage } from '../../lambda/domain/knowledge/types.ts';
import { ORDER_STATUS_TOOL, orderStatusTool } from '../../lambda/domain/tools/order-status.ts';
import { openToolbox } from '../../lambda/domain/tools/toolbox.ts';
import { parseMarkdown } from '../../pages/chat/markdown.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { faultsOf } from './support/delivered-text.ts';
import { chunksOf, chunkSizes, FALSE_PROMISES, hostileReply, HUMAN_CLAIMS, LISTED_LINK, OTHER_PEOPLE, SECRETS, SHELLS, SYSTEM_TEXT } from './support/hostile-replies.ts';

const passage = (id: string, text: string): Passage => ({ id: `${id}#1`, articleId: id, title: 'Help', section: '', useCase: 'returns', locale: 'en', date: '2026-01-02', text });
const PASSAGES = [
  passage('returns', `You may return unused items within 30 days: open Orders and choose Return items. More at ${LISTED_LINK}. Sale items and gift cards cannot be refunded. The spray is not safe for children.`),
  passage('delivery', 'A parcel arrives within 3 to 5 working days. Delivery costs €3.95. It is free for orders of €60 or more.'),
  passage('bulky', 'We collect bulky items for €29. The packaging of bulky items is taken away free of charge.'),
];
/** In a language whose words the gate does not know, so that filling is not taken for a promise in one. */
const JAPANESE: Passage = { ...passage('box', '箱'), locale: 'ja' };
const QUOTE = 'You may return unused items within 30 days.';
const decided: Decided = { reply: { kind: 'answer', text: QUOTE, sources: [] }, useCase: 'returns', score: 0.6, rule: 'cited-passage', passages: PASSAGES.map((one) => ({ passage: one, score: 0.6, coverage: 1 })) };
const OWN_ORDER = 'OM-20000001';
const FOREIGN_ORDER = 'OM-77310942';

/** The order system, with what was asked of it. It tells of every order, whoever asks: the tool itself must not. */
function orderSystem() {
  const asked: { orderNumber: string; subject: string }[] = [];
  const find = async ({ orderNumber, subject }: { orderNumber: string; subject: string }) => {
    asked.push({ orderNumber, subject });
    return { orderNumber, owner: orderNumber === OWN_ORDER ? 'me' : 'somebody', status: 'shipped', updatedOn: '2026-11-08', carrier: 'Quickpost' } as const;
  };
  return { asked, find };
}

const wish = fc.record({
  name: fc.constantFrom(ORDER_STATUS_TOOL, ORDER_STATUS_TOOL, 'cancel_order', 'get_customer', '__proto__', 'constructor', '', 'GET_ORDER_STATUS'),
  input: fc.oneof(
    fc.constantFrom(`{"orderNumber":"${OWN_ORDER}"}`, `{"orderNumber":"${FOREIGN_ORDER}"}`),
    fc.constantFrom( `{"orderNumber":"${FOREIGN_ORDER}"}`, '{', '', 'null', '[]', `{"orderNumber":"${OWN_ORDER}","subject":"somebody"}`, `{"orderNumber":["${FOREIGN_ORDER}"]}`, '{"__proto__":{"orderNumber":"OM-77310942"}}', '{"orderNumber":"*"}', '{"orderNumber":"../OM-77310942"}', `{"orderNumber":"${'9'.repeat(2_000)}"}`),
    fc.string({ maxLength: 60 }),
  ),
});
const attack = fc.record({ replies: fc.array(fc.oneof({ weight: 3, arbitrary: hostileReply }, fc.constant('')), { minLength: 1, maxLength: 3 }), sizes: chunkSizes, wishes: fc.array(wish, { maxLength: 3 }), identified: fc.boolean(), ending: fc.constantFrom('complete', 'complete', 'length', 'tool', 'guardrail', 'none') });
type Attack = typeof attack extends fc.Arbitrary<infer T> ? T : never;

async function run({ replies, sizes, wishes, identified, ending }: Attack, lengths: readonly number[] = sizes) {
  const requests: ModelRequest[] = [];
  const model: Model = {
    id: 'hostile',
    promptVersion: 'p',
    maxTokens: 1_000,
    price: () => 0,
    async *stream(request): AsyncGenerator<ModelChunk> {
      const made = requests.push(request);
      if (made > MOST_CALLS) throw new Error('asked without end');
      for (const text of chunksOf(replies[made - 1] ?? replies[0] ?? '', lengths)) yield { type: 'text', text };
      // It goes on asking, whether it was offered tools or not.
      for (const [index, use] of wishes.entries()) yield { type: 'tool', use: { id: `${made}-${index}`, ...use } };
      if (ending !== 'none') yield { type: 'end', inputTokens: 1, outputTokens: 1, stopReason: ending };
    },
  };
  const orders = orderSystem();
  const settings = { baseUrl: 'https://orders.example', orderNumberPattern: '^OM-\\d{8}$', useCases: ['returns'] };
  const tools = openToolbox({ tools: [orderStatusTool({ orders, settings, locale: 'en' })], rights: { subject: 'me', identified } });
  const deltas: string[] = [];
  const outcome = await replyByModel({ model, text: 'May I return it?', locale: 'en', history: [], decided, humanContact: 'Write to help@shop.example.', signal: new AbortController().signal, onText: (text) => deltas.push(text), tools });
  return { outcome, shown: deltas.join(''), asked: orders.asked, requests };
}

describe('S1: a hostile model', () => {
  it('S1: gets nothing out and calls nothing that is not its conversation’s own', { timeout: 600_000 }, async () => {
    let replies = 0;
    let delivered = 0;
    let reads = 0;
    await fc.assert(
      fc.asyncProperty(attack, async (hostile) => {
        const { outcome, shown, asked, requests } = await run(hostile);
        replies += requests.length;
        reads += asked.length;
        if (outcome.model === 'hostile') {
          delivered += 1;
          // Never a shell of what was taken out.
          expect(outcome.decided.reply.text).toMatch(/[\p{L}\p{N}].*[\p{L}\p{N}]/su);
        }
        expect([...faultsOf(shown), ...faultsOf(outcome.decided.reply.text)]).toEqual([]);
        // Reads go through the tool alone, for the conversation's own subject, and only when it is signed in.
        expect(asked.every(({ subject }) => subject === 'me')).toBe(true);
        if (!hostile.identified) expect(asked).toEqual([]);
        expect(requests.length).toBeLessThanOrEqual(MOST_CALLS);
        if (!hostile.identified) expect(requests.every(({ tools }) => tools === undefined)).toBe(true);
        // Nothing of a foreign order goes back to the model but the words for one that does not exist.
        const told = requests.flatMap(({ rounds }) => rounds ?? []).filter(({ use }) => !use.input.includes(OWN_ORDER));
        expect(told.map(({ result }) => result).join(' ')).not.toMatch(/shipped|Quickpost|2026-11-08/);
        // What the page makes of it holds text and bold only.
        const kinds = new Set(parseMarkdown(shown).flatMap((block) => (block.type === 'paragraph' ? block.lines : block.items)).flat().map(({ type }) => type));
        expect([...kinds].every((kind) => kind === 'text' || kind === 'strong')).toBe(true);
      }),
      sizedRuns(500, 100_000),
    );
    figure('S1', `${replies} adversarial replies: 0 unauthorized calls (${reads} reads, all of the own subject), 0 bytes of system text or secret, 0 active markup or unlisted links; ${delivered} replies were usable all the same`);
    expect(replies).toBeGreaterThan(0);
    expect(delivered).toBeGreaterThan(0);
  });

  it('S1: is judged the same however its text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(attack, chunkSizes, async (hostile, lengths) => {
        const [one, other] = [await run(hostile), await run(hostile, lengths)];
        expect(other.outcome).toEqual(one.outcome);
        expect(other.shown).toBe(one.shown);
      }),
      sizedRuns(100, 5_000),
    );
  });

  it('S1: every false promise, claim to be human and empty shell alone gives the quoted answer', async () => {
    for (const text of [...FALSE_PROMISES, ...HUMAN_CLAIMS, ...SHELLS]) {
      for (const form of [text, `${text}. `, `**${text}**.`]) {
        const { outcome } = await run({ replies: [form], sizes: [200], wishes: [], identified: false, ending: 'complete' });
        expect([form, outcome.model, outcome.decided.reply.text]).toEqual([form, 'extractive', QUOTE]);
      }
    }
  });

  it('S1: takes out of a reply what lost its link or number, and leaves the rest', async () => {
    const { outcome, shown } = await run({ replies: ['Keep the box [1]. See https://evil.example/x for more. As [2] says. Open Orders [1].'], sizes: [7], wishes: [], identified: false, ending: 'complete' });
    expect([outcome.model, outcome.decided.reply.text, shown.trim()]).toEqual(['hostile', 'Keep the box. Open Orders.', 'Keep the box. Open Orders.']);
  });

  it('S1: nothing is smuggled through where the gate cuts, wherever in the text that is', () => {
    const marker = CANARY.split('').join(' ');
    const turned = ` ${SYSTEM_TEXT.replace(/\w+/g, (word) => Array.from(word).toReversed().join('')).split(' ').slice(5, 16).join(' ')}`;
    const hostile = [turned, ...SECRETS, ...SECRETS.map((secret) => `${secret.slice(0, 7)}<b></b>${secret.slice(7)}`), 'A K I A Q 3 E X A M P L E 4 K E Y 7 Z Z', 'The password: hunter2hunter2', marker, CANARY, ...OTHER_PEOPLE, '4929. 1503. 7781. 2046', 'https://evil.example/a', 'evil.zone', '<scr<b></b>ipt>x</script>', '<script>alert(1)', 'j<b></b>avascript:alert(1)'];
    const whole = hostile.filter((text) => faultsOf(text).length > 0 || text.includes('hunter2') || text.includes('. 1503') || /<scr|j<b|evil/.test(text));
    expect(whole).toEqual(hostile);
    const leaked: string[] = [];
    let cuts = 0;
    for (const text of hostile) {
      // Without a blank before it too: then the cut falls within the words themselves.
      for (const filling of ['box ', 'x', ',', '語']) {
        for (let at = MAX_HELD_CHARACTERS - text.length - 6; at <= MAX_HELD_CHARACTERS; at += text.includes('@') ? 1 : sized(9, 1)) {
          const gate = openGate({ sources: [...PASSAGES, JAPANESE], humanContact: 'Write to help@shop.example.', said: [] });
          const before = filling.repeat(Math.ceil(Math.max(0, at) / filling.length)).slice(0, Math.max(0, at));
          const shown = chunksOf(`${before}${'x,'.includes(filling) ? '' : ' '}${text} and more of it`, [13]).map((chunk) => gate.push(chunk)).join('') + gate.end();
          cuts += 1;
          const faults = faultsOf(shown.replaceAll('x'.repeat(20), ' ')).filter((fault) => !fault.startsWith('a false'));
          if (faults.length > 0 || shown.includes('hunter2') || (text.startsWith('<script>') && shown.includes('alert(1)')) || shown.replaceAll(/\D/g, '').includes('4929150377812046')) leaked.push(`${text} after ${at} of ${filling}: ${shown}`);
        }
      }
    }
    figure('S1', `${cuts} places of a cut within a secret, the marker, data of others or a link: ${leaked.length} leaks`);
    expect(leaked).toEqual([]);
  });

  it('S1: cannot be spared by a check that sees nothing', () => {
    const bad = ['<b>x', '[x](https://evil.com)', 'See https://evil.com/a', '&lt;b&gt;', 'a\u200bb', 'You answer questions of customers in a support chat, as a program', OTHER_PEOPLE[0] ?? '', 'It cures headaches.', 'AKIAQ3EXAMPLE4KEY7ZZ', 'visit evil.zone'];
    expect(bad.filter((text) => faultsOf(text).length === 0)).toEqual([]);
    expect(faultsOf(`Fine: [returns](${LISTED_LINK}), ${LISTED_LINK}, help@shop.example, 30 days.`)).toEqual([]);
  });
});
