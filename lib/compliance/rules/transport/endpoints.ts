import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, type Value } from '../../template/value.ts';
import { check, isTrue, literal, manyAt, type Finding } from '../check.ts';
import { distribution } from './distribution.ts';

type Reader = (estate: Estate, resource: Resource) => Finding | readonly Finding[];

const LEAST = 'TLS 1.2 or better';
/** Legacy and enhanced security policies of API Gateway. */
const atLeast12 = literal((text) => /^(TLS_1_[23]$|SecurityPolicy_TLS1[23]_)/.test(text));
const policy = (property: string, value: Value, note?: string): Finding => check(property, value, LEAST, atLeast12, note === undefined ? {} : { note });

/** Types that answer callers, and how they are held to TLS. */
export const ENDPOINTS: Readonly<Record<string, Reader>> = {
  'AWS::ApiGateway::RestApi': (estate, api) => {
    const all = valueAt(estate, api);
    if (isTrue(memberOf(all, 'DisableExecuteApiEndpoint')) === true) return { verdict: 'NOT_APPLICABLE', note: 'Its default endpoint is off: its domain names are judged.' };
    const kinds = itemsOf(memberOf(all, 'EndpointConfiguration.Types'));
    const given = memberOf(all, 'SecurityPolicy');
    if (given.kind === 'absent' && kinds.length > 0 && kinds.every((kind) => kind.kind === 'literal' && kind.value === 'PRIVATE')) return { verdict: 'PASS', property: 'SecurityPolicy', actual: 'absent', expected: LEAST, note: 'A private API takes TLS 1.2 where it says nothing.' };
    return policy('SecurityPolicy', given, given.kind === 'absent' ? 'The default endpoint of a regional or edge API takes TLS 1.0 where it says nothing.' : undefined);
  },
  'AWS::ApiGateway::DomainName': (estate, domain) => policy('SecurityPolicy', valueAt(estate, domain, 'SecurityPolicy')),
  'AWS::ApiGateway::DomainNameV2': (estate, domain) => policy('SecurityPolicy', valueAt(estate, domain, 'SecurityPolicy')),
  'AWS::ApiGatewayV2::DomainName': (estate, domain) => {
    const configurations = manyAt(valueAt(estate, domain), 'DomainNameConfigurations[]');
    return configurations.length === 0 ? policy('DomainNameConfigurations', valueAt(estate, domain, 'DomainNameConfigurations')) : configurations.map((one) => policy('DomainNameConfigurations.SecurityPolicy', one.kind === 'unknown' ? one : memberOf(one, 'SecurityPolicy')));
  },
  'AWS::ApiGatewayV2::Api': () => ({ verdict: 'PASS', actual: 'HTTP or WebSocket API', expected: LEAST, note: 'The service takes nothing below TLS 1.2 for these.' }),
  'AWS::CloudFront::Distribution': distribution,
  'AWS::ElasticLoadBalancingV2::Listener': (estate, listener) => {
    const all = valueAt(estate, listener);
    const protocol = memberOf(all, 'Protocol');
    if (protocol.kind === 'literal' && ['HTTPS', 'TLS'].includes(String(protocol.value))) return check('SslPolicy', memberOf(all, 'SslPolicy'), LEAST, literal((text) => /TLS13-1-[23]|TLS-1-2|FS-1-2/.test(text)), memberOf(all, 'SslPolicy').kind === 'absent' ? { note: 'ELBSecurityPolicy-2016-08, which takes TLS 1.0, stands for none.' } : {});
    const actions = manyAt(all, 'DefaultActions[]');
    const redirects = actions.length > 0 && actions.every((action) => memberOf(action, 'RedirectConfig.Protocol').kind === 'literal' && shown(memberOf(action, 'RedirectConfig.Protocol')) === 'HTTPS');
    if (redirects) return { verdict: 'PASS', property: 'DefaultActions', actual: 'redirects to HTTPS', expected: 'HTTPS' };
    if (protocol.kind === 'literal' && protocol.value !== 'HTTP') return { verdict: 'UNKNOWN', property: 'Protocol', actual: shown(protocol), expected: 'TLS', note: 'It hands connections through: whether what is behind it takes TLS alone is not told by the template.' };
    return check('Protocol', protocol, 'HTTPS, or a redirect to it', literal(() => false));
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': (estate, balancer) => manyAt(valueAt(estate, balancer), 'Listeners[]').map((listener, index) => {
    const found = check('Listeners.Protocol', memberOf(listener, 'Protocol'), 'HTTPS or SSL', literal((text) => /^(HTTPS|SSL)$/i.test(text)), { part: `Listener ${index + 1}` });
    return found.verdict === 'PASS' ? unread(found) : found;
  }),
  'AWS::OpenSearchService::Domain': search,
  'AWS::Elasticsearch::Domain': search,
  'AWS::ElastiCache::ReplicationGroup': (estate, group) => check('TransitEncryptionEnabled', valueAt(estate, group, 'TransitEncryptionEnabled'), 'true', isTrue),
  'AWS::MemoryDB::Cluster': (estate, cluster) => check('TLSEnabled', valueAt(estate, cluster, 'TLSEnabled'), 'true, which stands for none', (value) => (value.kind === 'absent' ? true : isTrue(value))),
  'AWS::MSK::Cluster': (estate, cluster) => check('EncryptionInfo.EncryptionInTransit.ClientBroker', valueAt(estate, cluster, 'EncryptionInfo.EncryptionInTransit.ClientBroker'), 'TLS, which stands for none', (value) => (value.kind === 'absent' ? true : literal((text) => text === 'TLS')(value))),
};

const unread = (finding: Finding): Finding => ({ ...finding, verdict: 'UNKNOWN', note: 'Its lowest TLS version stands in a list of policies that is not read.' });

function search(estate: Estate, domain: Resource): Finding {
  const options = valueAt(estate, domain, 'DomainEndpointOptions');
  const https = check('DomainEndpointOptions.EnforceHTTPS', memberOf(options, 'EnforceHTTPS'), 'true', isTrue);
  return https.verdict === 'PASS' ? check('DomainEndpointOptions.TLSSecurityPolicy', memberOf(options, 'TLSSecurityPolicy'), LEAST, literal((text) => /Min-TLS-1-[23]/.test(text))) : https;
}
