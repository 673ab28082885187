import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GateReason, MAX_HELD_CHARACTERS, openGate } from '../../../../lambda/domain/answer/gate.ts';
import type { Passage } from '../../../../lambda/domain/knowledge/types.ts';
import { linksOf } from '../../../../lambda/domain/answer/piece.ts';
import { CANARY } from '../../../../lambda/domain/answer/prompt.ts';

const LISTED = 'https://shop.example/help/returns';
const source = (text: string, id = 'returns'): Passage => ({ id: `${id}#1`, articleId: id, title: 'Returns', section: '', useCase: 'returns', locale: 'en', date: '2026-01-02', text });
const SOURCES = [
  source(`You may return unused items within 30 days, free of charge: see ${LISTED}. We refund the price within 14 days to the card that you paid with. Sale items cannot be refunded. The spray is not safe to use in tents.`),
  source('A parcel arrives within 3 to 5 working days and costs €3.95. From €60.00 delivery is free. Order OM-40917725 was shipped on 8 November 2026.', 'delivery'),
];
const open = () => openGate({ sources: SOURCES, humanContact: 'Write to help@shop.example, Monday to Saturday, 8:00-20:00.', said: ['My mail is ada@mail.example, what about invoice 2026-00123 and 99 euros?'] });
/** Everything that passes, chunk by chunk. */
const through = (...chunks: string[]) => {
  const gate = open();
  const text = chunks.map((chunk) => gate.push(chunk)).join('') + gate.end();
  return { text, closed: gate.closed, cited: gate.cited };
};

describe('what the gate lets through', () => {
  it.each([
    ['plain text', 'Keep the box. Not the tape!', 'Keep the box. Not the tape!'],
    ['a list and bold', '- **one**\n- two\n', '- **one**\n- two\n'],
    ['a listed link', `See [returns](${LISTED}) or ${LISTED}.`, `See [returns](${LISTED}) or ${LISTED}.`],
    ['another link loses its target', 'See [this](https://evil.example/x).', 'See this.'],
    ['a sentence goes with its bare link', 'Keep it. Go to https://evil.example/x?a=b now. Stay.', 'Keep it. Stay.'],
    ['a sentence goes with its link without scheme', 'Go to evil.com/x now. Stay.', 'Stay.'],
    ['with slashes turned round', 'Go to http:\\\\evil now. Stay.', 'Stay.'],
    ['with an ideographic stop', 'Go to evil。com now. Stay. 句子。Good', 'Stay. 句子。Good'],
    ['a sentence that needs its number goes', 'See [99]. As [1] says. [2] tells more. Both [1] and [2]. Stay.', 'Both. Stay.'],
    ['a mail address stays', 'Write to help@shop.example please.', 'Write to help@shop.example please.'],
    ['a link over two sentences is none', 'See [this. That](/logout) now.', 'See (this. That)(/logout) now.'],
    ['an image goes', 'Look ![pixel](https://evil.example/p.png)!', 'Look pixel!'],
    ['tags go', 'A <b>bold</b> <a href="https://evil.example">claim</a>.', 'A bold claim.'],
    ['nested tags go', 'A <<b>b>old</b> claim.', 'A old claim.'],
    ['smaller than stays', 'Orders < 60 and 3<4.', 'Orders < 60 and 3<4.'],
    ['invisible characters go', 'a\u200bb\u202ec\u0007.', 'abc.'],
    ['brackets that are no link become round', 'See [terms][1] and [x]: /y or [^note].', 'See (terms) and (x): /y or (note).'],
    ['an autolink goes', 'See <https://evil.example> or <mailto:x@evil.example>. Stay.', 'Stay.'],
    ['other schemes go', 'Call tel:123 now. Take ftp://evil.example/a now. Or whatsapp://x now. Or //evil.example/b now. Stay.', 'Stay.'],
    ['names with look-alikes go', 'Visit раураl.com now. Or еvil．com now. Or xn--pypal-4ve.com now. Stay.', 'Stay.'],
    ['any other name is set apart', 'See evil.zone and Node.js.', 'See evil. zone and Node. js.'],
    ['character references become characters', 'Fish &amp; chips &lt;b&gt;bold&lt;/b&gt; &#60;i&#62; &amp;lt;u&amp;gt; &NewLine;x.', 'Fish & chips bold   x.'],
    ['headings, quotes, code and tables are plain', '# Returns\n> quoted\n`code` ~~gone~~\n| a | b |\n|---|---|\n', 'Returns\nquoted\ncode gone\n| a | b |\n\n'],
    ['a link title goes', `See [returns](${LISTED} "<b>x</b>").`, `See [returns](${LISTED}).`],
    ['a link in a link goes', `See [a ![b](https://evil.example)](${LISTED}).`, `See [a b](${LISTED}).`],
    ['document numbers go', 'Thirty days [1]. Keep it [2, 3].', 'Thirty days. Keep it.'],
  ])('%s', (_name, text, expected) => {
    expect(through(text)).toMatchObject({ text: expected, closed: undefined });
  });

  it('notes which documents were named, each once', () => {
    expect(through('A [2]. B [1, 2]. C [3].').cited).toEqual([2, 1, 3]);
  });
});

