import * as z from 'zod';
import { option, reason, region, safety, text, whole } from './option.ts';

const size = (memory: number, timeout: number, what: string, maxTimeout = 60) =>
  option(
    z.strictObject({
      memoryMegabytes: whole(128, 10_240, { description: `Memory of the ${what}; its share of CPU grows with it.`, unit: 'MB' }).default(memory),
      timeoutSeconds: whole(1, maxTimeout, { description: `Time-out of the ${what}.`, unit: 'seconds' }).default(timeout),
      reservedConcurrency: whole(1, 10_000, { description: 'Executions kept for it, and its ceiling.', unit: 'executions' }).optional(),
    }).prefault({}),
    { description: `Size of the ${what}.` },
  );

/** Sizes of the functions. */
export const Functions = z.strictObject({
  chat: size(1024, 28, 'chat function', 28),
  authorizer: size(512, 5, 'authorizer'),
  pages: size(256, 5, 'page function'),
  // Three deliveries, six time-outs apart, must end before the sweep gives a turn up after 30 minutes.
  turnWorker: size(1024, 90, 'turn worker', 99),
  outboxRelay: size(256, 30, 'outbox relay'),
  interactions: size(256, 15, 'interaction recorder'),
  sweep: size(256, 60, 'sweep', 240),
});

/** How new versions get traffic. */
export const Delivery = safety(
  {
    strategy: option(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: option(z.literal('canary'), { description: 'A share at first, then all the rest.' }),
          percent: whole(1, 50, { description: 'Share of traffic for the new version at first.', unit: 'percent' }),
          minutes: whole(1, 2_880, { description: 'Time until it gets the rest.', unit: 'minutes' }),
        }),
        z.strictObject({
          kind: option(z.literal('linear'), { description: 'The same share again at each step.' }),
          percent: whole(1, 50, { description: 'Share of traffic added each step.', unit: 'percent' }),
          minutes: whole(1, 2_880, { description: 'Time between two steps.', unit: 'minutes' }),
        }),
      ]).default({ kind: 'canary', percent: 10, minutes: 10 }),
      { description: 'CodeDeploy for Lambda: a canary or a linear shift, two days at most in all.' },
    ),
  },
  'Gradual deployment of every function that serves a request or a product event.',
);

const Subscriber = z.discriminatedUnion('protocol', [
  z.strictObject({ protocol: option(z.literal('email'), { description: 'By mail.' }), address: option(z.email(), { description: 'Mail address; it must confirm the subscription.' }) }),
  z.strictObject({ protocol: option(z.literal('https'), { description: 'By a call to an incident tool.' }), url: option(z.url({ protocol: /^https$/ }).meta({ allowed: 'a URL that begins with https://' }), { description: 'Endpoint of an incident tool; it must confirm the subscription.' }) }),
]);

/** Alarms and who hears them. */
export const Alarms = z.strictObject({
  page: option(z.array(Subscriber).default([]), { description: 'Who hears what must wake somebody.' }),
  ticket: option(z.array(Subscriber).default([]), { description: 'Who hears what can wait until morning.' }),
  thresholds: option(
    z.strictObject({
      fallbackPercent: whole(1, 100, { description: 'Fallback rate that raises an alarm; the period follows from `baseline.contactsPerMonth`, so that it holds enough turns to tell.', unit: 'percent' }).default(20),
      errorPercent: whole(1, 100, { description: 'Share of requests answered with 5xx that raises an alarm.', unit: 'percent' }).default(2),
      firstContentMilliseconds: whole(500, 30_000, { description: '99th percentile of the time to first content that raises an alarm.', unit: 'milliseconds' }).default(2_000),
      refusedTokens: whole(1, 100_000, { description: 'Requests within five minutes, refused because their token is wrong, that raise an alarm. A few are users whose token ran out.', unit: 'requests' }).default(100),
      deniedKeyCalls: whole(1, 1_000, { description: 'Denied attempts, within five minutes, to decrypt with the keys of conversations and secrets, or to give such rights away, that raise an alarm. One or two are a slip of somebody’s.', unit: 'calls' }).default(5),
      credentialAgeDays: whole(1, 730, { description: 'Age of a vendor credential that raises an alarm.', unit: 'days' }).default(90),
    }).prefault({}),
    { description: 'Thresholds of the alarms.' },
  ),
});

/** How stores are kept. */
export const DataPolicy = z.strictObject({
  maxRetentionDays: whole(1, 3_650, { description: 'The longest that personal data may be kept; every retention is checked against it.', unit: 'days' }),
  allowedRegions: option(z.array(region).min(1), { description: 'Regions that personal data may be in; the environment’s own must be one.' }),
  legalBasis: option(z.enum(['contract', 'consent', 'legitimate-interests', 'legal-obligation', 'public-task', 'vital-interests']), { description: 'Legal basis of processing conversations (Article 6(1) GDPR).' }),
  pointInTimeRecoveryDays: whole(1, 35, { description: 'Days that the conversation table can be restored to. The key table always has one, so that an erased key stays erased.', unit: 'days' }).default(35),
  logRetentionDays: option(z.union([z.literal(7), z.literal(14), z.literal(30), z.literal(60), z.literal(90), z.literal(120), z.literal(180), z.literal(365)]).default(30), {
    description: 'Retention of operational logs (values that CloudWatch Logs offers).',
    unit: 'days',
  }),
  auditRetentionDays: whole(90, 3_650, { description: 'Retention of the audit trail’s objects.', unit: 'days' }).default(365),
  removal: option(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: option(z.literal('retain'), { description: 'Stores outlive their stack, and tables are protected against deletion.' }) }),
      z.strictObject({
        kind: option(z.literal('destroy'), { description: 'Stores go with their stack; tables have no deletion protection.' }),
        reason: reason('Why the stores of this environment may be lost with it', 'why nobody misses what is lost'),
      }),
    ]),
    { description: 'What happens to stores when a stack is destroyed.', mend: "Write { kind: 'retain' }, or { kind: 'destroy', reason: '…' }." },
  ),
});

