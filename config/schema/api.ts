import * as z from 'zod';
import { arn, option, safety, text, whole } from './option.ts';

const throttle = (rate: number, burst: number, what: string) =>
  option(
    z.strictObject({
      ratePerSecond: whole(1, 10_000, { description: `${what}: steady rate.`, unit: 'requests per second' }).default(rate),
      burst: whole(1, 5_000, { description: `${what}: requests at once.`, unit: 'requests' }).default(burst),
    }).prefault({}),
    { description: `${what}, before the gateway answers 429.` },
  );

const HostName = text(/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'a host name in lower case, such as chat.example.com');

/** The HTTP API. */
export const Api = z.strictObject({
  access: option(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: option(z.literal('public'), { description: 'Anybody on the internet, behind the firewall.' }) }),
      z.strictObject({
        kind: option(z.literal('private'), { description: 'Only the named VPC endpoints.' }),
        vpcEndpointIds: option(z.array(text(/^vpce-[0-9a-f]{8,17}$/, 'an id such as vpce-0a1b2c3d4e5f67890')).min(1), { description: 'Interface endpoints (execute-api) that may call the API.' }),
      }),
    ]).default({ kind: 'public' }),
    { description: 'Who can reach the API: the internet, or only named VPC endpoints.' },
  ),
  domain: option(
    z.strictObject({
      name: option(HostName, { description: 'Host name of the API and the chat page.' }),
      certificateArn: arn('acm', 'certificate/.+', 'certificate/1a2b3c4d-0000-0000-0000-000000000000', 'Certificate of the host name, in the same region.'),
      hostedZoneId: option(text(/^Z[A-Z0-9]{5,32}$/, 'a zone id such as Z0123456789ABCDEFGHIJ').optional(), { description: 'Hosted zone to write the alias record in. Without it, point the name at the output `DomainTarget` yourself.' }),
      hostedZoneName: option(HostName.optional(), { description: 'Name of that hosted zone; the host name lies in it.' }),
    }).optional(),
    { description: 'Custom domain. Without it the API answers at its execute-api name.' },
  ),
  stageThrottle: throttle(200, 400, 'Each method without a throttle of its own'),
  messageThrottle: throttle(100, 200, 'Messages'),
  creationThrottle: throttle(20, 40, 'New conversations'),
  embedOrigins: option(z.array(z.url({ protocol: /^https?$/ }).regex(/^https?:\/\/[^/?#@\s]+$/, 'must be an origin').meta({ allowed: 'an origin such as https://www.example.com: scheme, host and port, no path' })).max(20).default([]), {
    description: 'Origins of other sites that may embed the chat. The API’s own origin always may.',
    mend: 'Write each as https://host, without a path or a trailing slash.',
  }),
  integrationTimeoutSeconds: whole(5, 29, {
    description: 'Time that the gateway gives a function. 29 s is the regional limit without a quota increase.',
    unit: 'seconds',
  }).default(29),
});

/** Address range of an allow-list. AWS WAF takes every size but /0, which would let everybody past every rule. */
const AddressRange = z
  .union([z.cidrv4(), z.cidrv6()])
  .refine((range) => prefixLength(range) > 0, 'must not be /0: it holds every address')
  .meta({ allowed: 'an address range such as 203.0.113.0/24 or 2001:db8::/32, never /0', mend: 'Name your own ranges only: whoever is in one of them is under no rate rule.' });

/** Length of the network part of an address range, in bits: 24 of 203.0.113.0/24. */
export function prefixLength(range: string): number {
  return Number(range.split('/')[1]);
}

const ManagedGroup = z.strictObject({
  name: option(z.enum(['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesAnonymousIpList']), { description: 'Managed rule group of AWS WAF.' }),
  mode: option(z.enum(['count', 'block']), { description: '`count` first: managed groups block honest prompts (code, quotes) until you have read what they count.' }),
});

/** Web application firewall. */
export const Firewall = safety(
  {
    requestsPerAddress: whole(10, 2_000_000, { description: 'Requests of one address in five minutes before it is blocked.', unit: 'requests per 5 minutes' }).default(1_000),
    conversationsPerAddress: whole(10, 2_000_000, { description: 'New conversations of one address in five minutes before it gets 429.', unit: 'requests per 5 minutes' }).default(60),
    managedGroups: option(z.array(ManagedGroup).max(4).default([
      { name: 'AWSManagedRulesAmazonIpReputationList', mode: 'count' },
      { name: 'AWSManagedRulesKnownBadInputsRuleSet', mode: 'count' },
    ]), { description: 'Managed rule groups, in order.' }),
    allowedAddresses: option(z.array(AddressRange).max(100).default([]), {
      description: 'Address ranges that no rule blocks: your own offices and NAT gateways, where many people share one address.',
    }),
  },
  'Regional web ACL in front of the API.',
);
