import type { EnvironmentConfig } from '../../config/schema/index.ts';
import { ROUTES } from '../../lambda/contracts/routes.ts';
import { DEFAULT_PARAMETERS, type Parameters, type Register } from '../../lib/compliance/index.ts';

/** What the rules measure an environment with. */
export function parametersOf({ dataPolicy, compliance, conversation, existing, model, trail }: EnvironmentConfig): Parameters {
  const { childDirected, controller, dataSubjects, impactAssessment, sourceAddressInLogs } = compliance;
  const outsideTrail = existing.organisationTrailArn ?? (trail.enabled ? trail.managementEvents?.recordedBy : undefined);
  const endpoint = model.provider === 'openai-compatible' ? [{ ...model.processor, hosts: [new URL(model.baseUrl).hostname] }] : [];
  return {
    ...DEFAULT_PARAMETERS,
    maxRetentionDays: dataPolicy.maxRetentionDays,
    maxAuditRetentionDays: dataPolicy.auditRetentionDays,
    allowedRegions: dataPolicy.allowedRegions,
    processors: [...compliance.processors, ...endpoint],
    publicRoutes: ROUTES.filter(({ caller }) => caller === 'public').map(({ path }) => path),
    dataSubjectRoles: { erase: ['Privacy/Erase/'], export: ['Privacy/Export/'], support: [] },
    disclosure: { locales: Object.keys(conversation.disclosure), humanRoute: conversation.humanContact },
    impersonalAuthorizerFields: ['kind'],
    // Texts are sealed under a key of their subject, so that destroying the key erases them everywhere.
    keyShredded: ['Conversations'],
    ...(model.provider === 'openai-compatible' && { modelWithoutGuardrail: model.withoutGuardrail }),
    ...(childDirected === undefined ? {} : { childDirected }),
    ...(controller === undefined ? {} : { controller }),
    ...(dataSubjects === undefined ? {} : { dataSubjects }),
    ...(impactAssessment === undefined ? {} : { impactAssessment }),
    ...(outsideTrail === undefined ? {} : { outsideTrail }),
    ...(sourceAddressInLogs === undefined ? {} : { sourceAddressInLogs }),
  };
}

/** Who owns and approves accepted risks, and what was approved. */
export function registerOf({ responsible, compliance }: EnvironmentConfig): Register {
  return { owner: responsible.owner, approver: responsible.approver, approvals: compliance.approvals };
}
