import { valueAt } from '../../template/resolve.ts';
import { openStatements } from '../exposure/policies.ts';
import { EXPOSED_STORES, EXPOSING } from '../exposure/settings.ts';
import { asPersonal } from '../personal.ts';
import { referencesIn } from '../references.ts';
import { RESOURCE_POLICIES } from '../resource-policies.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = [...new Set([...Object.keys(EXPOSING), ...Object.keys(RESOURCE_POLICIES)])];

/** G18: nothing is open to anybody. */
export const g18NothingPublic: Rule = {
  id: 'G18',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 5(1)(f)', 'GDPR Art. 25(2)'],
  title: 'Nothing is open to anybody: buckets, function URLs, databases, search, and policies of resources',
  info: 'Passes when all four public access blocks of a bucket or access point stand in the template and no public access list does; when a function URL takes AWS_IAM; when a permission, a trust policy or a policy of a resource names its principal, or narrows `*` by a condition that names who comes (a source or an identity by its account, an organisation, a network), which a star where the account stands, or addresses broader than an IPv4 /8 or an IPv6 /32 together, do not; when databases and brokers are not reachable from the internet; and when no network policy of a collection allows it. Policies of keys are judged by G15, routes of APIs by G20. Stores that are tagged with a data class that is not personal are left out.',
  explanation: 'Personal data must by default not be accessible to an indefinite number of people. Set the blocks, name the principal, add aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID to what is open, and put an API with an authorizer before a function URL.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) => {
    const judge = () => [EXPOSING[resource.type]?.(estate, resource) ?? [], openStatements(estate, resource)].flat();
    // A bucket of public files may have a public policy.
    const [bucket] = resource.type === 'AWS::S3::BucketPolicy' ? referencesIn(valueAt(estate, resource, 'Bucket')) : [];
    const store = bucket ?? (EXPOSED_STORES.includes(resource.type) ? resource : undefined);
    const found = store === undefined ? judge() : asPersonal(estate, store, parameters, judge);
    return found.length === 0 ? { verdict: 'PASS', actual: 'no policy of its own', expected: 'no policy that is open to anybody' } : found;
  }),
};
