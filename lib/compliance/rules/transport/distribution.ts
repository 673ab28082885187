import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, shown, type Value } from '../../template/value.ts';
import { check, isTrue, literal, manyAt, type Finding } from '../check.ts';

/** How a distribution is held to TLS: with those who view, and with its origins. */
export function distribution(estate: Estate, resource: Resource): Finding[] {
  const config = valueAt(estate, resource, 'DistributionConfig');
  const behaviours: readonly (readonly [string, Value])[] = [['DefaultCacheBehavior', memberOf(config, 'DefaultCacheBehavior')], ...itemsOf(memberOf(config, 'CacheBehaviors')).map((value): readonly [string, Value] => ['CacheBehaviors', value])];
  return [
    certificate(config),
    ...behaviours.map(([name, behaviour]) => check(`DistributionConfig.${name}.ViewerProtocolPolicy`, under(behaviour, 'ViewerProtocolPolicy'), 'https-only or redirect-to-https', literal((text) => /^(https-only|redirect-to-https)$/.test(text)), { part: `Behaviour ${shown(memberOf(behaviour, 'PathPattern')).replace('absent', 'default')}` })),
    ...manyAt(config, 'Origins[]').flatMap(origin),
  ];
}

function certificate(config: Value): Finding {
  const viewer = memberOf(config, 'ViewerCertificate');
  const property = 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion';
  if (viewer.kind === 'absent' || isTrue(memberOf(viewer, 'CloudFrontDefaultCertificate')) === true) return { verdict: 'FAIL', part: 'Viewers', property, actual: 'the certificate of CloudFront, with TLS 1.0', expected: 'TLS 1.2 or better' };
  return check(property, under(viewer, 'MinimumProtocolVersion'), 'TLS 1.2 or better', literal((text) => /^TLSv1\.[23]/.test(text)), { part: 'Viewers' });
}

function origin(value: Value): Finding[] {
  const custom = memberOf(value, 'CustomOriginConfig');
  if (custom.kind === 'absent') return [];
  const part = `Origin ${shown(memberOf(value, 'Id'))}`;
  const only = check('DistributionConfig.Origins.CustomOriginConfig.OriginProtocolPolicy', under(custom, 'OriginProtocolPolicy'), 'https-only', literal((text) => text === 'https-only'), { part });
  if (only.verdict !== 'PASS') return [only];
  const versions = memberOf(custom, 'OriginSSLProtocols');
  const old = itemsOf(versions).some((version) => /^(SSLv3|TLSv1|TLSv1\.1)$/.test(shown(version)));
  return old || versions.kind === 'unknown' ? [check('DistributionConfig.Origins.CustomOriginConfig.OriginSSLProtocols', versions, 'TLSv1.2', () => false, { part })] : [only];
}

const under = (value: Value, name: string): Value => (value.kind === 'unknown' ? value : memberOf(value, name));
