import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** One decision to live with findings of a rule pack. */
export interface RiskDecision {
  /** Short kebab-case id; the same decision has the same id in every environment. */
  readonly id: string;
  /** Findings that it covers, exact and prefixed, e.g. `AwsSolutions::AwsSolutions-COG4`. */
  readonly findings: readonly `${string}::${string}`[];
  /** Why the finding is tolerable here, for a reviewer. */
  readonly justification: string;
  /** What protects instead. */
  readonly compensatingControl: string;
}

/** Metadata key under which a decision stands on its construct, for whatever reports on accepted risks. */
export const RISK_METADATA = 'chatbot:accepted-risk';

/**
 * Accepts findings on constructs: one decision, its findings listed one by one, beside the construct that causes them.
 * @throws Error when a finding is not prefixed with its pack, or a text is missing (cdk-nag would take both in silence).
 */
export function acceptRisk(decision: RiskDecision, ...constructs: readonly IConstruct[]): void {
  if (decision.justification.trim().length < 40 || decision.compensatingControl.trim().length < 15) {
    throw new Error(`Accepted risk "${decision.id}": justification and compensatingControl must be sentences that a reviewer can judge; write what is tolerated, why, and what protects instead.`);
  }
  for (const finding of decision.findings) {
    if (!/^[\w.-]+::[\w.-]+/.test(finding)) {
      throw new Error(`Accepted risk "${decision.id}": finding "${finding}" is not prefixed with its pack; write it as "AwsSolutions::AwsSolutions-S1".`);
    }
  }
  const reason = `[${decision.id}] ${decision.justification} Instead: ${decision.compensatingControl}`;
  for (const construct of constructs) {
    construct.node.addMetadata(RISK_METADATA, { id: decision.id, findings: decision.findings });
    withoutStackTrace(() => {
      for (const id of decision.findings) Validations.of(construct).acknowledge({ id, reason });
    });
  }
}

/** The toolkit writes where it was called from into the assembly: paths of this machine, which would make the same commit give other bytes elsewhere. */
function withoutStackTrace(act: () => void): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    act();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
