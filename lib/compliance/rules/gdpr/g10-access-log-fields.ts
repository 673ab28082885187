import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown, itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { apiVariable, distributionField, judgeFields } from '../access-logs.ts';
import { STAGE_TYPES, stageOf } from '../api-stages.ts';
import { check, patternOf, type Finding } from '../check.ts';
import { firewallLog } from '../firewall-logs.ts';
import type { Parameters } from '../parameters.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = [...STAGE_TYPES, 'AWS::CloudFront::Distribution', 'AWS::CloudFront::RealtimeLogConfig', 'AWS::Logs::Delivery', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::WAFv2::LoggingConfiguration'];

/** G10: access logs say what happened, not what was said or who said it. */
export const g10AccessLogFields: Rule = {
  id: 'G10',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(c)'],
  title: 'Access logs hold no body, query string or claims, and a source address only if declared',
  info: 'Passes when the access-log format of API stages, the fields of CDN logs and the redaction of firewall logs leave out bodies, query strings, cookies, credentials and claims of the caller, and the source address unless sourceAddressInLogs says why it is needed. Fields that an authorizer adds are UNKNOWN unless declared in impersonalAuthorizerFields. Logs with a fixed format (load balancers, the CDN’s standard log) hold the query string and the address, so they fail.',
  explanation: 'Access logs are kept longer than what they are about, and read by more people. A request id ties a line to the record that holds the rest. Take the fields out of the format; redact query string, authorization and cookie in firewall logs.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) => {
    if ((STAGE_TYPES as readonly string[]).includes(resource.type)) return ofStage(resource, estate, parameters);
    if (resource.type === 'AWS::WAFv2::LoggingConfiguration') return firewallLog(resource, estate, parameters);
    if (resource.type === 'AWS::CloudFront::Distribution') return ofFixedFormat('DistributionConfig.Logging.Bucket', valueAt(estate, resource, 'DistributionConfig.Logging.Bucket'), ({ kind }) => kind === 'absent');
    if (resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') return ofLoadBalancer(resource, estate);
    return ofFields(resource, estate, parameters);
  }),
};

const NO_LOG: Finding = { verdict: 'NOT_APPLICABLE', note: 'It keeps no access log.' };

function ofStage(resource: Resource, estate: Estate, parameters: Parameters): Finding {
  const stage = stageOf(estate, resource);
  if (stage === undefined || stage.accessLog.kind === 'absent') return NO_LOG;
  const format = memberOf(stage.accessLog, 'Format');
  if (format.kind !== 'literal' && format.kind !== 'text') return check(`${stage.accessLogProperty}.Format`, format, 'a format of chosen fields', () => undefined, { note: 'Which fields are logged is not in the template.' });
  const names = patternOf(format).match(/\$\w+(?:\.\w+)*/g) ?? [];
  return judgeFields(`${stage.accessLogProperty}.Format`, names.map((name) => ({ name, gives: apiVariable(name, parameters) })), holdsUnknown(format) ? format : undefined, parameters);
}

function ofFields(resource: Resource, estate: Estate, parameters: Parameters): Finding {
  const property = resource.type === 'AWS::Logs::Delivery' ? 'RecordFields' : 'Fields';
  const fields = valueAt(estate, resource, property);
  if (fields.kind === 'absent') return { verdict: 'UNKNOWN', property, actual: 'absent', expected: 'the fields, one by one', note: 'The source of the log decides which fields are delivered.' };
  const names = itemsOf(fields).flatMap((item) => textOf(item) ?? []);
  return judgeFields(property, names.map((name) => ({ name, gives: distributionField(name) })), holdsUnknown(fields) ? fields : undefined, parameters);
}

function ofLoadBalancer(resource: Resource, estate: Estate): Finding {
  const kind = textOf(valueAt(estate, resource, 'Type'));
  if (kind !== undefined && kind !== 'application') return { verdict: 'NOT_APPLICABLE', note: `A ${kind} load balancer does not see requests.` };
  const property = 'LoadBalancerAttributes';
  const attributes = valueAt(estate, resource, property);
  if (attributes.kind === 'unknown') return check(property, attributes, 'no access log', () => undefined);
  const enabled = itemsOf(attributes).find((attribute) => textOf(memberOf(attribute, 'Key')) === 'access_logs.s3.enabled');
  return ofFixedFormat(property, enabled === undefined ? { kind: 'absent' } : memberOf(enabled, 'Value'), (value) => (value.kind === 'literal' ? String(value.value) !== 'true' : value.kind === 'absent'));
}

/** A log whose format nobody can choose holds query strings and addresses. */
function ofFixedFormat(property: string, value: Value, isOff: (value: Value) => boolean): Finding {
  if (isOff(value)) return NO_LOG;
  return check(property, value, 'no log of fixed format', () => false, { note: 'This log always holds the query string and the source address: deliver chosen fields instead.' });
}
