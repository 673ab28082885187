import { textIn } from '../../policy/identity.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { allOf, anyOf } from '../answers.ts';
import { check, isTrue, literal, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { namesSomebody } from './somebody.ts';

type Reader = (estate: Estate, resource: Resource) => Finding | readonly Finding[];

const isNotTrue = (value: Value): boolean | undefined => (value.kind === 'absent' ? true : literal((text) => text.toLowerCase() === 'false')(value));
const reachable = (property: string, absent: boolean | undefined): Reader => (estate, resource) => check(property, valueAt(estate, resource, property), 'false', (value) => (value.kind === 'absent' ? absent : isNotTrue(value)));

/** Settings that open a resource to anybody. */
export const EXPOSING: Readonly<Record<string, Reader>> = {
  'AWS::S3::Bucket': (estate, bucket) => [...blocks(estate, bucket), check('AccessControl', valueAt(estate, bucket, 'AccessControl'), 'no public list', (value) => (value.kind === 'absent' ? true : literal((text) => !/^(Public|AuthenticatedRead)/.test(text))(value)), { part: 'ACL' })],
  'AWS::S3::AccessPoint': (estate, point) => blocks(estate, point),
  'AWS::S3::MultiRegionAccessPoint': (estate, point) => blocks(estate, point),
  'AWS::Lambda::Url': (estate, url) => check('AuthType', valueAt(estate, url, 'AuthType'), 'AWS_IAM', literal((text) => text === 'AWS_IAM')),
  'AWS::Serverless::Function': (estate, own) => {
    const url = valueAt(estate, own, 'FunctionUrlConfig');
    return url.kind === 'absent' ? { verdict: 'NOT_APPLICABLE', note: 'It has no URL.' } : check('FunctionUrlConfig.AuthType', url.kind === 'unknown' ? url : memberOf(url, 'AuthType'), 'AWS_IAM', literal((text) => text === 'AWS_IAM'));
  },
  'AWS::Lambda::Permission': permission,
  'AWS::OpenSearchServerless::SecurityPolicy': (estate, policy) => {
    const all = valueAt(estate, policy);
    if (['encryption', 'iamidentitycenter', 'saml'].includes(textOf(memberOf(all, 'Type')) ?? '')) return { verdict: 'NOT_APPLICABLE', note: 'It says nothing of the network.' };
    const document = documentOf(memberOf(all, 'Policy'));
    const rules = document.kind === 'list' ? document.items : [document];
    return rules.map((rule, index) => check('Policy.AllowFromPublic', rule.kind === 'unknown' ? rule : memberOf(rule, 'AllowFromPublic'), 'false', isNotTrue, { part: `Rule ${index + 1}` }));
  },
  'AWS::RDS::DBInstance': reachable('PubliclyAccessible', undefined),
  'AWS::DMS::ReplicationInstance': reachable('PubliclyAccessible', false),
  'AWS::Redshift::Cluster': reachable('PubliclyAccessible', true),
  'AWS::RedshiftServerless::Workgroup': reachable('PubliclyAccessible', true),
  'AWS::AmazonMQ::Broker': reachable('PubliclyAccessible', true),
  'AWS::MSK::Cluster': (estate, cluster) => check('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', valueAt(estate, cluster, 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type'), 'DISABLED', (value) => (value.kind === 'absent' ? true : literal((text) => text === 'DISABLED')(value))),
};

const SWITCHES = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

function blocks(estate: Estate, resource: Resource): Finding[] {
  const property = 'PublicAccessBlockConfiguration';
  return [check(property, valueAt(estate, resource, property), `${SWITCHES.join(', ')}: true`, (value) => allOf(SWITCHES.map((name) => isTrue(memberOf(value, name)))), { part: 'Public access block' })];
}

function permission(estate: Estate, resource: Resource): Finding {
  const all = valueAt(estate, resource);
  const open = check('Principal', memberOf(all, 'Principal'), 'a named principal, or a condition on who comes', (value) => (value.kind === 'literal' ? value.value !== '*' : value.kind === 'absent' ? false : value.kind === 'reference' || value.kind === 'text' ? true : undefined));
  if (open.verdict !== 'FAIL') return open;
  const narrowed = anyOf(['SourceArn', 'SourceAccount', 'PrincipalOrgID'].map((name) => namesSomebody(`aws:${name}`, itemsOf(memberOf(all, name)).map((item) => textIn(estate, resource, item)), 'principal')));
  return narrowed === true ? { ...open, verdict: 'PASS', note: 'Narrowed down by SourceArn, SourceAccount or PrincipalOrgID.' } : narrowed === undefined ? { ...open, verdict: 'UNKNOWN', note: 'A condition on who comes is not told by the template.' } : open;
}

/** Types whose settings are judged only where they hold personal data. */
export const EXPOSED_STORES: readonly string[] = ['AWS::S3::Bucket', 'AWS::RDS::DBInstance', 'AWS::Redshift::Cluster', 'AWS::MSK::Cluster', 'AWS::AmazonMQ::Broker'];
