import type { ParameterSources } from '../../lib/compliance/index.ts';

/** Where an environment's parameters come from (bin/report/parameters.ts); options of config in backticks. */
export const PARAMETER_SOURCES: ParameterSources = {
  maxRetentionDays: '`dataPolicy.maxRetentionDays`',
  maxAuditRetentionDays: '`dataPolicy.auditRetentionDays`',
  allowedRegions: '`dataPolicy.allowedRegions`',
  processors: '`compliance.processors`, and the model’s processor where it is not Amazon Bedrock',
  platform: 'as by default',
  controller: '`compliance.controller`',
  dataSubjects: '`compliance.dataSubjects`',
  tags: 'as by default',
  impersonalClasses: 'as by default',
  keyMaterialClasses: 'as by default',
  auditClass: 'as by default',
  dataSubjectRoles: 'the roles that the estate has for erasing and exporting',
  publicRoutes: 'the routes of the API that its contract calls public',
  outsideTrail: '`existing.organisationTrailArn`, else `trail.managementEvents.recordedBy`',
  childDirected: '`compliance.childDirected`',
  impactAssessment: '`compliance.impactAssessment`',
  disclosure: '`conversation.disclosure`, `conversation.humanContact`',
  sourceAddressInLogs: '`compliance.sourceAddressInLogs`',
  impersonalAuthorizerFields: 'the kind of token, which the authorizer adds',
  maxIdleSessionMinutes: 'as by default',
  modelWithoutGuardrail: '`model.withoutGuardrail`',
  keyShredded: 'the table of conversations, whose texts are sealed under a key of their subject',
};
