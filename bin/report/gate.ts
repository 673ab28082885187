import { fails } from '../../lib/compliance/index.ts';
import type { Judgement } from './evidence.ts';

/**
 * What fails the gate: each finding that no decision accepts, each decision that accepts nothing, and what config says of decisions and
 * controls that are not there; a line each.
 */
export function openIn({ evidence, staleApprovals, staleSlots }: Omit<Judgement, 'views'>): string[] {
  const findings = evidence.outcomes.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  return [
    ...findings.map(({ control, part, verdict, place }) => `${verdict} ${control}${part === undefined ? '' : ` [${part}]`} ${place?.path ?? evidence.name}`),
    ...evidence.decisions.filter(fails).map(({ id, state, problem }) => `${state} decision ${id}: ${problem ?? ''}`),
    ...staleApprovals.map((id) => `compliance.approvals approves ${id}, which is no decision of ${evidence.name}: correct the id, or take the approval out.`),
    ...staleSlots.map((id) => `compliance.manual names ${id}, which leaves nothing to a person in ${evidence.name}: correct the id, or take it out.`),
  ];
}
