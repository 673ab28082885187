import { describe, expect, it } from 'vitest';
import { rules } from '../../../config/rules/index.ts';
import { ENDPOINT, pathsOf, problemsIn, sample } from '../sample.ts';
import type { Changes } from '../sample.ts';

interface Case {
  readonly rule: string;
  readonly why: string;
  readonly on?: 'dev' | 'prod';
  readonly changes: Changes;
  /** Paths of all problems; none when the case is good. */
  readonly paths: readonly string[];
}

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d-0000-0000-0000-000000000000';
const CERTIFICATE = 'arn:aws:acm:eu-central-1:111122223333:certificate/1a2b3c4d-0000-0000-0000-000000000000';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:on-call';
const WEB_ACL = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/ours/1a2b3c4d-0000-0000-0000-000000000000';
const ORGANISATION_TRAIL = 'arn:aws:cloudtrail:us-east-1:999988887777:trail/organisation';
const OFF = { enabled: false, reason: 'It is brought: see the options under existing.' };
const VPC = { vpcId: 'vpc-0a1b2c3d', privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], availabilityZones: ['eu-central-1a', 'eu-central-1b'], securityGroupIds: ['sg-0a1b2c3d'] };
const DOMAIN = { name: 'chat.ottermoss.example', certificateArn: CERTIFICATE };
const PROFILE = { id: 'eu.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'eu-west-1'] };

const ORDERS = { baseUrl: 'https://orders.ottermoss.example/api', vendorCredential: 'order-system' };
const ISSUER = { issuerUrl: 'https://login.ottermoss.example', audience: 'chat' };

/** That many tags. */
function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));
}