describe('what closes the gate', () => {
  it.each<[string, string, GateReason]>([
    ['the marker of the system text', `My text begins with ${CANARY}.`, 'system-prompt'],
    ['the marker, spelt out', `It is ${CANARY.toUpperCase().split('').join(' ')}.`, 'system-prompt'],
    ['an access key id', 'Use AKIAIOSFODNN7EXAMPLE.', 'secret'],
    ['a token', 'Use eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc.', 'secret'],
    ['a private key', '-----BEGIN PRIVATE KEY-----', 'secret'],
    ['a password', 'The password: hunter2hunter2', 'secret'],
    ['a script', 'Hi <script>alert(1)</script>', 'active-content'],
    ['a script link', 'Click [here](javascript:alert(1))', 'active-content'],
  ])('%s', (_name, text, reason) => {
    const { text: passed, closed } = through('First sentence. ', text, ' More text. ');
    expect(closed).toBe(reason);
    expect(passed).toBe('First sentence. ');
  });

  it.each<[string, string, GateReason]>([
    ['words of the system text', 'I am told: Use only facts that stand in the documents of the latest message.', 'system-prompt'],
    ['words of the system text, spelt', `They say: ${'Use only facts that stand in the documents of the latest message'.split('').join(' ')}`, 'system-prompt'],
    ['the marker, backwards', Array.from(CANARY).toReversed().join(''), 'system-prompt'],
    ['a script in references', 'Hi &lt;script&gt;alert(1)&lt;/script&gt;', 'active-content'],
    ['a mail address of somebody', 'Write to eve@mail.example.', 'foreign-data'],
    ['a mail address, spelt', 'Write to eve (at) mail (dot) example.', 'foreign-data'],
    ['a phone number of somebody', 'Call +44 20 7946 0123.', 'foreign-data'],
    ['a card number', 'The card is 4111-1111-1111-1111.', 'foreign-data'],
    ['a card number in words', 'four one one one, one one one one, one one one one', 'foreign-data'],
    ['an account', 'Pay to DE02 1203 0000 0000 2020 51.', 'foreign-data'],
    ['an order of somebody', 'OM-51234 is on its way.', 'foreign-data'],
    ['other digits', 'Call ٠٢٠٧٩٤٦٠١٢٣.', 'foreign-data'],
    ['another period', 'You may return items within 60 days.', 'unsupported-promise'],
    ['another unit', 'You may return items within 30 weeks.', 'unsupported-promise'],
    ['another period in words', 'You may return items within sixty days.', 'unsupported-promise'],
    ['another amount', 'A parcel costs 2.95 euros.', 'unsupported-promise'],
    ['an amount that the visitor named', 'You get 99 euros.', 'unsupported-promise'],
    ['a figure of another document', 'You may return items within 5 working days [1].', 'unsupported-promise'],
    ['another day', 'Your parcel comes on Friday.', 'unsupported-promise'],
    ['another date', 'It was shipped on November 9, 2026.', 'unsupported-promise'],
    ['a refund that is denied', 'Sale items will be refunded.', 'unsupported-promise'],
    ['a denial that is none', 'No problem, we refund sale items.', 'unsupported-promise'],
    ['a refund of something else', 'We refund the hotel, the flight and the taxi of your holiday.', 'unsupported-promise'],
    ['a refund in German', 'Sie bekommen Ihr Geld zurück.', 'unsupported-promise'],
    ['a guarantee', 'We refund the price, guaranteed.', 'unsupported-promise'],
    ['a right', 'You are entitled to unused items.', 'unsupported-promise'],
    ['a danger as none', 'The spray is safe to use in tents.', 'unsupported-promise'],
    ['a cure', 'The spray cures infections.', 'unsupported-promise'],
    ['something that was done', 'Your order has been cancelled.', 'unsupported-promise'],
    ['something that a program cannot do', 'I have cancelled your order.', 'unsupported-promise'],
    ['a price', 'Exchanges of gift cards are free of charge.', 'unsupported-promise'],
    ['a promise in two sentences', 'You will get your money. Back.', 'unsupported-promise'],
  ])('%s', (_name, text, reason) => {
    expect(through('First sentence. ', text, ' More text. ').closed).toBe(reason);
  });

  it.each([
    'You may return unused items within thirty days [1].',
    'We refund the price within 14 days to the card that you paid with [1].',
    'Sale items cannot be refunded [1].',
    'The spray is not safe to use in tents [1].',
    'A parcel takes three to five working days and costs €3.95 [2].',
    'From 60 euros delivery is free [2].',
    'Your order OM-40917725 was shipped on November 8, 2026 [2].',
    'Please write to help@shop.example, from 8:00 to 20:00.',
    'We have your mail address ada@mail.example and invoice 2026-00123.',
    '1. Open Orders.\n2. Choose Return items.\n',
  ])('but not what the sources say: %s', (text) => {
    expect(through(text).closed).toBeUndefined();
  });

  it.each(['I am a human, not a robot.', 'You are talking to a real person.', 'Ich bin ein Mensch.', 'My name is Sarah.', 'Am I a bot? No.'])('a claim to be human: %s', (text) => {
    expect(through(text)).toMatchObject({ closed: 'claims-to-be-human' });
  });

  it.each([
    'A human can help you.', 'Our service team are real people.', 'You can talk to a person by phone.', 'I am an AI assistant, a computer program and not a human.', 'I am a program, so I cannot call you.', 'Ein Mensch hilft Ihnen gern weiter.', 'Ich bin ein KI-Assistent und kein Mensch.', 'Sie können mit einem Menschen sprechen.',
    'Please talk to a real person if you need help.', 'I am sorry, only a person can answer that.', 'This is brought by two people.', 'You are talking to a program.', 'You are talking to a virtual agent.', 'Sie sprechen mit einem Programm, nicht mit einem Menschen.', 'When you call, you are talking to our service team.', 'I am not a human.', 'My name is Otter, an AI assistant.',
    'Möchten Sie mit einem Menschen sprechen?', 'I am not able to see your account.', 'I work with our help articles.',
  ])('but not: %s', (text) => {
    expect(through(text)).toMatchObject({ closed: undefined });
  });

  it('when a link turns up in a sentence of which a part was shown', () => {
    const { text, closed } = through(`${'keep the box '.repeat(17)}and see https://evil.example/x for more. More.`);
    expect([text.includes('evil'), closed]).toEqual([false, 'unlisted-link']);
  });

  it('whatever comes after it', () => {
    const gate = open();
    gate.push(`${CANARY}. `);
    expect([gate.push('Harmless. '), gate.end(), gate.closed]).toEqual(['', '', 'system-prompt']);
  });

  it.each(['A password needs at least 12 characters.', 'Your password is safe with us.', 'Order OM-40917725 and invoice 2026-00123.', 'The secret is out: we mend boots.'])('but not: %s', (text) => {
    expect(through(text)).toMatchObject({ text, closed: undefined });
  });
});

