import { createHmac } from 'node:crypto';
import type { ConversationTokens } from '../../domain/identity/types.ts';
import type { SigningKeys } from './signing-keys.ts';

/** `iss` of conversation tokens. */
export const TOKEN_ISSUER = 'chatbot';
/** `aud` of conversation tokens. */
export const TOKEN_AUDIENCE = 'chatbot/conversation';
/** The only algorithm; anything else a token names is refused. */
const ALGORITHM = 'HS256';
/** Longest token that is looked at, in characters. Ours have about 350. */
const MAX_TOKEN_CHARACTERS = 2_048;

/** Options of {@link jwtConversationTokens}. */
export interface TokensOptions {
  readonly keys: SigningKeys;
  /** Minutes that a token lives. */
  readonly tokenMinutes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Conversation tokens as JWT (RFC 7519), HS256, with the secret's version as key id. @throws DependencyUnavailable when the keys cannot be read */
export function jwtConversationTokens(options: TokensOptions): ConversationTokens {
  return {
    async issue({ conversationId, subject }) {
      const { kid, key } = await options.keys.current();
      const issued = Math.floor(options.now() / 1000);
      const claims = { cid: conversationId, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, sub: subject, iat: issued, exp: issued + options.tokenMinutes * 60 };
      const content = `${encoded({ alg: ALGORITHM, kid, typ: 'JWT' })}.${encoded(claims)}`;
      // Signed here and not by jose: each reply renews a token, and WebCrypto, which jose is built on, costs a warm turn a fifth of its CPU.
      return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_CHARACTERS) return undefined;
      const { errors, jwtVerify } = await import('jose');
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const found = kid === undefined ? undefined : await options.keys.find(kid);
            if (found === undefined) throw new errors.JWKSNoMatchingKey();
            return found.key;
          },
          {
            algorithms: [ALGORITHM],
            issuer: TOKEN_ISSUER,
            audience: TOKEN_AUDIENCE,
            typ: 'JWT',
            requiredClaims: ['exp', 'sub', 'cid'],
            currentDate: new Date(options.now()),
          },
        );
        const { cid, sub } = payload;
        return typeof cid === 'string' && typeof sub === 'string' ? { conversationId: cid, subject: sub } : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