/** Credentials of systems that the estate calls; values never stand here. */
export const VendorCredential = z.strictObject({
  name: option(text(/^[a-z][a-z0-9-]{1,39}$/, '2-40 lower-case letters, digits or hyphens, starting with a letter'), { description: 'Name of the secret; its value is put in by hand, never by config.' }),
  usedBy: option(z.string().min(3), { description: 'Which integration uses it.' }),
});

/** Who reads personal stores, and who uses keys and models. */
export const Trail = safety(
  {
    managementEvents: option(
      z.strictObject({
        recordedBy: option(z.string().min(3).max(120), {
          description: 'Trail outside the estate that records the management events of this account and region, reads included. The trail of the estate then leaves them out, and the report asks for its selectors as evidence.',
          mend: 'Name the trail as its owner knows it, or remove `trail.managementEvents`: the trail of the estate then records them.',
        }),
      }).optional(),
      { description: 'Who records the management events: calls of models and use of keys are among them. Without it the trail of the estate does, which costs nothing as long as no other trail of the account records them.' },
    ),
  },
  'CloudTrail of the estate: data events of personal stores, and management events (unless the organisation’s trail records them).',
);

/** Rule packs. */
export const Compliance = z.strictObject({
  packs: option(z.array(z.enum(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5'])).min(1).default(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5']), { description: 'Packs that gate the synth.' }),
  approvals: option(
    z.record(
      text(/^[a-z][a-z0-9-]{1,59}$/, 'the id of a decision to accept a risk'),
      z.strictObject({
        approver: option(z.string().min(3).max(60), { description: 'Role that approved; another than `responsible.owner`.' }),
        ticket: option(z.string().min(2).max(60), { description: 'Where the approval is recorded.' }),
        approvedOn: option(z.iso.date(), { description: 'Day of the approval.' }),
      }),
    ).default({}),
    { description: 'Approvals of accepted risks, by id of the decision. One without an approval here is proposed, and the report says so.' },
  ),
  manual: option(
    z.record(
      text(/^[A-Z][A-Za-z.0-9-]*-[A-Z]\d\d$/, 'the id of a control, e.g. GDPR-A35'),
      z.strictObject({
        evidence: option(z.string().min(3).max(300).optional(), { description: 'Where the evidence is: a document’s name or address. Leave it out until there is one.' }),
        owner: option(z.string().min(3).max(60), { description: 'Role that brings it.' }),
        due: option(z.iso.date(), { description: 'Day by which it is brought, or looked at again.' }),
      }),
    ).default({}),
    { description: 'What no template tells and a person has to judge, by id of the control: who brings the evidence, by when, and where it is. The report shows it beside the control.' },
  ),
  processors: option(
    z.array(
      z.strictObject({
        name: option(z.string().min(2).max(80), { description: 'Name of the processor.' }),
        hosts: option(z.array(text(/^((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+|\d{12})$/, 'a host name, `*.` in front standing for any subdomain, or the number of an account of AWS')).min(1), { description: 'Hosts that it is reached at; the domain of an e-mail address counts as one. Numbers of its accounts of AWS as well.' }),
        region: option(z.string().min(2).max(40), { description: 'Region or country that it processes in.' }),
      }),
    ).default([]),
    { description: 'Register of processors (Article 28 GDPR): every way out of the estate must lead to one.' },
  ),
  controller: option(
    z.strictObject({
      name: option(z.string().min(2).max(120), { description: 'Name of the controller.' }),
      contact: option(z.string().min(3).max(200), { description: 'How to reach it: a mail address or a page; that of the data protection officer too, where there is one.' }),
    }).optional(),
    { description: 'Who decides about the processing (Article 30(1)(a) GDPR): the head of the record of processing. Undeclared, the record says so.' },
  ),
  dataSubjects: option(z.record(z.string().min(1).max(80), z.string().min(3).max(200)).optional(), { description: 'Categories of people whose data it is (Article 30(1)(c) GDPR), by the purpose that a store declares; `*` stands for every other purpose. Undeclared, the record says so.' }),
  childDirected: option(z.boolean().optional(), { description: 'Whether the service is directed at children (Article 8 GDPR). Undeclared, the report fails it.' }),
  impactAssessment: option(z.string().min(3).max(120).optional(), { description: 'Reference of the data protection impact assessment (Article 35 GDPR).' }),
  sourceAddressInLogs: option(z.string().min(20).max(300).optional(), { description: 'Why access logs may hold source addresses. Without it the report fails them.' }),
});
