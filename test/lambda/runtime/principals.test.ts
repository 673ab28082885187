import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { findPrincipal } from '../../../lambda/runtime/principals.ts';

const token = (iss: string): string => new UnsecuredJWT({}).setIssuer(iss).encode();
const asked: string[] = [];
const find = findPrincipal({
  conversation: { issuer: 'chatbot', tokens: { verify: async () => (asked.push('conversation'), { conversationId: 'c1', subject: 's1' }) } },
  staff: { issuer: 'https://staff', verify: async () => (asked.push('staff'), { staffId: 'a1', roles: ['privacy'] }) },
  customer: { issuer: 'https://customers', verify: async () => (asked.push('customer'), undefined) },
});

describe('principal of a token', () => {
  it('asks the source that the token names, and only that', async () => {
    asked.length = 0;
    expect(await find(token('chatbot'))).toEqual({ kind: 'conversation', conversationId: 'c1', subject: 's1' });
    expect(await find(token('https://staff'))).toEqual({ kind: 'staff', staffId: 'a1', roles: ['privacy'] });
    expect(await find(token('https://customers'))).toBeUndefined();
    expect(asked).toEqual(['conversation', 'staff', 'customer']);
  });
  it.each(['', 'text', 'a.b.c', token('https://evil'), 'a'.repeat(9_000), 'e30.bnVsbA.', 'e30.e30.', `e30.${Buffer.from('{"iss":1}').toString('base64url')}.`])('asks nobody for %.40s', async (value) => {
    asked.length = 0;
    expect(await find(value)).toBeUndefined();
    expect(asked).toEqual([]);
  });
  it('knows no staff where there is none', async () => {
    const alone = findPrincipal({ conversation: { issuer: 'chatbot', tokens: { verify: async () => undefined } } });
    expect(await alone(token('https://staff'))).toBeUndefined();
  });
});
