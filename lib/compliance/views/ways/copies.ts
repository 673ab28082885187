import { g22Residency } from '../../rules/gdpr/g22-residency.ts';
import type { Parameters } from '../../rules/parameters.ts';
import { leadsOf } from '../../rules/ways/leads.ts';
import type { Estate } from '../../template/types.ts';
import type { Names } from '../names.ts';
import { platformProcessor, type Way } from './way.ts';

/** Copies in another region than that of their stack: replicas and the like. Copies to a bucket or vault that is named are destinations, and ways out by themselves. */
export function copyWays(estate: Estate, parameters: Parameters, names: Names): Way[] {
  return g22Residency.judge(estate, parameters).flatMap(({ resource, part, property = '', actual = '', verdict }): Way[] => {
    if (resource === undefined || part?.startsWith('Copy') !== true || actual === resource.stack.region) return [];
    if (leadsOf(resource.type).some(({ to }) => property.startsWith(to.replaceAll('[]', '')))) return [];
    const region = /^[a-z]{2}(-[a-z]+)+-\d$/.test(actual) ? { region: actual } : {};
    const leaves = verdict === 'PASS' ? 'no' : verdict === 'FAIL' ? 'yes' : 'unknown';
    return [{ resource, kind: 'copy', from: [resource], row: { from: names.id(resource), to: `${part} of it: ${actual}`, ...region, leaves, data: 'all that it holds', processor: platformProcessor(parameters), protection: 'TLS, between services of AWS' } }];
  });
}
