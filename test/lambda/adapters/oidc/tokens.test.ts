import { createHmac } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { customerSubject, customerTokens } from '../../../../lambda/adapters/oidc/customers.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../../../lambda/adapters/oidc/issuer-keys.ts';
import { staffTokens } from '../../../../lambda/adapters/oidc/staff.ts';
import { DependencyUnavailable } from '../../../../lambda/domain/errors.ts';

const NOW = Date.UTC(2026, 4, 4);
const COGNITO = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123';
const OTHER = 'https://id.example';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;
let rsa: KeyPair;
let stranger: KeyPair;
let published: object;

beforeAll(async () => {
  [rsa, stranger] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  published = { keys: [{ ...(await exportJWK(rsa.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
});

/** An issuer on no network: answers by URL and counts. */
function issuer(documents: Record<string, unknown>) {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return documents[url] === undefined ? new Response('', { status: 404 }) : Response.json(documents[url]);
  };
  return { asked, fetch };
}
const cognito = () => issuer({ [`${COGNITO}/.well-known/jwks.json`]: published });
const sign = (claims: JWTPayload, { key = rsa.privateKey, kid = 'k1', iss = COGNITO, exp = NOW / 1000 + 600, typ = undefined as string | undefined } = {}) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...(typ !== undefined && { typ }) }).setIssuer(iss).setExpirationTime(exp).sign(key);

describe('staff tokens', () => {
  const staff = (fetch = cognito().fetch) => staffTokens({ issuer: COGNITO, clientId: 'client', fetch, now: () => NOW });
  const CLAIMS = { sub: 'agent-1', client_id: 'client', token_use: 'access', 'cognito:groups': ['privacy', 'support-agent', 'administrators'] };

  it('gives who it is and the roles that we know', async () => {
    expect(await staff().verify(await sign(CLAIMS))).toEqual({ staffId: 'agent-1', roles: ['support-agent', 'privacy'] });
    expect(await staff().verify(await sign({ ...CLAIMS, 'cognito:groups': undefined }))).toEqual({ staffId: 'agent-1', roles: [] });
    expect(await staff().verify(await sign({ sub: 'agent-1', aud: ['x', 'client'], groups: ['analyst'] }, { typ: 'at+jwt' }))).toEqual({ staffId: 'agent-1', roles: ['analyst'] });
  });

  it('reads the issuer’s keys once', async () => {
    const { asked, fetch } = cognito();
    const tokens = staff(fetch);
    for (let i = 0; i < 5; i += 1) await tokens.verify(await sign(CLAIMS));
    for (let i = 0; i < 5; i += 1) expect(await tokens.verify(await sign(CLAIMS, { kid: `made-up-${i}` }))).toBeUndefined();
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['a token of another client', () => sign({ ...CLAIMS, client_id: 'other' })],
    ['an ID token', () => sign({ ...CLAIMS, token_use: 'id', aud: 'client' })],
    ['a token of another issuer’s form that does not say that it is an access token', () => sign({ sub: 'agent-1', aud: 'client', groups: ['privacy'] }, { typ: 'JWT' })],
    ['an ID token in the form of an access token', () => sign({ sub: 'agent-1', aud: 'client', nonce: 'n' }, { typ: 'at+jwt' })],
    ['a token for another API, asked for by our client', () => sign({ ...CLAIMS, aud: 'https://other.example' })],
    ['another issuer', () => sign(CLAIMS, { iss: 'https://evil.example' })],
    ['an expired token', () => sign(CLAIMS, { exp: NOW / 1000 - CLOCK_TOLERANCE_SECONDS })],
    ['a token of later', () => sign({ ...CLAIMS, nbf: NOW / 1000 + CLOCK_TOLERANCE_SECONDS + 1 })],
    ['an empty subject', () => sign({ ...CLAIMS, sub: '' })],
    ['a subject that is no text', () => sign({ ...CLAIMS, sub: 7 as never })],
    ['another key', () => sign(CLAIMS, { key: stranger.privateKey })],
    ['no subject', () => sign({ ...CLAIMS, sub: undefined })],
    ['text', () => 'a.b.c'],
    ['a huge token', () => `${'a'.repeat(20_000)}.b.c`],
    // Algorithm confusion: the public key as the secret of a symmetric algorithm.
    ['a symmetric signature', async () => new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).setIssuer(COGNITO).setExpirationTime(NOW / 1000 + 9).sign(Buffer.from(JSON.stringify(published)))],
    ['no signature', () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...CLAIMS, iss: COGNITO, exp: NOW })).toString('base64url')}.`],
  ])('refuses %s', async (_name, make) => {
    expect(await staff().verify(await make())).toBeUndefined();
  });

  it('allows for a clock that differs a little', async () => {
    expect(await staff().verify(await sign(CLAIMS, { exp: NOW / 1000 - CLOCK_TOLERANCE_SECONDS + 1 }))).toBeDefined();
    expect(await staff().verify(await sign({ ...CLAIMS, nbf: NOW / 1000 + CLOCK_TOLERANCE_SECONDS }))).toBeDefined();
  });

  it('takes a key that the issuer has rotated to', async () => {
    const found: Record<string, unknown> = { [`${COGNITO}/.well-known/jwks.json`]: published };
    let now = NOW;
    const tokens = staffTokens({ issuer: COGNITO, clientId: 'client', fetch: issuer(found).fetch, now: () => now });
    expect(await tokens.verify(await sign(CLAIMS))).toBeDefined();
    found[`${COGNITO}/.well-known/jwks.json`] = { keys: [{ ...(await exportJWK(stranger.publicKey)), kid: 'k2', alg: 'RS256', use: 'sig' }] };
    now += 1;
    const { useFakeTimers, useRealTimers } = vi;
    useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] });
    try {
      expect(await tokens.verify(await sign(CLAIMS, { key: stranger.privateKey, kid: 'k2' }))).toBeDefined();
      expect(await tokens.verify(await sign(CLAIMS))).toBeUndefined();
    } finally {
      useRealTimers();
    }
  });

  it.each<[string, (url: string) => Promise<Response>]>([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
    ['fails', async () => new Response('', { status: 500 })],
    ['answers no JSON', async () => new Response('<html>')],
    ['answers no key set', async () => Response.json({ hello: 1 })],
  ])('does not take an issuer that %s for a wrong token', async (_name, fetch) => {
    await expect(staff(fetch).verify(await sign(CLAIMS))).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});

describe('customer tokens', () => {
  const documents = () => ({ [`${OTHER}/.well-known/openid-configuration`]: { issuer: OTHER, jwks_uri: `${OTHER}/keys` }, [`${OTHER}/keys`]: published });
  const customers = (found: Record<string, unknown> = documents()) => customerTokens({ issuer: OTHER, audience: 'shop', fetch: issuer(found).fetch, now: () => NOW });

  it('gives a subject that hides who it is, always the same one', async () => {
    const token = await sign({ sub: 'customer-7', aud: 'shop' }, { iss: OTHER });
    const subject = createHmac('sha256', OTHER).update('customer-7').digest('base64url');
    expect(await customers().verify(token)).toEqual({ subject });
    expect(customerSubject(OTHER, 'customer-7')).not.toBe(customerSubject(`${OTHER}/2`, 'customer-7'));
  });

  it('refuses another audience', async () => {
    expect(await customers().verify(await sign({ sub: 'c', aud: 'other' }, { iss: OTHER }))).toBeUndefined();
    expect(await customers().verify(await sign({ sub: 'c' }, { iss: OTHER }))).toBeUndefined();
    expect(await customers().verify(await sign({ sub: 'c', aud: 'other', client_id: 'shop' }, { iss: OTHER }))).toBeUndefined();
  });

  it('takes access tokens of Cognito, which name the client only', async () => {
    expect(await customers().verify(await sign({ sub: 'c', client_id: 'shop', token_use: 'access' }, { iss: OTHER }))).toBeDefined();
  });

  it.each<[string, JWTPayload]>([['nonce', { nonce: 'n' }], ['at_hash', { at_hash: 'h' }], ['token_use', { token_use: 'id' }], ['typ', { typ: 'ID' }]])('refuses an ID token, known by its %s', async (_name, claims) => {
    expect(await customers().verify(await sign({ sub: 'c', aud: 'shop', ...claims }, { iss: OTHER }))).toBeUndefined();
  });

  it('does not follow a discovery document of another issuer, or to a place without TLS', async () => {
    const token = await sign({ sub: 'c', aud: 'shop' }, { iss: OTHER });
    for (const document of [{ issuer: 'https://evil.example', jwks_uri: `${OTHER}/keys` }, { issuer: OTHER, jwks_uri: 'http://id.example/keys' }, { issuer: OTHER }, []]) {
      await expect(customers({ ...documents(), [`${OTHER}/.well-known/openid-configuration`]: document }).verify(token)).rejects.toBeInstanceOf(DependencyUnavailable);
    }
  });

  it('asks again after a failed discovery', async () => {
    const found: Record<string, unknown> = {};
    const tokens = customers(found);
    const token = await sign({ sub: 'c', aud: 'shop' }, { iss: OTHER });
    await expect(tokens.verify(token)).rejects.toBeInstanceOf(DependencyUnavailable);
    Object.assign(found, documents());
    expect(await tokens.verify(token)).toBeDefined();
  });
});
