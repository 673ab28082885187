/**
 * Names of the environment variables that a construct's grant sets and that `lambda/runtime/compose.ts` reads.
 * A resource has a variable of its own; behaviour travels in {@link ENV.settings} as JSON, typed by `settings.ts`.
 */
export const ENV = {
  /** Name of the conversation table. */
  conversationTable: 'CONVERSATION_TABLE',
  /** Name of the table of wrapped data keys. */
  keyTable: 'KEY_TABLE',
  /** ARN of the KMS key that wraps each subject's data key. */
  subjectKey: 'SUBJECT_KEY_ARN',
  /** ARN of the secret whose current and previous versions sign conversation tokens. */
  signingSecret: 'SIGNING_SECRET_ARN',
  /** URL of the queue on which slow turns wait for the turn worker. */
  turnQueue: 'TURN_QUEUE_URL',
  /** Name of the event bus that product events leave by. */
  eventBus: 'EVENT_BUS_NAME',
  /** Issuer URL of the staff user pool. */
  staffIssuer: 'STAFF_ISSUER',
  /** Client id that staff tokens must be made for. */
  staffClient: 'STAFF_CLIENT_ID',
  /** Issuer URL of the platform's own customers; absent when only anonymous visitors are served. */
  customerIssuer: 'CUSTOMER_ISSUER',
  /** Audience that customers' tokens must name. */
  customerAudience: 'CUSTOMER_AUDIENCE',
  /** ARN of the secret with the key of the model's endpoint; absent when it asks for none. */
  modelKeySecret: 'MODEL_KEY_SECRET_ARN',
  /** Id of the Bedrock guardrail. */
  guardrailId: 'GUARDRAIL_ID',
  /** Version of the Bedrock guardrail. */
  guardrailVersion: 'GUARDRAIL_VERSION',
  /**
   * Fingerprint of the guardrail's policies. Nothing reads it: it makes a change of the policies a change of the function, and so a
   * new version of it, where the number of the guardrail's version is only known to CloudFormation.
   */
  guardrailPolicies: 'GUARDRAIL_POLICIES',
  /** JSON object of the version that this deployment brings, by function name; what the pre-traffic hook checks. */
  targetVersions: 'TARGET_VERSIONS',
  /** JSON array of the ARNs of vendor secrets whose age is watched. */
  vendorSecrets: 'VENDOR_SECRET_ARNS',
  /** ARN of the vendor secret that holds the key of the order system. */
  orderSystemSecret: 'ORDER_SYSTEM_SECRET_ARN',
  /** Namespace of the metrics that the function publishes. */
  metricNamespace: 'METRIC_NAMESPACE',
  /** Version of this release, as stored with every reply. */
  release: 'RELEASE',
  /** JSON of the function's settings (`settings.ts`). */
  settings: 'SETTINGS',
} as const;
