import { ARTICLE_RULES } from './articles/articles.ts';
import { b01GlobalTableEncryption } from './blind-spots/b01-global-table-encryption.ts';
import { b02GlobalTableRecovery } from './blind-spots/b02-global-table-recovery.ts';
import { b03GlobalTableTimeToLive } from './blind-spots/b03-global-table-time-to-live.ts';
import { b04GlobalTableDeletionProtection } from './blind-spots/b04-global-table-deletion-protection.ts';
import { b05BedrockEncryption } from './blind-spots/b05-bedrock-encryption.ts';
import { b06BedrockAgentGuardrail } from './blind-spots/b06-bedrock-agent-guardrail.ts';
import { b07ModelCallersGuarded } from './blind-spots/b07-model-callers-guarded.ts';
import { b08FunctionUrlAuth } from './blind-spots/b08-function-url-auth.ts';
import { b09FunctionUrlCors } from './blind-spots/b09-function-url-cors.ts';
import { b10HttpApiAuthorizer } from './blind-spots/b10-http-api-authorizer.ts';
import { b11HttpApiAccessLog } from './blind-spots/b11-http-api-access-log.ts';
import { b12HttpApiThrottling } from './blind-spots/b12-http-api-throttling.ts';
import { b13HttpApiCors } from './blind-spots/b13-http-api-cors.ts';
import { b14EventBusEncryption } from './blind-spots/b14-event-bus-encryption.ts';
import { b15EventBusPolicy } from './blind-spots/b15-event-bus-policy.ts';
import { b16RuleDeadLetters } from './blind-spots/b16-rule-dead-letters.ts';
import { b17ScheduleDeadLetters } from './blind-spots/b17-schedule-dead-letters.ts';
import { b18ScheduleEncryption } from './blind-spots/b18-schedule-encryption.ts';
import { b19ScheduleRole } from './blind-spots/b19-schedule-role.ts';
import { b20QueueEncryption } from './blind-spots/b20-queue-encryption.ts';
import { b21QueueInTransit } from './blind-spots/b21-queue-in-transit.ts';
import { g01TimeToLive } from './gdpr/g01-time-to-live.ts';
import { g02LogRetention } from './gdpr/g02-log-retention.ts';
import { g03BucketExpiry } from './gdpr/g03-bucket-expiry.ts';
import { g04NoLockOnErasure } from './gdpr/g04-no-lock-on-erasure.ts';
import { g05ResidualWindow } from './gdpr/g05-residual-window.ts';
import { g06VectorsDeleted } from './gdpr/g06-vectors-deleted.ts';
import { g07SessionLifetime } from './gdpr/g07-session-lifetime.ts';
import { g08MessageRetention } from './gdpr/g08-message-retention.ts';
import { g09NoPayloadTracing } from './gdpr/g09-no-payload-tracing.ts';
import { g10AccessLogFields } from './gdpr/g10-access-log-fields.ts';
import { g11LogMasking } from './gdpr/g11-log-masking.ts';
import { g12GuardrailEntities } from './gdpr/g12-guardrail-entities.ts';
import { g13PromptAttack } from './gdpr/g13-prompt-attack.ts';
import { g14CustomerKeys } from './gdpr/g14-customer-keys.ts';
import { g15KeyHygiene } from './gdpr/g15-key-hygiene.ts';
import { g16LiteralSecrets } from './gdpr/g16-literal-secrets.ts';
import { g17Transport } from './gdpr/g17-transport.ts';
import { g18NothingPublic } from './gdpr/g18-nothing-public.ts';
import { g19BulkReads } from './gdpr/g19-bulk-reads.ts';
import { g20Routes } from './gdpr/g20-routes.ts';
import { g21ServiceSources } from './gdpr/g21-service-sources.ts';
import { g22Residency } from './gdpr/g22-residency.ts';
import { g23ModelsInRegion } from './gdpr/g23-models-in-region.ts';
import { g24Processors } from './gdpr/g24-processors.ts';
import { g25DeclaredStores } from './gdpr/g25-declared-stores.ts';
import { g26AccessRecords } from './gdpr/g26-access-records.ts';
import { g27BreachAlarms } from './gdpr/g27-breach-alarms.ts';
import { g28RecoverableTables } from './gdpr/g28-recoverable-tables.ts';
import { g29CompleteErasureAndExport } from './gdpr/g29-complete-erasure-and-export.ts';
import { g30PeopleAndMachines } from './gdpr/g30-people-and-machines.ts';
import { h01AutomaticLogoff } from './hipaa/h01-automatic-logoff.ts';
import { h02UniqueUsers } from './hipaa/h02-unique-users.ts';
import { h03EmergencyAccess } from './hipaa/h03-emergency-access.ts';
import { h04PersonAuthentication } from './hipaa/h04-person-authentication.ts';
import { h05ActivityReview } from './hipaa/h05-activity-review.ts';
import { h06IncidentProcedures } from './hipaa/h06-incident-procedures.ts';
import type { Rule } from './rule.ts';

/** What the General Data Protection Regulation asks of an estate, as far as a template tells. */
export const GDPR_RULES: readonly Rule[] = [
  g01TimeToLive,
  g02LogRetention,
  g03BucketExpiry,
  g04NoLockOnErasure,
  g05ResidualWindow,
  g06VectorsDeleted,
  g07SessionLifetime,
  g08MessageRetention,
  g09NoPayloadTracing,
  g10AccessLogFields,
  g11LogMasking,
  g12GuardrailEntities,
  g13PromptAttack,
  g14CustomerKeys,
  g15KeyHygiene,
  g16LiteralSecrets,
  g17Transport,
  g18NothingPublic,
  g19BulkReads,
  g20Routes,
  g21ServiceSources,
  g22Residency,
  g23ModelsInRegion,
  g24Processors,
  g25DeclaredStores,
  g26AccessRecords,
  g27BreachAlarms,
  g28RecoverableTables,
  g29CompleteErasureAndExport,
  g30PeopleAndMachines,
];

/** Paragraphs of the HIPAA Security Rule that the stock pack never cites. */
export const HIPAA_RULES: readonly Rule[] = [
  h01AutomaticLogoff,
  h02UniqueUsers,
  h03EmergencyAccess,
  h04PersonAuthentication,
  h05ActivityReview,
  h06IncidentProcedures,
];

/** Types that no stock pack looks at. */
export const BLIND_SPOT_RULES: readonly Rule[] = [
  b01GlobalTableEncryption,
  b02GlobalTableRecovery,
  b03GlobalTableTimeToLive,
  b04GlobalTableDeletionProtection,
  b05BedrockEncryption,
  b06BedrockAgentGuardrail,
  b07ModelCallersGuarded,
  b08FunctionUrlAuth,
  b09FunctionUrlCors,
  b10HttpApiAuthorizer,
  b11HttpApiAccessLog,
  b12HttpApiThrottling,
  b13HttpApiCors,
  b14EventBusEncryption,
  b15EventBusPolicy,
  b16RuleDeadLetters,
  b17ScheduleDeadLetters,
  b18ScheduleEncryption,
  b19ScheduleRole,
  b20QueueEncryption,
  b21QueueInTransit,
];

/** Every rule of our own packs. */
export const RULES: readonly Rule[] = [...GDPR_RULES, ...ARTICLE_RULES, ...HIPAA_RULES, ...BLIND_SPOT_RULES];
