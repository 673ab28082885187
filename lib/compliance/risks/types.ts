import type { Decision, Outcome } from '../evidence/types.ts';

/** One decision to live with findings. */
export interface RiskDecision {
  /** Short kebab-case id; the same decision has the same id in every environment. */
  readonly id: string;
  /** Findings that it covers, exact and prefixed with their pack, e.g. `AwsSolutions::AwsSolutions-COG4`, `AwsSolutions::AwsSolutions-IAM5[Resource::*]`, `GDPR::G14`. */
  readonly findings: readonly `${string}::${string}`[];
  /** Why the finding is tolerable here, for a reviewer. At least 40 characters. */
  readonly justification: string;
  /** What protects instead. At least 15 characters. */
  readonly compensatingControl: string;
  /** Day on which it was proposed, or last renewed, `YYYY-MM-DD`. */
  readonly since: string;
  /** Last day on which it holds, `YYYY-MM-DD`; at most 180 days after {@link since}. */
  readonly expires: string;
  /** Role that owns the risk. @default - the owner of the register */
  readonly owner?: string;
  /** Role that approves it; another than the owner. @default - the approver of the register */
  readonly approver?: string;
}

/** A decision where it was made. */
export interface PlacedDecision extends RiskDecision {
  /** Path of the resource that it is for; of the environment when it is for findings on the estate as a whole. */
  readonly path: string;
  /** Whether it is for findings on the estate as a whole, and for no resource. */
  readonly whole: boolean;
  /** `file:line` of the call that made it. @default - not known */
  readonly line?: string;
}

/** Approval of a decision, as the adopter records it. */
export interface Approval {
  /** Role that approved; another than the owner. */
  readonly approver: string;
  /** Where the approval is recorded, e.g. `RISK-12`. */
  readonly ticket: string;
  /** Day of the approval, `YYYY-MM-DD`. Of one before the decision was last renewed, the decision is proposed again. */
  readonly approvedOn: string;
}

/** Who owns and approves risks, and what was approved: the adopter's. */
export interface Register {
  /** Role that owns risks for which no other role is named. */
  readonly owner: string;
  /** Role that approves risks for which no other role is named. */
  readonly approver: string;
  /** Approvals by id of the decision. A decision without one is proposed. */
  readonly approvals: Readonly<Record<string, Approval>>;
}

/** By which days decisions are judged. */
export interface Days {
  /** Day by which expiry is judged, `YYYY-MM-DD`: of the commit in a synth, so that the same commit gives the same bytes; today in a gate. */
  readonly date: string;
  /** Today, `YYYY-MM-DD`, which no decision or approval may be more than a day ahead of. @default - not checked: work in progress is newer than its commit */
  readonly today?: string;
}

/** What decisions make of outcomes. */
export interface Applied {
  /** Outcomes with `ACCEPTED` and the decision's id where a valid decision covers exactly that finding. */
  readonly outcomes: readonly Outcome[];
  /** Each decision with its state, by id. */
  readonly decisions: readonly Decision[];
  /** Ids of approvals in the register that no decision here has. */
  readonly staleApprovals: readonly string[];
}
