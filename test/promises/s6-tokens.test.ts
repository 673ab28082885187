import type { KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CLOCK_TOLERANCE_SECONDS } from '../../lambda/adapters/oidc/issuer-keys.ts';
import { figure, sized, sizedRuns } from '../support/promise.ts';
import { authorizerOf, CUSTOMER_ISSUER, hmac, KINDS, PAIRS, rs256, SECONDS, SECRET, STAFF_ISSUER, unsigned, writeToken } from './support/tokens.ts';
import type { Kind, Part } from './support/tokens.ts';

const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];
const { find, asked } = authorizerOf();
let refused = 0;

const without = (part: Part, name: string): Part => Object.fromEntries(Object.entries(part).filter(([each]) => each !== name));
const altered = (part: Part, change: Part): Part => ({ ...part, ...change });
const right = ({ header, claims, signer }: Kind): string => writeToken(header, claims, signer);
const stranger = PAIRS.stranger;
const jwkOf = (key: KeyObject): object => key.export({ format: 'jwk' });

/** Forms in which somebody might take a public key for the secret of an HMAC. */
function formsOf(key: KeyObject): (string | Uint8Array)[] {
  const pem = key.export({ format: 'pem', type: 'spki' }).toString();
  const { n = '' } = key.export({ format: 'jwk' });
  return [pem, pem.trim(), pem.replaceAll('\n', ''), key.export({ format: 'der', type: 'spki' }), key.export({ format: 'pem', type: 'pkcs1' }).toString(), JSON.stringify(key.export({ format: 'jwk' })), n, Buffer.from(n, 'base64url')];
}

/** Headers changed, signed as if they were right: whoever can sign may still not choose how it is checked. */
function headers(name: keyof typeof KINDS): Part[] {
  const { header } = KINDS[name];
  const attacker = { jwk: jwkOf(stranger.publicKey), jku: 'https://evil.example/keys', x5u: 'https://evil.example/cert', x5c: ['MIIB'] };
  return [
    ...['none', 'None', 'NONE', 'nOnE', '', 'HS256 ', 'hs256', 'ES256', 'PS256', 'RS384', 'RS512', 'EdDSA', 'dir', 'A128KW'].map((alg) => altered(header, { alg })),
    ...[null, 1, ['HS256', 'none'], {}].map((alg) => altered(header, { alg })),
    without(header, 'alg'),
    ...['', ' ', '../../../dev/null', '/dev/null', 'v2', "v1' OR '1'='1", '__proto__', 'constructor', 'staff-1 ', 'v1\u0000', 'https://evil.example/key'].map((kid) => altered(header, { kid })),
    ...[1, null, ['v1'], { v1: 1 }].map((kid) => altered(header, { kid })),
    ...Object.entries(attacker).map(([claim, value]) => altered(header, { kid: 'unknown', [claim]: value })),
    { ...header, crit: ['exp'] },
    { ...header, crit: ['b64'], b64: false },
    { ...header, crit: [] },
    ...(name === 'conversation' ? [without(header, 'kid'), { ...header, typ: 'at+jwt' }, { ...header, typ: 'id+jwt' }, without(header, 'typ')] : []),
  ];
}

