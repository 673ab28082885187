import { STAFF_ROLES, type StaffRole } from '../../contracts/routes.ts';
import type { Principal } from './types.ts';

/** Writes a principal as the flat strings that an API Gateway authorizer may pass on (its `context`). */
export function principalToContext(principal: Principal): Record<string, string> {
  if (principal.kind === 'staff') return { ...principal, roles: principal.roles.join(' ') };
  return { ...principal };
}

/** Reads a principal back from `requestContext.authorizer`; undefined when it is not one that {@link principalToContext} wrote. */
export function principalFromContext(context: unknown): Principal | undefined {
  if (!isRecord(context)) return undefined;
  const { kind, conversationId, subject, staffId, roles } = context;
  if (kind === 'anonymous') return { kind };
  if (kind === 'conversation' && isId(conversationId) && isId(subject)) return { kind, conversationId, subject };
  if (kind === 'customer' && isId(subject)) return { kind, subject };
  if (kind === 'staff' && isId(staffId) && typeof roles === 'string') return { kind, staffId, roles: roles.split(' ').filter(isRole) };
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRole(value: string): value is StaffRole {
  return (STAFF_ROLES as readonly string[]).includes(value);
}
