import { describe, expect, it } from 'vitest';
import { findPersonalData } from '../../../../lambda/domain/redaction/find.ts';
import { redact } from '../../../../lambda/domain/redaction/redact.ts';

describe('what redaction finds', () => {
  it.each([
    ['my card is 4111 1111 1111 1111 exp 12/27 cvv 123', 'my card is [card] exp [card] cvv [secret]'],
    ['41 11 11 11 11 11 11 11', '[card]'],
    ['card=4111111111111111,5500000000000004', 'card=[card],[card]'],
    ['IBAN de89 3704 0044 0532 0130 00, thanks', 'IBAN [iban], thanks'],
    ['ssn 123-45-6789', 'ssn [national-id]'],
    ['AHV 756.9217.0769.85', 'AHV [national-id]'],
    ['tax id 86 095 742 719', 'tax id [national-id]'],
    ['NINO AB 12 34 56 C', 'NINO [national-id]'],
    ['DNI 12345678Z', 'DNI [national-id]'],
    ['+49 (0)171 1234567 or 0171/1234567 or (555) 123-4567', '[phone] or [phone] or [phone]'],
    ['write to müller@bücher.example.', 'write to [email].'],
    ['jo (at) mail [dot] example', '[email]'],
    ['jo[at]mail.example or Jo.Doe (AT) mail.example, {@} too: jo{@}mail.co.example', '[email] or [email], {@} too: [email]'],
    ['müller<at>bücher.example', '[email]'],
    ["the password's hunter2, my pin’s 4387 and the card number's 4111 11", "the password's [secret], my pin’s [secret] and the card number's [card]"],
    ['zero seven seven double zero nine hundred one two three', '[digits]'],
    ['from 128.0.0.1 and 2001:db8::1', 'from [ip] and [ip]'],
    ['from 10.0.0.1 and fe80::1 by 00:1a:2b:3c:4d:5e', 'from [ip] and [ip] by [mac]'],
    ['AKIAIOSFODNN7EXAMPLE', '[secret]'],
    ['Authorization: Bearer abc123def456ghi', 'Authorization: Bearer [secret]'],
    ['https://joe:secret@db.example/x?token=abcd1234', 'https://[secret]@db.example/x?token=[secret]'],
    ['https://shop.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&key=a1b2c3d4e5', 'https://shop.example/cb?code=[secret]&key=[secret]'],
    ['https://shop.example/confirm?code=482913', 'https://shop.example/confirm?code=[secret]'],
    ['anna dot smith at mail dot example', '[email]'],
    ['write to anna (dot) lee (dot) smith (at) mail (dot) example please', 'write to [email] please'],
    ['anna punkt smith at mail punkt example', '[email]'],
    ['DB_PASSWORD=hunter22!x', 'DB_PASSWORD=[secret]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- after', '[secret] after'],
    ['-----BEGIN PRIVATE KEY-----\nabc', '[secret]'],
    ['I live at 12 Oak Street, Ashmere', 'I live at [address]'],
    ['Lindenstraße 12a, 12345 Neustadt', '[address]'],
    ['four one one one one one one one one one one one one one one one', '[card]'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each(['4111\u200b1111\u200b1111\u200b1111', '４１１１１１１１１１１１１１１１', '٤١١١١١١١١١١١١١١١', '4111–1111–1111–1111'])('sees through the disguise of %s, and returns it as it stands', (card) => {
    expect(findPersonalData(`a ${card} b`)).toEqual([{ kind: 'card', start: 2, end: 2 + card.length, value: card, canonical: '4111111111111111' }]);
  });

  it('sees through look-alikes of other scripts', () => {
    expect(redact('jo@mаil.example, раssword hunter2')).toBe('[email], раssword [secret]');
  });
});

describe('what redaction leaves', () => {
  it.each([
    'order OT-12345 of 2024-10-12 costs 1,299.00 EUR',
    'tracking number 00340434161094042557',
    'EAN 4006381333931',
    'version 10.15.7.2 and std::vector at 12:30:45',
    'trace 1-5759e988-bd862e3fe1be46a994272793 at 2026-01-05T09:00:00.000Z, 1767603600000',
    'at handler (file:///var/task/index.mjs:12:34) zod@4.1.0',
    'arn:aws:secretsmanager:eu-central-1:111122223333:secret:order-system-AbC123',
    'my password is not working, I reset it 3 times',
    'Unexpected token: } in JSON at position 12',
    'https://127.0.0.1:8911/v1/conversations/5e7a3b9c-1d2f-4a6b-8c0d-9e1f2a3b4c5d and http://[::1]:3000/v1/health on 0.0.0.0',
    "I forgot the password's length, and the pin's long gone",
    'nine hundred orders for two hundred and one euros, one hundred of them twice',
    'items[at].name (at) once, look at mail.example',
    'https://shop.example/help?key=returns and https://shop.example/sale?code=SUMMER&code=SAVE10NOW',
    'https://shop.example/help?key=returns-2024-items&sig=newsletter#code=x',
    'https://shop.example/list?page=12&sort=price&key=washing-and-care-of-wool',
    'between 300 and 4000 grams, 20/10/2024 21/10/2024',
    'the bearer certificate of the parcel',
    '[email-k7q2mx] asked about [card]',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('a value of ours, when told', () => {
    expect(redact('help@shop.example or jo@mail.example', { keep: 'Write to help@shop.example.' })).toBe('help@shop.example or [email]');
  });
});

describe('dialogue', () => {
  it.each([
    ['What is your PIN?', '4387', '[secret]'],
    ['What is your order number?', '12345678', '12345678'],
    ['Never send us your password. Anything else?', 'thanks', 'thanks'],
    ['What is your password?', 'ok thanks', 'ok thanks'],
    ['my pin is', '4387', '[secret]'],
  ])('after "%s", %s', (previous, text, expected) => {
    expect(redact(text, { previous })).toBe(expected);
  });
});
