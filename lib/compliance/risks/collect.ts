import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { resourcePath } from '../template/estate.ts';
import { RISK_METADATA, resourceOf } from './accept-risk.ts';
import { lineOf } from './call-line.ts';
import type { PlacedDecision, RiskDecision } from './types.ts';

/**
 * Decisions that hold in a part of the construct tree, one entry a construct that it was made on: those in it, and those on the app that it stands in.
 * @param scope a stage, or the app when it has none
 */
export function decisionsOf(scope: IConstruct): PlacedDecision[] {
  const constructs = new Set<IConstruct>([...scope.node.scopes.filter((above) => Stage.isStage(above)), ...scope.node.findAll()]);
  return [...constructs].flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === RISK_METADATA)
      .map(({ data }) => placed(data as RiskDecision, construct)),
  );
}

function placed(decision: RiskDecision, construct: IConstruct): PlacedDecision {
  const line = lineOf(decision);
  const whole = Stage.isStage(construct);
  const { path } = (whole ? construct : (resourceOf(construct) ?? construct)).node;
  return { ...decision, path: resourcePath(path), whole, ...(line === undefined ? {} : { line }) };
}
