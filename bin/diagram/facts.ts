import { at, isNamed, listAt, textAt, underCustomerKey } from './estate.ts';
import type { Estate, Resource } from './estate.ts';
import { statementsOf } from './permissions.ts';

/** Reads a box's lines from its resources. */
type Facts = (own: readonly Resource[], estate: Estate, shownBy: readonly Resource[]) => readonly string[];

const ofType = (resources: readonly Resource[], ...types: readonly string[]): Resource[] => resources.filter(({ type }) => types.includes(type));
const functionsOf = (own: readonly Resource[]): Resource[] => ofType(own, 'AWS::Lambda::Function');
const read = (resource: Resource | undefined, ...path: readonly (string | number)[]): string | undefined => textAt(resource?.properties, ...path);
const lines = (...texts: readonly (string | false | undefined)[]): string[] => texts.filter((text) => typeof text === 'string' && text !== '') as string[];

/** `1 route`, `5 routes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Where the callers are and which sites embed the page. */
export const client: Facts = (_own, estate, [api]) => {
  const page = functionsOf(estate.resources).find((fn) => isNamed(fn, 'FunctionName', 'pages'));
  const origins = listAt(settingsOf(page), 'embedOrigins').length;
  const inside = listAt(api?.properties, 'EndpointConfiguration', 'Types').includes('PRIVATE');
  return lines(inside ? 'private network' : 'public internet', origins > 0 && `${counted(origins, 'site')} embed${origins === 1 ? 's' : ''} it`);
};

/** Rate limits, and managed rule groups with how many only count. */
export const firewall: Facts = (own) => {
  const rules = ofType(own, 'AWS::WAFv2::WebACL').flatMap(({ properties }) => listAt(properties, 'Rules'));
  const limits = rules.filter((rule) => at(rule, 'Statement', 'RateBasedStatement') !== undefined).length;
  const managed = rules.filter((rule) => at(rule, 'Statement', 'ManagedRuleGroupStatement') !== undefined);
  const counting = managed.filter((rule) => at(rule, 'OverrideAction', 'Count') !== undefined).length;
  if (rules.length === 0) return ['brought: an ACL of yours'];
  return lines(limits > 0 && counted(limits, 'rate limit'), managed.length > 0 && `${managed.length} managed, ${counting} counting`);
};

/** Routes without preflights, how many stream, the least TLS version and the stage's throttle. */
export const api: Facts = (own) => {
  const routes = ofType(own, 'AWS::ApiGateway::Method').filter(({ properties }) => properties['HttpMethod'] !== 'OPTIONS');
  const streamed = routes.filter(({ properties }) => at(properties, 'Integration', 'ResponseTransferMode') === 'STREAM').length;
  const policy = own.map((resource) => read(resource, 'SecurityPolicy')).find((text) => text !== undefined) ?? '';
  const tls = /TLS_?1_?([23])/.exec(policy)?.[1];
  const throttle = own.flatMap(({ properties }) => listAt(properties, 'MethodSettings')).find((setting) => at(setting, 'ResourcePath') === '/*');
  const rate = textAt(throttle, 'ThrottlingRateLimit');
  return lines(`${counted(routes.length, 'route')}, ${streamed} streamed`, [tls && `TLS 1.${tls}`, rate !== undefined && `${rate} req/s`].filter(Boolean).join(', '));
};

/** What a function is called behind the prefix, its memory and its time-out. */
function size(own: readonly Resource[]): string {
  const [fn] = functionsOf(own);
  return `${read(fn, 'MemorySize')} MB, ${read(fn, 'Timeout')} s`;
}

/** Size of the page's function. */
export const pages: Facts = (own) => lines(size(own));

/** Size of the authorizer, and how many routes ask it. */
export const authorizer: Facts = (own, estate) => {
  const routes = ofType(estate.resources, 'AWS::ApiGateway::Method').filter(({ properties }) => properties['HttpMethod'] !== 'OPTIONS');
  const asking = routes.filter(({ properties }) => properties['AuthorizerId'] !== undefined).length;
  return lines(size(own), `asked by ${asking} of ${counted(routes.length, 'route')}`);
};

/** Size of the chat function, which model provider it is told, and how many may run at once. */
export const chat: Facts = (own) => {
  const reserved = read(functionsOf(own)[0], 'ReservedConcurrentExecutions');
  const provider = textAt(settingsOf(functionsOf(own)[0]), 'model', 'provider');
  return lines(size(own), [provider && `model: ${provider}`, reserved && `${reserved} at once`].filter(Boolean).join(', '));
};

/** Size of the worker, and the tries before a turn is put aside. */
export const turns: Facts = (own) => {
  const tries = ofType(own, 'AWS::SQS::Queue').map((queue) => read(queue, 'RedrivePolicy', 'maxReceiveCount')).find((count) => count !== undefined);
  return lines(size(own), tries !== undefined && `put aside after ${tries} tries`);
};

/** Functions of the event flow, and how often the sweep runs. */
export const events: Facts = (own, estate) => {
  const sweep = functionsOf(own).find((fn) => isNamed(fn, 'FunctionName', 'sweep'));
  const rule = ofType(estate.resources, 'AWS::Events::Rule').find(({ properties, stack }) => properties['ScheduleExpression'] !== undefined && estate.referred(properties['Targets'], stack).some(({ key }) => key === sweep?.key));
  const every = /^rate\((.+)\)$/.exec(read(rule, 'ScheduleExpression') ?? '')?.[1];
  const names = ['outbox-relay', 'interactions'].filter((name) => functionsOf(own).some((fn) => isNamed(fn, 'FunctionName', name)));
  return lines(names.join(', '), every !== undefined && `sweep every ${every}`);
};

