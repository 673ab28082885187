import { present } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

/** A brought VPC is described consistently. */
export const vpcIsConsistent: Rule = {
  id: 'vpc-inconsistent',
  demands: '`existing.vpc` names a zone of `region` for each subnet, two different zones or more.',
  check: ({ existing, region }): readonly Finding[] => {
    const zones = existing?.vpc?.availabilityZones;
    const subnets = existing?.vpc?.privateSubnetIds;
    const path = 'existing.vpc.availabilityZones';
    if (zones === undefined) return [];
    const foreign = zones.flatMap((zone, index): Finding[] =>
      zone === undefined || region === undefined || zone.slice(0, -1) === region ? [] : [{ path: `${path}.${index}`, value: zone, problem: `It is no zone of \`region\` (${region}).`, allowed: `zones of ${region}, such as ${region}a`, mend: 'Name the zone that the subnet is in.' }],
    );
    const count: Finding[] = subnets === undefined || subnets.length === zones.length ? [] : [{ path, value: zones, problem: `There are ${zones.length} zones for ${subnets.length} subnets.`, allowed: 'one zone for each subnet, in the same order', mend: `Give ${subnets.length} zones; a zone may stand twice.` }];
    const single: Finding[] = zones.includes(undefined) || new Set(present(zones)).size > 1 ? [] : [{ path, value: zones, problem: 'All subnets are in one zone: with it the bot would be gone.', allowed: 'two different zones or more', mend: 'Add a subnet in another zone.' }];
    return [...foreign, ...count, ...single];
  },
};

/** A custom domain is described completely. */
export const domainIsConsistent: Rule = {
  id: 'domain-inconsistent',
  demands: '`api.domain.hostedZoneId` and `hostedZoneName` come together, and the host name lies in the zone.',
  check: ({ api }): readonly Finding[] => {
    const { hostedZoneId, hostedZoneName, name } = api?.domain ?? {};
    if (hostedZoneId !== undefined && hostedZoneName === undefined) return [half('hostedZoneName', 'hostedZoneId')];
    if (hostedZoneName !== undefined && hostedZoneId === undefined) return [half('hostedZoneId', 'hostedZoneName')];
    if (name === undefined || hostedZoneName === undefined || name === hostedZoneName || name.endsWith(`.${hostedZoneName}`)) return [];
    return [{ path: 'api.domain.name', value: name, problem: `It does not lie in the hosted zone ${hostedZoneName}: the alias record could not be written.`, allowed: `${hostedZoneName} or a name that ends in .${hostedZoneName}`, mend: 'Bring the zone that the name lies in.' }];
  },
};

function half(missing: string, given: string): Finding {
  return { path: `api.domain.${missing}`, value: undefined, problem: `It is missing, and \`api.domain.${given}\` alone has no effect.`, allowed: 'both, or neither', mend: `Add it, or remove \`api.domain.${given}\`.` };
}

/** What a private API cannot have. */
export const privateApiHasNoRegionalDomain: Rule = {
  id: 'private-api-with-domain',
  demands: 'A private API has no regional custom domain: API Gateway maps those to public APIs only.',
  check: ({ api }): readonly Finding[] =>
    api?.access?.kind === 'private' && api.domain !== undefined
      ? [{ path: 'api.domain', value: api.domain, problem: 'A regional custom domain cannot lead to a private API.', allowed: 'no custom domain while `api.access.kind` is private', mend: "Remove `api.domain`; callers use the endpoint's own name. Or make the API public behind the firewall." }]
      : [],
};