/** Claims changed, signed by the right key: what an issuer says to somebody else, or for another time. */
function claims(name: keyof typeof KINDS): Part[] {
  const all: Part = KINDS[name].claims;
  const late = name === 'conversation' ? 0 : CLOCK_TOLERANCE_SECONDS;
  const times = [...[late, late + 1, 3_600, 1e9].map((ago) => SECONDS - ago), 0, -1, '9999999999', null, {}, [SECONDS + 600], true];
  const audience = 'aud' in all ? 'aud' : 'client_id';
  return [
    ...times.map((exp) => altered(all, { exp })),
    without(all, 'exp'),
    ...[late + 1, 3_600, 1e9].map((ahead) => altered(all, { nbf: SECONDS + ahead })),
    ...['0', {}, [0]].map((nbf) => altered(all, { nbf })),
    without(all, 'iss'),
    ...[`${String(all['iss'])}/`, `${String(all['iss'])} `, String(all['iss']).toUpperCase(), 'https://evil.example', '', 1, [all['iss']], null].map((iss) => altered(all, { iss })),
    ...KIND_NAMES.filter((other) => other !== name).map((other) => altered(all, { iss: KINDS[other].claims.iss })),
    ...['', 'other', `${String(all[audience])}2`, String(all[audience]).toUpperCase(), [], ['other'], null, {}].map((value) => altered(all, { [audience]: value })),
    without(all, audience),
    without(all, 'sub'),
    ...(name === 'conversation' ? [without(all, 'cid'), { ...all, cid: 1 }, { ...all, sub: 1 }] : [{ ...all, sub: '' }, { ...all, sub: 1 }, { ...all, sub: ['a'] }]),
    // ID tokens: of Cognito, of an issuer that marks them, and of one that is only told by what an access token never has.
    ...(name === 'conversation' ? [] : [{ ...all, token_use: 'id' }, { ...all, token_use: 'refresh' }, { ...all, nonce: 'n' }, { ...all, at_hash: 'h' }, { ...all, c_hash: 'h' }]),
    ...(name === 'staff' ? [without(all, 'token_use'), { ...without(all, 'token_use'), typ: 'ID' }, { ...all, aud: 'https://other.example' }] : []),
  ];
}

/** Right parts, signed by the wrong hand or in the wrong way. */
function signatures(name: keyof typeof KINDS): string[] {
  const { header, claims: all } = KINDS[name];
  const good = right(KINDS[name]);
  const [head = '', body = '', signature = ''] = good.split('.');
  const otherRsa = [PAIRS.stranger, PAIRS.staff, PAIRS.customer].filter((pair) => name === 'conversation' || pair !== PAIRS[name]);
  const secrets = ['', '\0', 'secret', 'v1', Buffer.alloc(32), Buffer.alloc(32, 'signing key of another estate'), ...Object.values(PAIRS).flatMap(({ publicKey }) => formsOf(publicKey))];
  return [
    ...['none', 'None', 'NONE'].flatMap((alg) => [writeToken({ ...header, alg }, all, unsigned), writeToken({ ...header, alg }, all, () => Buffer.from(signature, 'base64url'))]),
    ...secrets.flatMap((secret) => ([256, 384, 512] as const).map((bits) => writeToken({ ...header, alg: `HS${bits}` }, all, hmac(secret, bits)))),
    ...(name === 'conversation' ? ([384, 512] as const).map((bits) => writeToken({ ...header, alg: `HS${bits}` }, all, hmac(SECRET, bits))) : [writeToken({ ...header, alg: 'HS256' }, all, hmac(SECRET))]),
    ...otherRsa.flatMap(({ privateKey }) => [writeToken({ ...header, alg: 'RS256' }, all, rs256(privateKey)), writeToken({ ...header, alg: 'RS256', jwk: jwkOf(stranger.publicKey) }, all, rs256(privateKey))]),
    ...['staff-1', 'customer-1', 'v1'].map((kid) => writeToken({ alg: 'RS256', kid }, all, rs256(stranger.privateKey))),
    '', '.', '..', 'a.b.c', head, `${head}.${body}`, `${head}.${body}.`, `${head}..${signature}`, `.${body}.${signature}`, `${good}.`, `${good}.x`, `${good}.${good}`, `${head}.${body}.${signature}.${signature}.${signature}`,
    JSON.stringify({ payload: body, protected: head, signature }), `${' '.repeat(9_000)}${good}`, `${good}${'A'.repeat(9_000)}`, `${head}.${body}.${'A'.repeat(342)}`,
    // A body that is no JSON object, rightly signed.
    ...['null', '[]', '"text"', '1'].map((text) => writeToken(header, JSON.parse(text), KINDS[name].signer)),
  ];
}

const expectRefused = async (token: string, why: unknown): Promise<void> => {
  expect(await find(token), JSON.stringify(why)).toBeUndefined();
  refused += 1;
};

