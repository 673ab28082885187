/** Conditions of IAM: operator, then key, then what it has to be. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Who can be given rights, exact actions on exact resources at a time: a function, or a role that stands by itself. */
export interface Grantee {
  /** Allows exact actions on exact resources. @param conditions IAM conditions, by operator. @default - none */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Conditions): void;
}
