import { createHmac, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { customerTokens } from '../../../lambda/adapters/oidc/customers.ts';
import { staffTokens } from '../../../lambda/adapters/oidc/staff.ts';
import type { SigningKeys } from '../../../lambda/adapters/secrets/signing-keys.ts';
import { jwtConversationTokens, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../../../lambda/adapters/secrets/tokens.ts';
import { findPrincipal, type FindPrincipal } from '../../../lambda/runtime/principals.ts';

/** Now, for every token; epoch milliseconds. */
export const NOW = Date.UTC(2026, 4, 4);
/** Now in the seconds of a token. */
export const SECONDS = NOW / 1000;
/** Issuer of staff. */
export const STAFF_ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc123';
/** Issuer of customers. */
export const CUSTOMER_ISSUER = 'https://id.shop.example';
/** Client that staff tokens are made for. */
export const STAFF_CLIENT = 'staff-client';
/** Audience of customers' tokens. */
export const CUSTOMER_AUDIENCE = 'chat-api';
/** The key that signs conversation tokens. */
export const SECRET = Buffer.alloc(32, 'signing key of this estate');

/** Parts of a token, as anybody may write them. */
export type Part = Readonly<Record<string, unknown>>;
/** Makes a signature over the first two parts. */
export type Signer = (content: string) => Buffer;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const customerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Key pairs: of the staff issuer, of the customers' issuer, and of somebody who has no business here. */
export const PAIRS = { staff: rsa, customer: customerRsa, stranger: strangerRsa } as const;

/** HMAC with some text or bytes as the secret. */
export const hmac = (secret: string | Uint8Array, bits: 256 | 384 | 512 = 256): Signer => (content) => createHmac(`sha${bits}`, secret).update(content).digest();
/** RSASSA-PKCS1-v1_5. */
export const rs256 = (key: KeyObject): Signer => (content) => signBytes('sha256', Buffer.from(content), key);
/** No signature. */
export const unsigned: Signer = () => Buffer.alloc(0);

/** Writes a token of any parts: no library that would refuse to. */
export function writeToken(header: unknown, claims: unknown, signer: Signer): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part(header)}.${part(claims)}`;
  return `${content}.${signer(content).toString('base64url')}`;
}

/** A kind of token: how a right one looks, and who signs it. */
export interface Kind {
  readonly header: Part;
  readonly claims: Part;
  readonly signer: Signer;
}

/** Right tokens by the principal that they stand for. */
export const KINDS = {
  conversation: {
    header: { alg: 'HS256', kid: 'v1', typ: 'JWT' },
    claims: { cid: 'c1', iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, sub: 's1', iat: SECONDS, exp: SECONDS + 600 },
    signer: hmac(SECRET),
  },
  staff: {
    header: { alg: 'RS256', kid: 'staff-1' },
    claims: { iss: STAFF_ISSUER, client_id: STAFF_CLIENT, token_use: 'access', sub: 'agent-1', 'cognito:groups': ['supervisor'], iat: SECONDS, exp: SECONDS + 600 },
    signer: rs256(rsa.privateKey),
  },
  customer: {
    header: { alg: 'RS256', kid: 'customer-1', typ: 'at+jwt' },
    claims: { iss: CUSTOMER_ISSUER, aud: CUSTOMER_AUDIENCE, client_id: 'shop', sub: 'customer-1', iat: SECONDS, exp: SECONDS + 600 },
    signer: rs256(customerRsa.privateKey),
  },
} as const satisfies Record<string, Kind>;

const published = (key: KeyObject, kid: string): object => ({ keys: [{ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] });

/** What the authorizer finds, with issuers on no network. @returns the finder, and the addresses that it asked */
export function authorizerOf(): { readonly find: FindPrincipal; readonly asked: string[] } {
  const asked: string[] = [];
  const documents: Record<string, object> = {
    [`${STAFF_ISSUER}/.well-known/jwks.json`]: published(rsa.publicKey, 'staff-1'),
    [`${CUSTOMER_ISSUER}/.well-known/openid-configuration`]: { issuer: CUSTOMER_ISSUER, jwks_uri: `${CUSTOMER_ISSUER}/keys` },
    [`${CUSTOMER_ISSUER}/keys`]: published(customerRsa.publicKey, 'customer-1'),
  };
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return documents[url] === undefined ? new Response('', { status: 404 }) : Response.json(documents[url]);
  };
  const now = (): number => NOW;
  const keys: SigningKeys = { current: async () => ({ kid: 'v1', key: SECRET }), find: async (kid) => (kid === 'v1' ? { kid, key: SECRET } : undefined) };
  const find = findPrincipal({
    conversation: { issuer: TOKEN_ISSUER, tokens: jwtConversationTokens({ keys, tokenMinutes: 60, now }) },
    staff: { issuer: STAFF_ISSUER, ...staffTokens({ issuer: STAFF_ISSUER, clientId: STAFF_CLIENT, fetch, now }) },
    customer: { issuer: CUSTOMER_ISSUER, ...customerTokens({ issuer: CUSTOMER_ISSUER, audience: CUSTOMER_AUDIENCE, fetch, now }) },
  });
  return { find, asked };
}
