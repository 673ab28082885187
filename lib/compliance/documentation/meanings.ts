import type { Parameters } from '../rules/parameters.ts';
import type { PackId } from '../rules/rule.ts';
import type { Verdict } from '../verdict.ts';

/** What each pack of our own is. */
export const PACKS: Readonly<Record<PackId, string>> = {
  GDPR: 'What the General Data Protection Regulation asks, as far as a template tells; and the articles of which it tells nothing, for a person',
  'HIPAA-Additions': 'Paragraphs of the HIPAA Security Rule that the stock pack never cites',
  'Blind-Spots': 'Resource types that the stock packs do not look at: global tables, Bedrock, function URLs, HTTP APIs, event buses, schedules, queues',
};

/** What each verdict says, and what follows from it. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  PASS: 'The template shows what the rule demands.',
  FAIL: 'The template shows the contrary, or lacks it. It fails the gate until it is mended or accepted.',
  ACCEPTED: 'It fails, and a decision that is in force says why that is tolerable and what protects instead.',
  UNKNOWN: 'It cannot be told from the template: a parameter, a condition, an import or a dynamic reference decides, which the note names. It never counts as a pass.',
  NOT_APPLICABLE: 'There is nothing here that the rule is about.',
  MANUAL: 'A person has to judge it; the row says what that person has to see.',
  ERROR: 'The rule itself broke. That says nothing of the estate, and fails the gate like a finding.',
};

/** What each parameter means. */
export const PARAMETER_MEANINGS: Readonly<Record<keyof Parameters, string>> = {
  maxRetentionDays: 'Longest that personal data may be kept, in days',
  maxAuditRetentionDays: 'Longest that audit records may be kept, in days; without it as long as personal data',
  allowedRegions: 'Regions in which data may be; with none listed, residency is UNKNOWN',
  processors: 'Register of processors: name, hosts (or numbers of accounts), region',
  platform: 'Provider whose services the estate runs on, a processor by its own contract; without it AWS',
  controller: 'Who decides about the processing, and how to reach them: the head of the record of processing',
  dataSubjects: 'Categories of people whose data it is, by purpose; `*` stands for every other purpose',
  tags: 'Names of the tags that declare a store',
  keyMaterialClasses: 'Data classes of stores that keep wrapped keys of persons, which open nothing without the key that wraps them',
  impersonalClasses: 'Data classes that are not personal; a store without a class, or of any other, is personal',
  auditClass: 'Data class of audit trails',
  dataSubjectRoles: 'Roles that erase, export and give support, each by a part of its logical id or path',
  publicRoutes: 'Paths of routes that are public on purpose',
  outsideTrail: 'Trail outside the templates that records access to personal stores and calls of models',
  childDirected: 'Whether the service is directed at children',
  impactAssessment: 'Reference of the data protection impact assessment',
  disclosure: 'Languages in which the disclosure that this is an AI is set, and the way to a human',
  sourceAddressInLogs: 'Why access logs may hold source addresses; without a reason they may not',
  impersonalAuthorizerFields: 'What an authorizer adds to a request and identifies nobody',
  maxIdleSessionMinutes: 'Longest that a session may idle before its service forgets it, in minutes; without it 60',
  modelWithoutGuardrail: 'Why calls of a model that is not on Bedrock, where no template shows them, go without a guardrail',
  keyShredded: 'Stores whose items are encrypted under a key per person, each by a part of its logical id or path: destroying the key erases them',
};