const CASES: readonly Case[] = [
  { rule: 'time-out-chain', why: 'defaults hold', on: 'prod', changes: { functions: {}, api: {} }, paths: [] },
  { rule: 'time-out-chain', why: 'the model call is over before the interim reply', on: 'prod', changes: { 'model.timeoutSeconds': 1 }, paths: ['conversation.interimAfterMilliseconds'] },
  { rule: 'time-out-chain', why: 'the model call may take as long as its function', on: 'prod', changes: { 'functions.chat.timeoutSeconds': 15 }, paths: ['model.timeoutSeconds'] },
  { rule: 'time-out-chain', why: 'the chat function has no time to claim and store', on: 'prod', changes: { 'functions.chat.timeoutSeconds': 22 }, paths: ['model.timeoutSeconds'] },
  { rule: 'time-out-chain', why: 'eight seconds are enough', on: 'prod', changes: { 'functions.chat.timeoutSeconds': 23 }, paths: [] },
  { rule: 'time-out-chain', why: 'without a model too a turn is claimed and stored', changes: { 'functions.chat.timeoutSeconds': 5 }, paths: ['conversation.interimAfterMilliseconds'] },
  { rule: 'time-out-chain', why: 'the gateway gives up first', changes: { 'api.integrationTimeoutSeconds': 28 }, paths: ['functions.chat.timeoutSeconds'] },
  { rule: 'time-out-chain', why: 'pages and authorizer stand behind the gateway too', changes: { 'functions.pages.timeoutSeconds': 29, 'functions.authorizer.timeoutSeconds': 40 }, paths: ['functions.authorizer.timeoutSeconds', 'functions.pages.timeoutSeconds'] },
  { rule: 'time-out-chain', why: 'the worker has no time to commit', on: 'prod', changes: { 'functions.turnWorker.timeoutSeconds': 55 }, paths: ['model.workerTimeoutSeconds'] },
  { rule: 'time-out-chain', why: 'the worker has just enough', on: 'prod', changes: { 'functions.turnWorker.timeoutSeconds': 56 }, paths: [] },
  { rule: 'time-out-chain', why: 'without a model there is no worker time-out to hold', changes: { 'functions.turnWorker.timeoutSeconds': 10 }, paths: [] },
  { rule: 'time-out-chain', why: 'a model behind an endpoint is waited for alike', changes: { model: { ...ENDPOINT, timeoutSeconds: 1 }, 'functions.turnWorker.timeoutSeconds': 55 }, paths: ['conversation.interimAfterMilliseconds', 'model.workerTimeoutSeconds'] },
  { rule: 'endpoint-key-unknown', why: 'no credential has that name', changes: { model: { ...ENDPOINT, apiKey: { vendorCredential: 'models' } }, vendorCredentials: [{ name: 'crm', usedBy: 'profiles' }] }, paths: ['model.apiKey.vendorCredential'] },
  { rule: 'endpoint-key-unknown', why: 'there is no credential at all', changes: { model: { ...ENDPOINT, apiKey: { vendorCredential: 'models' } } }, paths: ['model.apiKey.vendorCredential'] },
  { rule: 'endpoint-key-unknown', why: 'a credential has that name', changes: { model: { ...ENDPOINT, apiKey: { vendorCredential: 'models' } }, vendorCredentials: [{ name: 'models', usedBy: 'answers' }] }, paths: [] },
  { rule: 'endpoint-key-unknown', why: 'an endpoint without a key needs none', changes: { model: ENDPOINT }, paths: [] },
  { rule: 'endpoint-key-in-clear', why: 'the network could read it', changes: { model: { ...ENDPOINT, baseUrl: 'http://models.internal/v1', apiKey: { vendorCredential: 'models' } }, vendorCredentials: [{ name: 'models', usedBy: 'answers' }] }, paths: ['model.baseUrl'] },
  { rule: 'endpoint-key-in-clear', why: 'it stays on this machine', changes: { model: { ...ENDPOINT, baseUrl: 'http://127.0.0.1:8000/v1', apiKey: { vendorCredential: 'models' } }, vendorCredentials: [{ name: 'models', usedBy: 'answers' }] }, paths: [] },
  { rule: 'endpoint-key-in-clear', why: 'nothing is hidden where there is no key', changes: { model: { ...ENDPOINT, baseUrl: 'http://models.internal/v1' } }, paths: [] },
  { rule: 'region-not-allowed', why: 'the endpoint leaves the policy', changes: { model: { ...ENDPOINT, processor: { name: 'Somebody', region: 'us-east-1' } } }, paths: ['model.processor.region'] },
  { rule: 'alarm-without-subscriber', why: 'nobody hears tickets', changes: { 'alarms.ticket': [] }, paths: ['alarms.ticket'] },
  { rule: 'alarm-without-subscriber', why: 'a brought topic counts', changes: { 'alarms.ticket': [], 'existing.topics.ticket': TOPIC }, paths: [] },
  { rule: 'canary-without-alarm', why: 'nobody hears pages', changes: { 'alarms.page': undefined }, paths: ['alarms.page', 'delivery.enabled'] },
  { rule: 'canary-without-alarm', why: 'without gradual deployment only the alarms miss them', changes: { 'alarms.page': [], delivery: OFF }, paths: ['alarms.page'] },
  { rule: 'canary-without-alarm', why: 'a brought topic counts', changes: { 'alarms.page': [], 'existing.topics.page': TOPIC }, paths: [] },
  { rule: 'delivery-too-long', why: 'ten steps of 289 minutes', changes: { 'delivery.strategy': { kind: 'linear', percent: 10, minutes: 289 } }, paths: ['delivery.strategy.minutes'] },
  { rule: 'delivery-too-long', why: 'ten steps of 288 minutes are two days', changes: { 'delivery.strategy': { kind: 'linear', percent: 10, minutes: 288 } }, paths: [] },
  { rule: 'delivery-too-long', why: 'a part of a step is a step', changes: { 'delivery.strategy': { kind: 'linear', percent: 30, minutes: 721 } }, paths: ['delivery.strategy.minutes'] },
  { rule: 'delivery-too-long', why: 'a canary has one', changes: { 'delivery.strategy': { kind: 'canary', percent: 10, minutes: 2880 } }, paths: [] },
  { rule: 'retention-over-policy', why: 'a day too long', changes: { 'conversation.retentionDays': 31 }, paths: ['conversation.retentionDays'] },
  { rule: 'retention-over-policy', why: 'as long as the policy', changes: { 'conversation.retentionDays': 30, 'dataPolicy.logRetentionDays': 30 }, paths: [] },
  { rule: 'retention-over-policy', why: 'logs are checked too, also their default', changes: { 'dataPolicy.maxRetentionDays': 20, 'dataPolicy.logRetentionDays': undefined }, paths: ['dataPolicy.logRetentionDays'] },
  { rule: 'retention-over-policy', why: 'what can be restored is kept', changes: { 'dataPolicy.pointInTimeRecoveryDays': 31 }, paths: ['dataPolicy.pointInTimeRecoveryDays'] },
  { rule: 'retention-over-policy', why: 'what can be restored ends with the policy, also its default', changes: { 'dataPolicy.pointInTimeRecoveryDays': undefined, 'dataPolicy.maxRetentionDays': 35 }, paths: [] },
  { rule: 'retention-over-policy', why: 'production restores no longer than a short policy allows', on: 'prod', changes: { 'conversation.retentionDays': 30, 'dataPolicy.maxRetentionDays': 30, 'dataPolicy.logRetentionDays': 30, 'dataPolicy.pointInTimeRecoveryDays': 30 }, paths: [] },
  { rule: 'reservations-over-account', why: 'one too many', changes: { accountConcurrency: 149, 'functions.chat.reservedConcurrency': 20, 'functions.sweep.reservedConcurrency': 30 }, paths: ['accountConcurrency'] },
  { rule: 'reservations-over-account', why: 'exactly 100 stay', changes: { accountConcurrency: 150, 'functions.chat.reservedConcurrency': 20, 'functions.sweep.reservedConcurrency': 30 }, paths: [] },
  { rule: 'reservations-over-account', why: 'a new account without reservations', changes: { accountConcurrency: 10 }, paths: [] },
  { rule: 'reservations-over-account', why: 'a new account with one', changes: { accountConcurrency: 10, 'functions.chat.reservedConcurrency': 1 }, paths: ['accountConcurrency'] },
  { rule: 'region-not-allowed', why: 'the estate leaves the policy', changes: { region: 'eu-west-1' }, paths: ['region'] },
  { rule: 'region-not-allowed', why: 'the profile leaves the policy', on: 'prod', changes: { 'dataPolicy.allowedRegions': ['eu-central-1', 'eu-north-1'] }, paths: ['model.inferenceProfile.regions.2', 'model.inferenceProfile.regions.3'] },
  { rule: 'inference-profile-mismatch', why: 'a profile of another model', on: 'prod', changes: { 'model.modelId': 'amazon.nova-pro-v1:0' }, paths: ['model.inferenceProfile.id'] },
  { rule: 'inference-profile-mismatch', why: 'a profile in place of the model', on: 'prod', changes: { 'model.modelId': 'eu.amazon.nova-lite-v1:0' }, paths: ['model.modelId'] },
  { rule: 'inference-profile-mismatch', why: 'a region that the profile does not reach', on: 'prod', changes: { 'model.inferenceProfile': { ...PROFILE, regions: ['eu-central-1', 'us-east-1'] }, 'dataPolicy.allowedRegions': ['eu-central-1', 'us-east-1'] }, paths: ['model.inferenceProfile.regions.1'] },
  { rule: 'inference-profile-mismatch', why: 'global that names one continent', on: 'prod', changes: { 'model.inferenceProfile': { ...PROFILE, id: 'global.amazon.nova-lite-v1:0' } }, paths: ['model.inferenceProfile.regions'] },
  { rule: 'inference-profile-mismatch', why: 'global that names several', on: 'prod', changes: { 'model.inferenceProfile': { id: 'global.amazon.nova-lite-v1:0', regions: ['eu-central-1', 'us-east-1'] }, 'dataPolicy.allowedRegions': ['eu-central-1', 'us-east-1'] }, paths: [] },
  { rule: 'inference-profile-mismatch', why: 'no profile at all', on: 'prod', changes: { 'model.inferenceProfile': undefined }, paths: [] },
  { rule: 'default-locale-without-disclosure', why: 'French without a text', changes: { 'conversation.defaultLocale': 'fr' }, paths: ['conversation.defaultLocale'] },
  { rule: 'default-locale-without-disclosure', why: 'German with one', changes: { 'conversation.defaultLocale': 'de' }, paths: [] },
  { rule: 'words-too-long', why: 'five long disclosures', changes: { 'conversation.disclosure': Object.fromEntries(['en', 'de', 'fr', 'it', 'nl'].map((locale) => [locale, 'a'.repeat(500)])) }, paths: ['conversation.disclosure'] },
  { rule: 'words-too-long', why: 'bytes count, not letters', changes: { 'conversation.disclosure': { en: '語'.repeat(500), de: '語'.repeat(400) } }, paths: ['conversation.disclosure'] },
  { rule: 'words-too-long', why: 'origins travel with the words', changes: { 'api.embedOrigins': Array.from({ length: 20 }, (_, index) => `https://${'a'.repeat(63)}.${'b'.repeat(40)}.shop-${index}.example`) }, paths: ['conversation.disclosure'] },
  { rule: 'repeated-name', why: 'two use cases of one id', changes: { 'useCases.3.id': 'order-status' }, paths: ['useCases.3.id'] },
  { rule: 'repeated-name', why: 'two credentials of one name', changes: { vendorCredentials: [{ name: 'crm', usedBy: 'one' }, { name: 'crm', usedBy: 'two' }] }, paths: ['vendorCredentials.1.name'] },
  { rule: 'repeated-name', why: 'one subscriber twice', changes: { 'alarms.page.1': { protocol: 'email', address: 'chatbot-dev@ottermoss.example' } }, paths: ['alarms.page.1'] },
  { rule: 'tag-taken', why: 'one that the estate gives itself', changes: { 'naming.tags': { environment: 'development', 'cost-centre': '4711' } }, paths: ['naming.tags.environment'] },
  { rule: 'tag-taken', why: 'in another case, which IAM does not tell apart', changes: { 'naming.tags': { 'Data-Class': 'secret' } }, paths: ['naming.tags.Data-Class'] },
  { rule: 'tag-taken', why: 'two that differ in case only', changes: { 'naming.tags': { Team: 'chat', team: 'chat' } }, paths: ['naming.tags.team'] },
  { rule: 'tag-taken', why: 'one too many', changes: { 'naming.tags': tags(44) }, paths: ['naming.tags'] },
  { rule: 'tag-taken', why: 'as many as there is room for', changes: { 'naming.tags': tags(43) }, paths: [] },
  { rule: 'owner-is-approver', why: 'one role, written differently', changes: { responsible: { owner: 'Platform-Lead', approver: ' platform-lead' } }, paths: ['responsible.approver'] },
  { rule: 'owner-is-approver', why: 'a person', changes: { 'responsible.owner': 'kim@ottermoss.example' }, paths: ['responsible.owner'] },
  { rule: 'domain-inconsistent', why: 'no zone: the record is written elsewhere', changes: { 'api.domain': DOMAIN }, paths: [] },
  { rule: 'domain-inconsistent', why: 'zone id without its name', changes: { 'api.domain': { ...DOMAIN, hostedZoneId: 'Z0123456789ABC' } }, paths: ['api.domain.hostedZoneName'] },
  { rule: 'domain-inconsistent', why: 'zone name without its id', changes: { 'api.domain': { ...DOMAIN, hostedZoneName: 'ottermoss.example' } }, paths: ['api.domain.hostedZoneId'] },
  { rule: 'domain-inconsistent', why: 'a name that only ends alike', changes: { 'api.domain': { ...DOMAIN, name: 'chat.notottermoss.example', hostedZoneId: 'Z0123456789ABC', hostedZoneName: 'ottermoss.example' } }, paths: ['api.domain.name'] },
  { rule: 'domain-inconsistent', why: 'a name in the zone', changes: { 'api.domain': { ...DOMAIN, hostedZoneId: 'Z0123456789ABC', hostedZoneName: 'ottermoss.example' } }, paths: [] },
  { rule: 'vpc-inconsistent', why: 'two subnets in two zones', changes: { 'existing.vpc': VPC }, paths: [] },
  { rule: 'vpc-inconsistent', why: 'a zone is missing', changes: { 'existing.vpc': { ...VPC, privateSubnetIds: [...VPC.privateSubnetIds, 'subnet-2a1b2c3d'] } }, paths: ['existing.vpc.availabilityZones'] },
  { rule: 'vpc-inconsistent', why: 'one zone twice', changes: { 'existing.vpc': { ...VPC, availabilityZones: ['eu-central-1a', 'eu-central-1a'] } }, paths: ['existing.vpc.availabilityZones'] },
  { rule: 'vpc-inconsistent', why: 'a zone of another region', changes: { 'existing.vpc': { ...VPC, availabilityZones: ['eu-central-1a', 'eu-west-1b'] } }, paths: ['existing.vpc.availabilityZones.1'] },
  { rule: 'private-api-with-domain', why: 'both', changes: { 'api.access': { kind: 'private', vpcEndpointIds: ['vpce-0a1b2c3d'] }, 'api.domain': DOMAIN }, paths: ['api.domain'] },
  { rule: 'private-api-with-domain', why: 'private alone', changes: { 'api.access': { kind: 'private', vpcEndpointIds: ['vpce-0a1b2c3d'] } }, paths: [] },
  { rule: 'brought-resource-elsewhere', why: 'no account yet: of any account', changes: { 'existing.keys.conversations': KEY }, paths: [] },
  { rule: 'brought-resource-elsewhere', why: 'of the same account', changes: { account: '111122223333', 'existing.keys.conversations': KEY, 'existing.permissionBoundaryArn': 'arn:aws:iam::111122223333:policy/boundary' }, paths: [] },
  { rule: 'brought-resource-elsewhere', why: 'of another account', changes: { account: '444455556666', 'existing.keys.conversations': KEY, 'existing.permissionBoundaryArn': 'arn:aws:iam::111122223333:policy/boundary' }, paths: ['existing.keys.conversations', 'existing.permissionBoundaryArn'] },
  { rule: 'brought-resource-elsewhere', why: 'a certificate of CloudFront', changes: { 'api.domain': { ...DOMAIN, certificateArn: CERTIFICATE.replace('eu-central-1', 'us-east-1') } }, paths: ['api.domain.certificateArn'] },
  { rule: 'brought-resource-elsewhere', why: 'another partition', changes: { 'existing.keys.logs': KEY.replace('arn:aws:', 'arn:aws-cn:') }, paths: ['existing.keys.logs'] },
  { rule: 'brought-resource-elsewhere', why: 'a user pool of another region', changes: { 'existing.userPool': { userPoolId: 'eu-west-1_abcDEF123', clientId: 'abcdefgh12345678' } }, paths: ['existing.userPool.userPoolId'] },
  { rule: 'brought-resource-elsewhere', why: 'the organisation trail is of another account and region', on: 'prod', changes: { account: '111122223333', 'existing.organisationTrailArn': ORGANISATION_TRAIL, trail: OFF }, paths: [] },
  { rule: 'setting-without-effect', why: 'two web ACLs', on: 'prod', changes: { 'existing.webAclArn': WEB_ACL }, paths: ['firewall.enabled'] },
  { rule: 'setting-without-effect', why: 'a brought web ACL', on: 'prod', changes: { 'existing.webAclArn': WEB_ACL, firewall: OFF }, paths: [] },
  { rule: 'setting-without-effect', why: 'two trails', on: 'prod', changes: { 'existing.organisationTrailArn': ORGANISATION_TRAIL }, paths: ['trail.enabled'] },
  { rule: 'setting-without-effect', why: 'a trail whose management events another one records', on: 'prod', changes: { trail: { enabled: true, managementEvents: { recordedBy: 'organisation' } } }, paths: [] },
  { rule: 'setting-without-effect', why: 'a trail that leaves management events to that of the organisation, beside it', on: 'prod', changes: { 'existing.organisationTrailArn': ORGANISATION_TRAIL, trail: { enabled: true, managementEvents: { recordedBy: 'organisation' } } }, paths: ['trail.enabled'] },
  { rule: 'setting-without-effect', why: 'an archive for nothing', changes: { 'existing.logArchiveBucket': 'organisation-log-archive' }, paths: ['existing.logArchiveBucket'] },
  { rule: 'setting-without-effect', why: 'subscribers beside a brought topic', changes: { 'existing.topics.page': TOPIC }, paths: ['alarms.page'] },
  { rule: 'setting-without-effect', why: 'a rate rule behind a stricter one', on: 'prod', changes: { firewall: { enabled: true, requestsPerAddress: 50 } }, paths: ['firewall.conversationsPerAddress'] },
  { rule: 'integration-incomplete', why: 'an order system with all that it needs', on: 'prod', changes: { 'integrations.orders': ORDERS, 'existing.customerIssuer': ISSUER }, paths: [] },
  { rule: 'integration-incomplete', why: 'a key that nobody keeps', on: 'prod', changes: { 'integrations.orders': { ...ORDERS, vendorCredential: 'orders' }, 'existing.customerIssuer': ISSUER }, paths: ['integrations.orders.vendorCredential'] },
  { rule: 'integration-incomplete', why: 'no use case needs it', on: 'prod', changes: { 'integrations.orders': ORDERS, 'existing.customerIssuer': ISSUER, 'useCases.0.integrations': ['parcels'] }, paths: ['integrations.orders'] },
  { rule: 'integration-incomplete', why: 'every visitor is anonymous', on: 'prod', changes: { 'integrations.orders': ORDERS }, paths: ['integrations.orders'] },
];

describe('rules between options', () => {
  it.each(CASES)('$rule: $why', ({ on = 'dev', changes, paths }) => {
    expect(pathsOf(on, changes)).toEqual(paths);
  });

  it.each(CASES.filter(({ paths }) => paths.length > 0))('$rule says of «$why» what is allowed and how to mend it', ({ on = 'dev', changes }) => {
    for (const { problem, allowed, mend } of problemsIn(sample(on, changes))) {
      expect(problem).toMatch(/\.$/);
      expect(mend).toMatch(/\.$/);
      expect(allowed).not.toBe('');
    }
  });

  it('each has a bad case here, or in the test of the floors', () => {
    const tested = new Set([...CASES.filter(({ paths }) => paths.length > 0).map(({ rule }) => rule), 'production-floors']);
    expect(rules.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  });

  it('is silent about an empty environment, whatever is missing', () => {
    expect(rules.flatMap((rule) => rule.check({}))).toEqual([]);
  });
});
