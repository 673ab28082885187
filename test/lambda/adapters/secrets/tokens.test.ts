import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { SigningKey, SigningKeys } from '../../../../lambda/adapters/secrets/signing-keys.ts';
import { jwtConversationTokens, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../../../../lambda/adapters/secrets/tokens.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';

const START = Date.UTC(2026, 4, 4);
const key = (kid: string): SigningKey => ({ kid, key: Buffer.alloc(32, kid) });
const keysOf = (...all: [SigningKey, ...SigningKey[]]): SigningKeys => ({ current: async () => all[0], find: async (kid) => all.find((one) => one.kid === kid) });
const tokens = (keys: SigningKeys = keysOf(key('v1')), now = START) => jwtConversationTokens({ keys, tokenMinutes: 60, now: () => now });
const CLAIMS = { conversationId: 'c1', subject: 's1' };

/** A token of our key with something changed. */
const forged = (change: (token: SignJWT) => SignJWT, header: { alg: string; kid?: string; typ?: string } = { alg: 'HS256', kid: 'v1', typ: 'JWT' }, secret = key('v1').key) => {
  const exp = START / 1000 + 600;
  const token = new SignJWT({ cid: 'c1' }).setProtectedHeader(header).setIssuer(TOKEN_ISSUER).setAudience(TOKEN_AUDIENCE).setSubject('s1').setExpirationTime(exp);
  return change(token).sign(secret);
};

describe('conversation tokens', () => {
  it('verifies what it issued, until it expires', async () => {
    const token = await tokens().issue(CLAIMS);
    expect(await tokens(undefined, START + 3_599_000).verify(token)).toEqual(CLAIMS);
    expect(await tokens(undefined, START + 3_600_000).verify(token)).toBeUndefined();
  });

  it('verifies tokens of the previous key after a rotation, and none of an older one', async () => {
    const token = await tokens().issue(CLAIMS);
    expect(await tokens(keysOf(key('v2'), key('v1'))).verify(token)).toEqual(CLAIMS);
    expect(await tokens(keysOf(key('v3'), key('v2'))).verify(token)).toBeUndefined();
  });

  it('accepts the untouched forgery base, so that what follows is refused for its change', async () => {
    expect(await tokens().verify(await forged((token) => token))).toEqual(CLAIMS);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['text', () => 'a.b.c'],
    ['algorithm none', () => new UnsecuredJWT({ cid: 'c1' }).setIssuer(TOKEN_ISSUER).setAudience(TOKEN_AUDIENCE).setSubject('s1').setExpirationTime(START / 1000 + 600).encode()],
    ['another algorithm', () => forged((token) => token, { alg: 'HS512', kid: 'v1', typ: 'JWT' }, Buffer.alloc(64, 'v1'))],
    ['no key id', () => forged((token) => token, { alg: 'HS256', typ: 'JWT' })],
    ['another key under our id', () => forged((token) => token, undefined, Buffer.alloc(32, 'x'))],
    ['another type', () => forged((token) => token, { alg: 'HS256', kid: 'v1', typ: 'at+jwt' })],
    ['another issuer', () => forged((token) => token.setIssuer('someone'))],
    ['another audience', () => forged((token) => token.setAudience('someone'))],
    ['a past', () => forged((token) => token.setExpirationTime(START / 1000 - 1))],
    ['a future', () => forged((token) => token.setNotBefore(START / 1000 + 60))],
    ['a great length', () => 'a'.repeat(100_000)],
  ])('refuses %s', async (_name, make) => {
    expect(await tokens().verify(await make())).toBeUndefined();
  });

  it('refuses a token without conversation', async () => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'v1', typ: 'JWT' }).setIssuer(TOKEN_ISSUER).setAudience(TOKEN_AUDIENCE).setSubject('s1').setExpirationTime(START / 1000 + 9).sign(key('v1').key);
    expect(await tokens().verify(token)).toBeUndefined();
  });

  it('refuses every changed character', async () => {
    const token = await tokens().issue(CLAIMS);
    const [head = '', payload = '', signature = ''] = token.split('.');
    // The last character of a base64url text may hold bits that mean nothing, so it is left out.
    for (let i = 0; i < signature.length - 1; i += 5) {
      const changed = signature.slice(0, i) + (signature[i] === 'A' ? 'B' : 'A') + signature.slice(i + 1);
      expect(await tokens().verify([head, payload, changed].join('.'))).toBeUndefined();
    }
    const other = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), cid: 'c2' })).toString('base64url');
    expect(await tokens().verify([head, other, signature].join('.'))).toBeUndefined();
  });

  it('does not take a dead key store for a wrong token', async () => {
    const token = await tokens().issue(CLAIMS);
    const dead: SigningKeys = { current: () => Promise.reject(new DependencyUnavailable('x')), find: () => Promise.reject(new DependencyUnavailable('x')) };
    await expect(tokens(dead).verify(token)).rejects.toBeInstanceOf(DependencyUnavailable);
    await expect(tokens(dead).issue(CLAIMS)).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
