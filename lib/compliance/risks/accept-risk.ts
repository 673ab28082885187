import { CfnResource, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { faultOf } from './fault.ts';
import { rememberCall } from './call-line.ts';
import type { RiskDecision } from './types.ts';

/** Metadata key under which a decision stands on its construct, for whatever reports on accepted risks. */
export const RISK_METADATA = 'compliance:accepted-risk';

/**
 * Accepts findings on constructs, the one door to do so: one decision, its findings listed one by one, beside the construct that causes them.
 * It covers the resource that a construct is for, and none beside or below it. On a stage or an app it covers findings on the estate as a whole
 * (no trail at all, say), and no resource's.
 * @throws Error when a field is malformed (cdk-nag would take it in silence), when a construct is for no single resource, or when there is none
 */
export function acceptRisk(decision: RiskDecision, ...constructs: readonly IConstruct[]): void {
  const fault = faultOf(decision) ?? (constructs.length === 0 ? 'it names no construct; pass each one whose findings it covers, or the stage for findings on the estate as a whole.' : undefined) ?? constructs.map(tooWide).find((found) => found !== undefined);
  if (fault !== undefined) throw new Error(`Accepted risk "${decision.id}": ${fault}`);
  const reason = `[${decision.id}] ${decision.justification} Instead: ${decision.compensatingControl}`;
  for (const construct of constructs) {
    const data = { ...decision };
    construct.node.addMetadata(RISK_METADATA, data);
    rememberCall(data, acceptRisk);
    const resource = resourceOf(construct);
    if (resource === undefined) continue;
    withoutStackTrace(() => {
      for (const id of decision.findings) Validations.of(resource).acknowledge({ id, reason });
    });
  }
}

/** The resource that a construct is, or is for. */
export function resourceOf(construct: IConstruct): CfnResource | undefined {
  let found: IConstruct | undefined = construct;
  while (found !== undefined && !CfnResource.isCfnResource(found)) found = found.node.defaultChild;
  return found;
}

function tooWide(construct: IConstruct): string | undefined {
  if (Stage.isStage(construct) || resourceOf(construct) !== undefined) return undefined;
  return `it is too wide: ${construct.node.path || 'the construct'} is no single resource; name each resource that it is for.`;
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
