import type { EnvironmentDraft } from '../draft.ts';
import type { Rule } from './rule.ts';

interface Combination {
  /** The option without effect. */
  readonly path: string;
  readonly value: (environment: EnvironmentDraft) => unknown;
  /** Whether both stand there. */
  readonly holds: (environment: EnvironmentDraft) => boolean;
  readonly because: string;
  readonly allowed: string;
  readonly mend: string;
}

const COMBINATIONS: readonly Combination[] = [
  {
    path: 'firewall.enabled',
    value: () => true,
    holds: ({ existing, firewall }) => existing?.webAclArn !== undefined && firewall?.enabled === true,
    because: '`existing.webAclArn` brings a web ACL with rules of its own',
    allowed: 'a web ACL of our own, or a brought one',
    mend: "Write firewall: { enabled: false, reason: 'The web ACL is brought (existing.webAclArn).' }, or remove `existing.webAclArn`.",
  },
  {
    path: 'trail.enabled',
    value: () => true,
    holds: ({ existing, trail }) => existing?.organisationTrailArn !== undefined && trail?.enabled === true,
    because: '`existing.organisationTrailArn` says that the trail of the organisation records the events',
    allowed: 'a trail of our own, or that of the organisation',
    mend: "Write trail: { enabled: false, reason: 'The organisation trail records data events (existing.organisationTrailArn).' }, or remove `existing.organisationTrailArn`.",
  },
  {
    path: 'existing.logArchiveBucket',
    value: ({ existing }) => existing?.logArchiveBucket,
    holds: ({ existing, trail }) => existing?.logArchiveBucket !== undefined && trail?.enabled === false,
    because: 'without a trail of our own nothing is delivered to it',
    allowed: 'a bucket together with trail: { enabled: true }',
    mend: 'Remove it, or switch the trail on.',
  },
  ...(['page', 'ticket'] as const).map((severity) => ({
    path: `alarms.${severity}`,
    value: ({ alarms }: EnvironmentDraft) => alarms?.[severity],
    holds: ({ alarms, existing }: EnvironmentDraft) => existing?.topics?.[severity] !== undefined && (alarms?.[severity]?.length ?? 0) > 0,
    because: `\`existing.topics.${severity}\` brings a topic, and who hears it is subscribed where it was made`,
    allowed: 'subscribers, or a brought topic',
    mend: `Remove them and subscribe at the brought topic, or remove \`existing.topics.${severity}\`.`,
  })),
  {
    path: 'firewall.conversationsPerAddress',
    value: ({ firewall }) => (firewall?.enabled === true ? firewall.conversationsPerAddress : undefined),
    holds: ({ firewall }) => firewall?.enabled === true && (firewall.conversationsPerAddress ?? 0) > (firewall.requestsPerAddress ?? Number.POSITIVE_INFINITY),
    because: '`firewall.requestsPerAddress` blocks the address first',
    allowed: 'at most `firewall.requestsPerAddress`',
    mend: 'Lower it, or raise `firewall.requestsPerAddress`.',
  },
];

/** What somebody wrote does something. */
export const settingsHaveEffect: Rule = {
  id: 'setting-without-effect',
  demands: 'A brought resource replaces ours: firewall options beside a brought web ACL, a trail beside that of the organisation, subscribers beside a brought topic have no effect and are refused.',
  check: (environment) =>
    COMBINATIONS.filter(({ holds }) => holds(environment)).map(({ path, value, because, allowed, mend }) => ({ path, value: value(environment), problem: `It would have no effect: ${because}.`, allowed, mend })),
};
