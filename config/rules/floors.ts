import type { EnvironmentDraft } from '../draft.ts';
import { prefixLength } from '../schema/api.ts';
import { Compliance } from '../schema/operations.ts';
import type { Finding, Rule } from './rule.ts';

/** What a floor says. */
interface Words {
  readonly path: string;
  /** The least that production has. */
  readonly least: string;
  /** What would happen without it. */
  readonly why: string;
  readonly mend: string;
}

/** A limit under which no production environment goes. */
export interface Floor extends Words {
  /** The value that is under the floor; undefined when the floor holds, or when it is not known what stands there. */
  readonly under: (environment: EnvironmentDraft) => unknown;
}

function floor<T>({ value, holds, ...words }: Words & { readonly value: (environment: EnvironmentDraft) => T | undefined; readonly holds: (value: T, environment: EnvironmentDraft) => boolean }): Floor {
  return {
    ...words,
    under: (environment) => {
      const found = value(environment);
      return found === undefined || holds(found, environment) ? undefined : found;
    },
  };
}

/** Every rule pack that there is: what stands there by default. */
const PACKS = Compliance.parse({}).packs;

/** Longest retention of conversations in production, in days: a year. */
const LONGEST_RETENTION_DAYS = 365;

/** Longest window of point-in-time recovery that DynamoDB has, in days. */
const LONGEST_RECOVERY_DAYS = 35;

/** The floors of production, in the order of the schema. */
export const FLOORS: readonly Floor[] = [
  floor({
    path: 'firewall.enabled',
    value: ({ firewall, existing }) => (existing === undefined ? undefined : firewall?.enabled),
    holds: (enabled, { existing }) => enabled || existing?.webAclArn !== undefined,
    least: 'true, or a brought web ACL',
    why: 'a public bot without rate rules is a bill and a way to guess tokens',
    mend: 'Write firewall: { enabled: true }, or bring `existing.webAclArn`.',
  }),
  floor({
    path: 'conversation.retentionDays',
    value: ({ conversation }) => conversation?.retentionDays,
    holds: (days) => days <= LONGEST_RETENTION_DAYS,
    least: `at most ${LONGEST_RETENTION_DAYS} days`,
    why: 'personal data that nobody needs any more can only leak',
    mend: `Write ${LONGEST_RETENTION_DAYS} or less.`,
  }),
  floor({
    path: 'guardrail.enabled',
    value: ({ guardrail, model }) => (model?.provider === 'bedrock' ? guardrail?.enabled : undefined),
    holds: (enabled) => enabled,
    least: 'true with a model on Bedrock',
    why: 'a model that customers talk to needs its filter for prompt attacks and personal data',
    mend: 'Write guardrail: { enabled: true }.',
  }),
  floor({
    path: 'guardrail.promptAttackStrength',
    value: ({ guardrail, model }) => (model?.provider === 'bedrock' && guardrail?.enabled === true ? guardrail.promptAttackStrength : undefined),
    holds: (strength) => strength === 'HIGH',
    least: "'HIGH' with a model on Bedrock",
    why: 'anybody on the internet can try to talk the model out of its instructions',
    mend: "Write 'HIGH' or leave it out.",
  }),
  floor({
    path: 'model.baseUrl',
    value: ({ model }) => (model?.provider === 'openai-compatible' ? model.baseUrl : undefined),
    holds: (url) => url.startsWith('https://'),
    least: 'an https URL with a model behind an endpoint',
    why: 'anybody on the way could read what customers write',
    mend: 'Put TLS before the endpoint, inside a private network too.',
  }),
  floor({
    path: 'delivery.enabled',
    value: ({ delivery }) => delivery?.enabled,
    holds: (enabled) => enabled,
    least: 'true',
    why: 'a broken version would reach every customer at once',
    mend: 'Write delivery: { enabled: true }.',
  }),
  floor({
    path: 'delivery.strategy.percent',
    value: ({ delivery }) => (delivery?.enabled === true ? delivery.strategy?.percent : undefined),
    holds: (percent) => percent <= 10,
    least: 'at most 10 percent in the first step',
    why: 'more customers than one in ten would meet a broken version before its alarms do',
    mend: 'Write 10 or less.',
  }),
  floor({
    path: 'dataPolicy.pointInTimeRecoveryDays',
    value: ({ dataPolicy }) => dataPolicy?.pointInTimeRecoveryDays,
    // A policy may allow personal data less than that, in backups too.
    holds: (days, { dataPolicy }) => days >= Math.min(LONGEST_RECOVERY_DAYS, dataPolicy?.maxRetentionDays ?? LONGEST_RECOVERY_DAYS),
    least: `${LONGEST_RECOVERY_DAYS} days, or \`dataPolicy.maxRetentionDays\` where that is less`,
    why: 'damage that is noticed after a month could not be undone',
    mend: `Write ${LONGEST_RECOVERY_DAYS}, or what \`dataPolicy.maxRetentionDays\` allows.`,
  }),
  floor({
    path: 'dataPolicy.auditRetentionDays',
    value: ({ dataPolicy }) => dataPolicy?.auditRetentionDays,
    holds: (days) => days >= 365,
    least: '365 days or more',
    why: 'who read what could not be told when a breach is found late',
    mend: 'Write 365 or more.',
  }),
  floor({
    path: 'dataPolicy.removal.kind',
    value: ({ dataPolicy }) => dataPolicy?.removal?.kind,
    holds: (kind) => kind === 'retain',
    least: "'retain'",
    why: 'one wrong command would destroy every conversation',
    mend: "Write removal: { kind: 'retain' }.",
  }),
  floor({
    path: 'trail.enabled',
    value: ({ trail, existing }) => (existing === undefined ? undefined : trail?.enabled),
    holds: (enabled, { existing }) => enabled || existing?.organisationTrailArn !== undefined,
    least: 'true, or the trail of the organisation',
    why: 'nobody could say who read personal data',
    mend: 'Write trail: { enabled: true }, or bring `existing.organisationTrailArn`.',
  }),
  floor({
    path: 'compliance.packs',
    // With an entry that was refused it is not known what runs.
    value: ({ compliance }) => (compliance?.packs?.includes(undefined) ? undefined : compliance?.packs),
    holds: (packs) => PACKS.every((pack) => packs.includes(pack)),
    least: `all of ${PACKS.join(', ')}`,
    why: 'nobody could say which rules the templates break',
    mend: 'Leave it out: all of them is the default.',
  }),
];