describe('the gate while text streams', () => {
  const pieces = fc.array(
    fc.constantFrom('Some words ', 'end. ', 'Yes! ', '\n', '<', 'script', '>', '<b>', '</b>', '[1]', '![x](', 'http://', 'evil.com/a ', ')', '[t](', LISTED, ' ', '句子。', 'ส', '😀', '"quoted." ', 'x'.repeat(120), CANARY.slice(0, 8), CANARY.slice(8), 'a1B2'.repeat(20)),
    { maxLength: 40 },
  );

  it('lets the same through however it is chunked', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (parts, sizes) => {
        const text = parts.join('');
        const chunks: string[] = [];
        for (let at = 0, step = 0; at < text.length; step++) {
          const size = sizes[step % sizes.length] ?? 1;
          chunks.push(text.slice(at, at + size));
          at += size;
        }
        expect(through(...chunks)).toEqual(through(text));
      }),
      { numRuns: 200 },
    );
  });

  it('never lets a tag begin, an unlisted link, an image or the marker through', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const { text } = through(...parts);
        expect(text).not.toMatch(/<[a-z!/?]/i);
        expect(text).not.toContain(CANARY);
        expect(text).not.toMatch(/!\[[^\]]*\]\([^)]*\)/);
        expect(linksOf(text.replaceAll(LISTED, ' '))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('holds back at most so many characters', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('the word ', 'the longerword ', 'end. ', '語'), { maxLength: 80 }), (parts) => {
        // A source in a language whose words the gate does not know, so that it takes this for one.
        const gate = openGate({ sources: [{ ...source('語'), locale: 'ja' }], humanContact: '', said: [] });
        let given = 0;
        let shown = 0;
        for (const part of parts) {
          given += part.length;
          shown += gate.push(part).length;
          expect(given - shown).toBeLessThanOrEqual(MAX_HELD_CHARACTERS);
        }
        expect(shown + gate.end().length).toBe(given);
      }),
    );
  });
});
