import type { JsonService } from './json-service.ts';

/** Partitions whose hostnames are known here, by the names of their regions. */
const PARTITIONS = [
  { regions: /^(af|ap|ca|eu|il|me|mx|sa|us)-(?!iso)[a-z]+-\d+$/, domain: 'amazonaws.com' },
  { regions: /^cn-[a-z]+-\d+$/, domain: 'amazonaws.com.cn' },
  { regions: /^us-gov-[a-z]+-\d+$/, domain: 'amazonaws.com', gov: true },
] as const;

/**
 * Public endpoint of a service in a region.
 * @param fips whether its cryptographic modules must be validated to FIPS 140
 * @throws Error for a region of a partition that is not known here, naming the variable that sets an endpoint
 */
export function publicEndpoint(service: JsonService, region: string, fips = false): string {
  const partition = PARTITIONS.find(({ regions }) => regions.test(region));
  if (partition === undefined) {
    throw new Error(`The region '${region}' belongs to none of the partitions aws, aws-cn and aws-us-gov, so the hostname of ${service.name} is not known. Set AWS_ENDPOINT_URL_${service.variable}.`);
  }
  const plain = 'gov' in partition && service.plainFipsInGovCloud === true;
  return `https://${service.name}${fips && !plain ? '-fips' : ''}.${region}.${partition.domain}`;
}
