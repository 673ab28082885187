import { asPersonal } from '../personal.ts';
import { each, type Rule } from '../rule.ts';
import { REFUSALS, refusesPlain } from '../transport/deny.ts';
import { ENDPOINTS } from '../transport/endpoints.ts';

const TYPES = [...Object.keys(REFUSALS), ...Object.keys(ENDPOINTS)];

/** G17: nothing personal travels without TLS. */
export const g17Transport: Rule = {
  id: 'G17',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 32(1)(a)'],
  title: 'TLS only: by policy on buckets, queues and topics, and at 1.2 or better on APIs, CDNs, load balancers and search',
  info: 'Passes for a bucket, queue or topic when a policy of the estate denies everybody its reads and writes while aws:SecureTransport is false, on no further condition; for a REST API and a domain name when the security policy takes nothing below TLS 1.2; for a distribution when viewers and origins are held to it; for a listener, a search domain, a cache and a Kafka cluster when their setting says so. A bucket, queue or topic that is tagged with a data class that is not personal is left out.',
  explanation: 'S3, SQS and SNS answer plain HTTP, and a regional REST API takes TLS 1.0, unless they are told otherwise. Attach the Deny (`enforceSSL: true` in the constructs), and set the security policy.',
  looksAt: [...TYPES, ...Object.values(REFUSALS).flatMap(({ policies }) => Object.keys(policies))],
  judge: each(TYPES, (resource, estate, parameters) => {
    if (REFUSALS[resource.type] !== undefined) return asPersonal(estate, resource, parameters, () => refusesPlain(estate, resource));
    return ENDPOINTS[resource.type]?.(estate, resource) ?? [];
  }),
};
