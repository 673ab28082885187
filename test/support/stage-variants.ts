import { prod } from '../../config/environments/prod.ts';
import { shared } from '../../config/environments/shared.ts';
import { ENDPOINT } from '../config/sample.ts';
import type { Changes } from '../config/sample.ts';
import { type Estate, estateOf } from './estate.ts';

const ACCOUNT = '000000000000';
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:${ACCOUNT}:${rest}`;

/** Network that is brought. */
export const VPC = {
  vpcId: 'vpc-0a1b2c3d4e5f67890',
  privateSubnetIds: ['subnet-0a1b2c3d4e5f67890', 'subnet-0a1b2c3d4e5f67891'],
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  securityGroupIds: ['sg-0a1b2c3d4e5f67890'],
};
/** Keys that are brought. */
export const KEYS = { conversations: arn('kms', 'key/conversations'), subjects: arn('kms', 'key/subjects'), logs: arn('kms', 'key/logs'), audit: arn('kms', 'key/audit'), operations: arn('kms', 'key/operations') };
/** Topics that are brought. */
export const TOPICS = { page: arn('sns', 'on-call'), ticket: arn('sns', 'tickets') };
/** Permission boundary that is demanded. */
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;

/** What an organisation with strict rules brings and prescribes. */
export const BROUGHT: Changes = {
  'existing.vpc': VPC,
  'existing.keys': KEYS,
  'existing.topics': TOPICS,
  'alarms.page': [],
  'alarms.ticket': [],
  'existing.userPool': { userPoolId: 'eu-central-1_aBcD3fGh1', clientId: '1a2b3c4d5e' },
  'compliance.processors': [...shared.compliance.processors, { name: 'The shop’s own sign-in', hosts: ['login.shop.example'], region: 'eu-central-1' }],
  'existing.customerIssuer': { issuerUrl: 'https://login.shop.example', audience: 'chat' },
  'existing.webAclArn': arn('wafv2', 'regional/webacl/shared/00000000-0000-0000-0000-000000000000'),
  firewall: { enabled: false, reason: 'The web ACL is brought (existing.webAclArn).' },
  'existing.logArchiveBucket': 'organisation-log-archive',
  'existing.permissionBoundaryArn': BOUNDARY,
  'naming.bootstrapQualifier': 'platform1',
  'naming.iamPath': '/platform/chat/',
};

/** Names as long as config takes them, and lists as long as they get. */
const LONG: Changes = {
  name: 'a'.repeat(20),
  'naming.prefix': 'a'.repeat(20),
  delivery: { enabled: true, strategy: { kind: 'linear', percent: 10, minutes: 288 } },
  'model.inferenceProfile': { id: 'eu.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'] },
  'dataPolicy.allowedRegions': ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  'conversation.disclosure': { en: 'x'.repeat(500), de: 'x'.repeat(500), fr: 'x'.repeat(500) },
  vendorCredentials: Array.from({ length: 20 }, (_, index) => ({ name: `${'v'.repeat(38)}${String.fromCharCode(97 + index)}`, usedBy: 'an integration' })),
  'existing.vpc': VPC,
};

const OFF = { enabled: false, reason: 'Switched off to see that its decision stands there.' };

/** Each safety of the schema switched off, by the option that says why: none may leave a finding that nobody decided on. */
export const SWITCHED_OFF: Readonly<Record<string, Changes>> = {
  'delivery.reason': { delivery: OFF },
  'firewall.reason': { firewall: OFF },
  'guardrail.reason': { guardrail: OFF },
  'trail.reason': { trail: OFF },
  'dataPolicy.removal.reason': { 'dataPolicy.removal': { kind: 'destroy', reason: OFF.reason } },
  'model.withoutGuardrail': { model: ENDPOINT },
};

/** Production's settings where the floors of production do not hold. */
const loosely = (...changes: readonly Changes[]): Estate => estateOf('prod', Object.assign({ tier: 'development' }, ...changes) as Changes);

/** Environments of kinds that the samples are not: each has to hold what the samples do. */
export const variants: Readonly<Record<string, Estate>> = {
  'production': estateOf('prod'),
  'development': estateOf('dev'),
  'everything brought': estateOf('prod', BROUGHT),
  'the trail of the organisation': estateOf('prod', {
    'existing.organisationTrailArn': 'arn:aws:cloudtrail:eu-west-1:999988887777:trail/organisation',
    trail: { enabled: false, reason: 'The organisation trail records data events.' },
  }),
  'no gradual deployment': estateOf('dev', { delivery: { enabled: false, reason: 'Nobody but the team uses this environment.' }, vendorCredentials: [{ name: 'crm', usedBy: 'customer profiles' }] }),
  'long names': estateOf('prod', LONG),
  'a model without records': estateOf('dev', { vendorCredentials: [{ name: 'crm', usedBy: 'customer profiles' }], model: prod.model, 'dataPolicy.allowedRegions': prod.dataPolicy.allowedRegions }),
  'management events recorded elsewhere': estateOf('prod', { trail: { enabled: true, managementEvents: { recordedBy: 'organisation' } } }),
  ...Object.fromEntries(Object.entries(SWITCHED_OFF).map(([option, changes]) => [`without ${option}`, loosely(changes)])),
  'everything switched off': loosely(...Object.entries(SWITCHED_OFF).filter(([option]) => option !== 'model.withoutGuardrail').map(([, changes]) => changes)),
};