describe('S6: tokens', () => {
  afterAll(() => figure('S6', `${refused} wrong tokens of ${KIND_NAMES.length} kinds refused, 0 accepted`));

  it('S6: right ones are accepted, so that what follows is refused for its fault', async () => {
    expect(await find(right(KINDS.conversation))).toEqual({ kind: 'conversation', conversationId: 'c1', subject: 's1' });
    expect(await find(right(KINDS.staff))).toEqual({ kind: 'staff', staffId: 'agent-1', roles: ['supervisor'] });
    expect(await find(right(KINDS.customer))).toMatchObject({ kind: 'customer' });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KIND_NAMES), fc.uuid(), fc.integer({ min: 1, max: 86_400 }), async (name, id, seconds) => {
        const kind: Kind = KINDS[name];
        const given = { ...kind.claims, ...(name === 'conversation' ? { cid: id } : { sub: id }), exp: SECONDS + seconds };
        expect(await find(writeToken(kind.header, given, kind.signer))).toMatchObject({ kind: name });
      }),
      sizedRuns(60, 5_000),
    );
    // One who is a member of nothing gets in, and may do nothing.
    expect(await find(writeToken(KINDS.staff.header, without(KINDS.staff.claims, 'cognito:groups'), KINDS.staff.signer))).toEqual({ kind: 'staff', staffId: 'agent-1', roles: [] });
  });

  it.each(KIND_NAMES)('S6: a %s token with another header is refused, also when rightly signed', async (name) => {
    for (const header of headers(name)) for (const signer of [KINDS[name].signer, unsigned, rs256(stranger.privateKey), hmac(SECRET)]) {
      await expectRefused(writeToken(header, KINDS[name].claims, signer), header);
    }
  });

  it.each(KIND_NAMES)('S6: a %s token with other claims is refused though the right key signed it', async (name) => {
    for (const given of claims(name)) await expectRefused(writeToken(KINDS[name].header, given, KINDS[name].signer), given);
  });

  it.each(KIND_NAMES)('S6: a %s token that somebody else signed, or nobody, is refused', async (name) => {
    for (const token of signatures(name)) await expectRefused(token, token.slice(0, 200));
  });

  it('S6: a token with any character changed, left out or added is refused', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'.split('');
    const change = fc.record({ kind: fc.constantFrom(...KIND_NAMES), how: fc.constantFrom('swap', 'drop', 'add', 'cut', 'double'), at: fc.nat(4_000), with: fc.constantFrom(...alphabet) });
    // The last character of a signature may hold bits that mean nothing: the same bytes, and the same token.
    const same = (one: string, other: string): boolean => {
      const [head, body, signature = ''] = one.split('.');
      const [otherHead, otherBody, otherSignature = '', ...more] = other.split('.');
      return more.length === 0 && head === otherHead && body === otherBody && Buffer.from(signature, 'base64url').equals(Buffer.from(otherSignature, 'base64url'));
    };
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, how, at, with: character }) => {
        const token = right(KINDS[kind]);
        const place = at % token.length;
        const rest = { swap: character + token.slice(place + 1), drop: token.slice(place + 1), add: character + token.slice(place), cut: '', double: token.slice(Math.max(0, place - 1)) }[how];
        const changed = token.slice(0, place) + rest;
        if (same(token, changed)) return;
        await expectRefused(changed, changed);
      }),
      sizedRuns(400, 30_000),
    );
  });

  it('S6: one kind never passes for another, and no token sends us to an address that it names', async () => {
    for (const name of KIND_NAMES) for (const other of KIND_NAMES.filter((each) => each !== name)) {
      await expectRefused(writeToken(KINDS[other].header, KINDS[name].claims, KINDS[other].signer), [name, other]);
      await expectRefused(writeToken(KINDS[name].header, KINDS[name].claims, KINDS[other].signer), [name, other]);
      await expectRefused(writeToken(KINDS[name].header, KINDS[other].claims, KINDS[name].signer), [name, other]);
    }
    expect(asked.filter((url) => !url.startsWith(STAFF_ISSUER) && !url.startsWith(CUSTOMER_ISSUER))).toEqual([]);
    // Made-up key ids cost no call each.
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(refused).toBeGreaterThan(sized(800, 20_000));
  });
});
