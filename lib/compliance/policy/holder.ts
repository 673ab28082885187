import type { Resource } from '../template/types.ts';
import type { Context } from './condition.ts';
import type { PolicyStatement } from './document.ts';
import type { ResourceStatement } from './resource-policies.ts';

/** An identity and all that its policies say. */
export interface Holder {
  /** Role, user or group; for somebody outside the templates, what stands for him in lists. */
  readonly role: Resource;
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
  /** Statements of its permissions boundary. @default - it has none */
  readonly boundary?: readonly PolicyStatement[];
  /** Who may take it; empty for a user or a group. */
  readonly trust: readonly PolicyStatement[];
  /** For somebody who stands in no template: what admits and denies him, and what is known of his requests. @default - it stands in a template */
  readonly outside?: { readonly admittedBy: readonly ResourceStatement[]; readonly context: Context };
}
