/** Somebody outside the estate who gets data by contract (Art. 28 GDPR). */
export interface Processor {
  readonly name: string;
  /** Hosts that it is reached at, e.g. `api.vendor.example`; `*.` in front stands for any subdomain. Numbers of its accounts of AWS as well. */
  readonly hosts: readonly string[];
  /** Region or country that it processes in. */
  readonly region: string;
}

/** What the rules measure with; an adopter sets it once. */
export interface Parameters {
  /** Longest that personal data may be kept. Range 1-3,650. */
  readonly maxRetentionDays: number;
  /** Longest that audit records may be kept, which are kept to account for processing. @default - as long as personal data */
  readonly maxAuditRetentionDays?: number;
  /** Regions in which data may be. */
  readonly allowedRegions: readonly string[];
  /** Register of processors. */
  readonly processors: readonly Processor[];
  /** Provider whose services the estate runs on: a processor too, whose contract article 28 asks a person for. @default 'AWS' */
  readonly platform?: string;
  /** Who decides about the processing, and how to reach them (Art. 30(1)(a) GDPR). @default - not declared */
  readonly controller?: { readonly name: string; readonly contact: string };
  /** Categories of data subjects (Art. 30(1)(c) GDPR) by the purpose that tags declare; `*` for every other purpose. @default - not declared */
  readonly dataSubjects?: Readonly<Record<string, string>>;
  /** Names of the tags that declare a store. */
  readonly tags: { readonly dataClass: string; readonly purpose: string; readonly legalBasis: string; readonly retentionDays: string; readonly owner: string };
  /** Data classes that are not personal; a store without a class, or of any other, is personal. */
  readonly impersonalClasses: readonly string[];
  /** Data classes of stores that keep wrapped keys of persons: whoever reads one still needs the key that wraps them. */
  readonly keyMaterialClasses: readonly string[];
  /** Data class of audit trails. */
  readonly auditClass: string;
  /** Roles that may read or decrypt personal stores widely, by a part of their logical id or path: data-subject requests and support. */
  readonly dataSubjectRoles: { readonly erase: readonly string[]; readonly export: readonly string[]; readonly support: readonly string[] };
  /** Paths of routes that are public on purpose, e.g. `/v1/health`. */
  readonly publicRoutes: readonly string[];
  /** Trail outside the templates, e.g. of the organisation, that records access to personal stores and calls of models. @default - none */
  readonly outsideTrail?: string;
  /** Whether the service is directed at children (Art. 8 GDPR). @default - not declared */
  readonly childDirected?: boolean;
  /** Reference of the data protection impact assessment (Art. 35 GDPR). @default - none */
  readonly impactAssessment?: string;
  /** Locales of each channel whose AI disclosure is set, and the way to a human. @default - not declared */
  readonly disclosure?: { readonly locales: readonly string[]; readonly humanRoute: string };
  /** Whether access logs may hold the source address, with the reason why. @default - they may not */
  readonly sourceAddressInLogs?: string;
  /** What an authorizer adds to a request (`$context.authorizer.<name>`) and identifies nobody, e.g. `kind`: access logs may hold it. @default - none */
  readonly impersonalAuthorizerFields?: readonly string[];
  /** Longest that a conversation's session may idle before its service forgets it, minutes. Range 1-1,440. @default 60 */
  readonly maxIdleSessionMinutes?: number;
  /** Why calls of a model that is not on Bedrock go without a guardrail. @default - no such model is declared */
  readonly modelWithoutGuardrail?: string;
  /** Stores, by a part of their logical id or path, whose items are encrypted under a key per person: destroying the key erases them. @default - none */
  readonly keyShredded?: readonly string[];
}

/** Parameters for a template of which nothing is known but the template. */
export const DEFAULT_PARAMETERS: Parameters = {
  maxRetentionDays: 365,
  allowedRegions: [],
  processors: [],
  tags: { dataClass: 'data-class', purpose: 'purpose', legalBasis: 'legal-basis', retentionDays: 'retention-days', owner: 'data-owner' },
  impersonalClasses: ['operational', 'public', 'none'],
  keyMaterialClasses: ['key-material'],
  auditClass: 'audit',
  dataSubjectRoles: { erase: [], export: [], support: [] },
  publicRoutes: [],
};
