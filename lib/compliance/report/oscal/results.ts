import type { Decision, DecisionState, Outcome, Place } from '../../evidence/types.ts';
import { VERDICTS } from '../../verdict.ts';
import { capped, leftOut, MOST_REPEATED } from '../cap.ts';
import { LABELS } from '../count.ts';
import { uuid } from '../hash.ts';
import type { JudgedControl, Model } from '../model.ts';
import { found, where } from '../words.ts';
import { line, props, prose, token } from './text.ts';

/** UUIDs of one report: each follows from what it names. */
export interface Ids {
  readonly observation: (outcome: Outcome) => string;
  /** Whether the outcome is an observation of the file; of very many of one control, some are. */
  readonly isShown: (outcome: Outcome) => boolean;
  readonly risk: (id: string) => string;
  readonly subject: (place: Place) => string;
}

/** UUIDs that stay the same from release to release for the same control and resource; outcomes that nothing tells apart are numbered. */
export function idsOf({ evidence, controls }: Model): Ids {
  const shown = new Set(controls.flatMap(({ outcomes }) => capped(outcomes, MOST_REPEATED).shown));
  const seen = new Map<string, number>();
  const observations = new Map(
    evidence.outcomes.flatMap((outcome) => {
      const { control, place, part, property } = outcome;
      const identity = JSON.stringify([control, place?.stack, place?.path, place?.logicalId, part, property]);
      const again = seen.get(identity) ?? 0;
      seen.set(identity, again + 1);
      return shown.has(outcome) ? [[outcome, uuid('observation', evidence.name, identity, String(again))] as const] : [];
    }),
  );
  return {
    observation: (outcome) => observations.get(outcome) as string,
    isShown: (outcome) => shown.has(outcome),
    risk: (id) => uuid('risk', evidence.name, id),
    subject: ({ stack, logicalId, path }) => uuid('subject', evidence.name, stack, logicalId, path),
  };
}

/** One observation an outcome. */
export function observation(outcome: Outcome, model: Model, ids: Ids): object {
  const { place, verdict, property, part, decision, slot } = outcome;
  return {
    uuid: ids.observation(outcome),
    title: line(`${outcome.control}: ${LABELS[verdict]}`),
    description: prose([`${where(outcome)}.`, found(outcome)].join(' ')),
    ...props(['verdict', verdict], ['part', part], ['property', property], ['decision', decision], ['evidence-owner', slot?.owner], ['evidence-due', slot?.due]),
    methods: [verdict === 'MANUAL' ? 'UNKNOWN' : 'TEST'],
    types: ['control-objective'],
    ...(place && { subjects: [{ 'subject-uuid': ids.subject(place), type: 'inventory-item', title: line(place.path) }] }),
    ...(slot?.evidence !== undefined && { 'relevant-evidence': [{ description: prose(slot.evidence) }] }),
    collected: model.evidence.at,
  };
}

/** One finding a control. An accepted risk does not satisfy its control; what cannot be told does not either. */
export function finding({ control, counts, verdict, outcomes }: JudgedControl, model: Model, ids: Ids): object {
  const satisfied = verdict === 'PASS' || verdict === 'NOT_APPLICABLE';
  const reason = { PASS: 'pass', FAIL: 'fail', ACCEPTED: 'fail', ERROR: 'other', UNKNOWN: 'other', MANUAL: 'other', NOT_APPLICABLE: 'other' }[verdict ?? 'UNKNOWN'];
  const left = outcomes.filter((outcome) => !ids.isShown(outcome)).length;
  const risks = [...new Set(outcomes.map(model.decision).map((decision) => decision?.id))].filter((id) => id !== undefined);
  return {
    uuid: uuid('finding', model.evidence.name, control.id),
    title: line(`${control.id}: ${control.title}`),
    description: prose(control.info || control.title),
    ...props(
      ['framework', control.framework],
      ['rule-version', control.version],
      ...control.references.map((reference) => ['reference', reference] as const),
      ['verdict', verdict],
      ['left-out', left > 0 ? leftOut(left) : undefined],
      ...VERDICTS.map((name) => [`count-${name.toLowerCase()}`, counts[name] > 0 ? String(counts[name]) : undefined] as const),
    ),
    target: {
      type: 'objective-id',
      'target-id': token(control.id),
      title: line(control.title),
      status: { state: satisfied ? 'satisfied' : 'not-satisfied', reason, remarks: prose(`${LABELS[verdict ?? 'UNKNOWN']}. ${control.explanation}`) },
    },
    'related-observations': outcomes.filter(ids.isShown).map((outcome) => ({ 'observation-uuid': ids.observation(outcome) })),
    ...(risks.length > 0 && { 'related-risks': risks.map((id) => ({ 'risk-uuid': ids.risk(id) })) }),
  };
}

const RISK_STATUS: Readonly<Record<DecisionState, string>> = { approved: 'deviation-approved', proposed: 'deviation-requested', expired: 'open', invalid: 'open', unused: 'closed' };

/** One risk a decision, due on its last day. */
export function risk(decision: Decision, model: Model, ids: Ids): object {
  const { id, justification, compensatingControl, covers, owner, approver, ticket, expires, state, problem } = decision;
  const related = model.evidence.outcomes.filter((outcome) => outcome.decision === id && ids.isShown(outcome));
  const last = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? new Date(`${expires}T23:59:59Z`) : new Date(Number.NaN);
  return {
    uuid: ids.risk(id),
    title: line(id),
    description: prose(justification),
    statement: prose(covers.length === 0 ? 'It covers nothing.' : `It covers: ${covers.join('; ')}`),
    ...props(['owner', owner], ['approver', approver], ['ticket', ticket], ['state', state], ['expires', expires], ['problem', problem]),
    status: RISK_STATUS[state],
    'mitigating-factors': [{ uuid: uuid('mitigation', model.evidence.name, id), description: prose(compensatingControl) }],
    ...(!Number.isNaN(last.getTime()) && last.toISOString().startsWith(expires) && /^(19|2\d)/.test(expires) && { deadline: `${expires}T23:59:59Z` }),
    ...(related.length > 0 && { 'related-observations': related.map((outcome) => ({ 'observation-uuid': ids.observation(outcome) })) }),
  };
}
