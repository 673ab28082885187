import type { ConversationTokens, Principal } from '../domain/identity/types.ts';
import type { StaffRole } from '../contracts/routes.ts';

/** Finds whose token it is; undefined for a token of nobody. @throws DependencyUnavailable */
export type FindPrincipal = (token: string) => Promise<Principal | undefined>;

/** What tokens are checked with, by who issued them. */
export interface TokenSources {
  /** Issuer of conversation tokens, and their check. */
  readonly conversation: { readonly issuer: string; readonly tokens: Pick<ConversationTokens, 'verify'> };
  /** @default - no staff */
  readonly staff?: { readonly issuer: string; verify(token: string): Promise<{ readonly staffId: string; readonly roles: readonly StaffRole[] } | undefined> };
  /** @default - only anonymous visitors */
  readonly customer?: { readonly issuer: string; verify(token: string): Promise<{ readonly subject: string } | undefined> };
}

/**
 * Asks the one source whose issuer the token names. What it names is only a hint of where to look: the source checks signature
 * and issuer again.
 */
export function findPrincipal(sources: TokenSources): FindPrincipal {
  return async (token) => {
    switch (claimedIssuer(token)) {
      case undefined:
        return undefined;
      case sources.conversation.issuer: {
        const found = await sources.conversation.tokens.verify(token);
        return found && { kind: 'conversation', ...found };
      }
      case sources.staff?.issuer: {
        const found = await sources.staff?.verify(token);
        return found && { kind: 'staff', ...found };
      }
      case sources.customer?.issuer: {
        const found = await sources.customer?.verify(token);
        return found && { kind: 'customer', ...found };
      }
      default:
        return undefined;
    }
  };
}

/** Longest token that is looked into, in characters: what API Gateway lets through in headers. */
const MAX_TOKEN_CHARACTERS = 8_192;

function claimedIssuer(token: string): string | undefined {
  const payload = token.length > MAX_TOKEN_CHARACTERS ? undefined : token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && 'iss' in claims && typeof claims.iss === 'string' ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}
