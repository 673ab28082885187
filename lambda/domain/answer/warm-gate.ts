import { openGate } from './gate.ts';

const PASSAGE = { id: 'warm#1', articleId: 'warm', title: 'Returns', section: 'How to return', useCase: 'warm', locale: 'en', date: '2026-01-01', text: 'You may return unused items within 30 days of delivery, free of charge, at https://shop.example/returns. We refund the price of 20 EUR to the card that you paid with. Call 0201 000000 or write to help@shop.example before 2027-01-31.' };
const REPLY = 'You may return unused items within 30 days of delivery, free of charge [1]. We refund the price of 20 EUR to your card; see [the page](https://shop.example/returns).\n\n- Keep the box. Please call 0201 000000 or write to help@shop.example before 2027-01-31.\nA person can help you as well! ';

/**
 * Lets a gate read an invented reply, in pieces, so that what it reads texts with is compiled. For while something else is waited for: the first
 * sentence of a process's first reply would wait some 10 ms for it.
 */
export function warmGate(): void {
  for (let time = 0; time < 2; time += 1) {
    const gate = openGate({ sources: [PASSAGE], humanContact: 'help@shop.example', said: ['How do I return something that I bought for 20 EUR?'] });
    for (let at = 0; at < REPLY.length; at += 40) gate.push(REPLY.slice(at, at + 40));
    gate.end();
  }
}