/** Whether a policy lets a function invoke a foundation model. */
export function invokesModel(resource: Resource): boolean {
  return statementsOf(resource).some(({ actions }) => actions.some((action) => action.startsWith('bedrock:InvokeModel')));
}

/** The model that policies name, and what the guardrail masks. */
export const model: Facts = (own, _estate, policies) => {
  const arns = policies.flatMap(statementsOf).map(({ resource }) => JSON.stringify(resource ?? ''));
  const find = (kind: string): string | undefined => arns.map((text) => new RegExp(`${kind}/([a-z0-9.:-]+)`, 'i').exec(text)?.[1]).find((name) => name !== undefined);
  const guardrail = ofType(own, 'AWS::Bedrock::Guardrail')[0];
  const kinds = listAt(guardrail?.properties, 'SensitiveInformationPolicyConfig', 'PiiEntitiesConfig').length;
  return lines(find('inference-profile') ?? find('foundation-model'), guardrail !== undefined && `guardrail, ${counted(kinds, 'PII kind')}`);
};

/** Secrets and which rotate; staff roles and whether a second factor is asked. */
export const secrets: Facts = (own) => {
  const rotating = ofType(own, 'AWS::SecretsManager::RotationSchedule').length;
  const roles = ofType(own, 'AWS::Cognito::UserPoolGroup').length;
  const factor = read(ofType(own, 'AWS::Cognito::UserPool')[0], 'MfaConfiguration') === 'ON';
  return lines(`${counted(ofType(own, 'AWS::SecretsManager::Secret').length, 'secret')}, ${rotating} rotating`, roles > 0 && `${counted(roles, 'staff role')}${factor ? ', MFA' : ''}`);
};

function recovery(own: readonly Resource[]): string | undefined {
  const days = own.flatMap(({ properties }) => [properties, ...listAt(properties, 'Replicas')]).map((place) => at(place, 'PointInTimeRecoverySpecification', 'RecoveryPeriodInDays')).find((value) => value !== undefined);
  return days === undefined ? undefined : `${counted(Number(days), 'day')} of recovery`;
}

/** What a wrapped key is found by, and how long a deleted one could be brought back. */
export const subjectKeys: Facts = (own) => lines(`one item a ${read(own[0], 'KeySchema', 0, 'AttributeName')}`, recovery(own));

/** Whether items expire, and for how long they could be brought back. */
export const conversations: Facts = (own) => lines(own.some(({ properties }) => at(properties, 'TimeToLiveSpecification', 'Enabled') === true) && 'every item expires', recovery(own));

/** Number of keys, whether all rotate, and what they encrypt. */
export const kms: Facts = (own, estate) => {
  const keys = ofType(own, 'AWS::KMS::Key');
  const rotating = keys.filter(({ properties }) => properties['EnableKeyRotation'] === true).length;
  const encrypted = estate.resources.filter(underCustomerKey);
  const logs = ofType(encrypted, 'AWS::Logs::LogGroup').length;
  return lines(`${counted(keys.length, 'key')}, ${rotating === keys.length ? 'rotating' : `${rotating} rotating`}`, `for ${counted(encrypted.length - logs, 'store')}, ${counted(logs, 'log')}`);
};

/** Alarms and the topics that they go to; deployments that they can roll back. */
export const operations: Facts = (own, estate) => {
  const alarms = ofType(own, 'AWS::CloudWatch::Alarm');
  const topics = new Set(alarms.flatMap(({ properties, stack }) => estate.referred(properties['AlarmActions'], stack)).flatMap((topic) => read(topic, 'TopicName')?.split('-').at(-1) ?? []));
  const groups = ofType(own, 'AWS::CodeDeploy::DeploymentGroup').length;
  return lines(`${counted(alarms.length, 'alarm')}${topics.size > 0 ? ` → ${[...topics].toSorted((a, b) => a.localeCompare(b)).join(', ')}` : ''}`, groups > 0 && counted(groups, 'gradual deployment'));
};

/** Stores whose reads and writes are recorded, and how long. */
export const audit: Facts = (own, estate) => {
  const [trail] = ofType(own, 'AWS::CloudTrail::Trail');
  const stores = trail === undefined ? 0 : estate.referred([trail.properties['AdvancedEventSelectors'], trail.properties['EventSelectors']], trail.stack).length;
  const days = ofType(own, 'AWS::S3::Bucket').flatMap(({ properties }) => listAt(properties, 'LifecycleConfiguration', 'Rules')).map((rule) => at(rule, 'ExpirationInDays')).find((value) => value !== undefined);
  return lines(stores > 0 && `all access to ${counted(stores, 'table')}`, days !== undefined && `kept for ${counted(Number(days), 'day')}`);
};

/** Settings that a function reads from its environment; nothing when they are not plain text. */
export function settingsOf(fn: Resource | undefined): unknown {
  const text = read(fn, 'Environment', 'Variables', 'SETTINGS');
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
