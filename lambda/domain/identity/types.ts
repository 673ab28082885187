import type { StaffRole } from '../../contracts/routes.ts';

/** Who a request comes from, as the authorizer found it. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'conversation'; readonly conversationId: string; readonly subject: string }
  | { readonly kind: 'customer'; readonly subject: string }
  | { readonly kind: 'staff'; readonly staffId: string; readonly roles: readonly StaffRole[] };

/** Signs and checks conversation tokens. */
export interface ConversationTokens {
  issue(claims: { readonly conversationId: string; readonly subject: string }): Promise<string>;
  /** Undefined for any token that is not ours, expired, or changed. */
  verify(token: string): Promise<{ readonly conversationId: string; readonly subject: string } | undefined>;
}
