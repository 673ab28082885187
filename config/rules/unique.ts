import type { EnvironmentDraft } from '../draft.ts';
import { present } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

type Lists = readonly { readonly path: string; readonly field?: string; readonly values: readonly (string | undefined)[] | undefined }[];

/** Lists in which a value may stand once; `field` is that of an entry by which it is known. */
function lists(environment: EnvironmentDraft): Lists {
  const { alarms, api, compliance, dataPolicy, existing, firewall, guardrail, model, useCases, vendorCredentials } = environment;
  const addresses = (entries: NonNullable<typeof alarms>['page']): (string | undefined)[] | undefined => entries?.map((entry) => (entry?.protocol === 'email' ? entry.address : entry?.protocol === 'https' ? entry.url : undefined));
  return [
    { path: 'useCases', field: 'id', values: useCases?.map((entry) => entry?.id) },
    { path: 'useCases', field: 'title', values: useCases?.map((entry) => entry?.title) },
    { path: 'vendorCredentials', field: 'name', values: vendorCredentials?.map((entry) => entry?.name) },
    { path: 'alarms.page', values: addresses(alarms?.page) },
    { path: 'alarms.ticket', values: addresses(alarms?.ticket) },
    { path: 'firewall.managedGroups', field: 'name', values: firewall?.enabled === true ? firewall.managedGroups?.map((entry) => entry?.name) : undefined },
    { path: 'firewall.allowedAddresses', values: firewall?.enabled === true ? firewall.allowedAddresses : undefined },
    { path: 'guardrail.piiEntities', values: guardrail?.enabled === true ? guardrail.piiEntities : undefined },
    { path: 'model.inferenceProfile.regions', values: model?.provider === 'bedrock' ? model.inferenceProfile?.regions : undefined },
    { path: 'dataPolicy.allowedRegions', values: dataPolicy?.allowedRegions },
    { path: 'compliance.packs', values: compliance?.packs },
    { path: 'api.embedOrigins', values: api?.embedOrigins },
    { path: 'api.access.vpcEndpointIds', values: api?.access?.kind === 'private' ? api.access.vpcEndpointIds : undefined },
    { path: 'existing.vpc.privateSubnetIds', values: existing?.vpc?.privateSubnetIds },
    { path: 'existing.vpc.securityGroupIds', values: existing?.vpc?.securityGroupIds },
  ];
}

/** What is known by its name has one. */
export const namesAreUnique: Rule = {
  id: 'repeated-name',
  demands: 'Entries of a list differ: use-case ids and titles, vendor credentials, subscribers, regions, origins, address ranges, rule groups.',
  check: (environment) => lists(environment).flatMap(repeated),
};

function repeated({ path, field, values }: Lists[number]): Finding[] {
  return (values ?? []).flatMap((value, index) => {
    const first = values?.indexOf(value) ?? index;
    if (value === undefined || first === index) return [];
    const where = (position: number): string => `${path}.${position}${field ? `.${field}` : ''}`;
    return [{ path: where(index), value, problem: `It stands at \`${where(first)}\` already.`, allowed: `a value that no other entry of ${path} has (${present(values).length} are there)`, mend: field ? 'Give each entry its own.' : 'Remove one of the two.' }];
  });
}