/** A limit on each entry of a list. */
export interface EntryFloor extends Words {
  /** Entries under the floor, with their paths. */
  readonly under: (environment: EnvironmentDraft) => readonly { readonly path: string; readonly value: string }[];
}

function entryFloor({ values, holds, list, ...words }: Omit<Words, 'path'> & { readonly list: string; readonly values: (environment: EnvironmentDraft) => readonly (string | undefined)[] | undefined; readonly holds: (value: string) => boolean }): EntryFloor {
  return {
    ...words,
    path: `${list}[]`,
    under: (environment) => (values(environment) ?? []).flatMap((value, index) => (value === undefined || holds(value) ? [] : [{ path: `${list}.${index}`, value }])),
  };
}

/** Widest ranges that no firewall rule blocks: 65,536 addresses of IPv4, what a registry gives one organisation of IPv6. */
const SHORTEST_PREFIX = { v4: 16, v6: 32 };

/** Floors of production under the entries of lists. */
export const ENTRY_FLOORS: readonly EntryFloor[] = [
  entryFloor({
    list: 'api.embedOrigins',
    values: ({ api }) => api?.embedOrigins,
    holds: (origin) => origin.startsWith('https://'),
    least: 'https origins only',
    why: 'a page that anybody on the way can change would embed the chat',
    mend: 'Write https:// or remove it.',
  }),
  entryFloor({
    list: 'firewall.allowedAddresses',
    values: ({ firewall }) => (firewall?.enabled === true ? firewall.allowedAddresses : undefined),
    holds: (range) => prefixLength(range) >= (range.includes(':') ? SHORTEST_PREFIX.v6 : SHORTEST_PREFIX.v4),
    least: `ranges of /${SHORTEST_PREFIX.v4} (IPv4) or /${SHORTEST_PREFIX.v6} (IPv6), or narrower`,
    why: 'a range that wide holds strangers, and no rate rule holds for them',
    mend: 'Name the ranges of your own offices and NAT gateways one by one.',
  }),
];

/** Safety settings of production have a least value. */
export const productionFloors: Rule = {
  id: 'production-floors',
  demands: 'With `tier: production` the safety settings have floors (their own table); no value and no reason passes them.',
  check: (environment) => {
    if (environment.tier !== 'production') return [];
    const found = FLOORS.map((one) => ({ one, value: one.under(environment) })).filter(({ value }) => value !== undefined);
    const entries = ENTRY_FLOORS.flatMap((one) => one.under(environment).map(({ path, value }) => refusal(path, value, one)));
    return [...found.map(({ one, value }) => refusal(one.path, value, one)), ...entries];
  },
};

function refusal(path: string, value: unknown, { least, why, mend }: Words): Finding {
  return { path, value, problem: `It is under the floor of production: ${why}. No value or reason passes it.`, allowed: `${least} (tier: production)`, mend };
}
