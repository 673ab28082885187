import type { EnvironmentDraft } from '../draft.ts';
import { NO_ACCOUNT } from '../schema/estate.ts';
import type { Finding, Rule } from './rule.ts';

interface Brought {
  readonly path: string;
  readonly arn: string | undefined;
  /** Resources of the organisation stand in another account; global ones have no region. */
  readonly anywhere?: 'account-and-region' | 'region';
}

function broughtArns({ api, existing }: EnvironmentDraft): readonly Brought[] {
  return [
    { path: 'api.domain.certificateArn', arn: api?.domain?.certificateArn },
    { path: 'existing.webAclArn', arn: existing?.webAclArn },
    { path: 'existing.permissionBoundaryArn', arn: existing?.permissionBoundaryArn, anywhere: 'region' },
    { path: 'existing.keys.conversations', arn: existing?.keys?.conversations },
    { path: 'existing.keys.subjects', arn: existing?.keys?.subjects },
    { path: 'existing.keys.logs', arn: existing?.keys?.logs },
    { path: 'existing.keys.audit', arn: existing?.keys?.audit },
    { path: 'existing.keys.operations', arn: existing?.keys?.operations },
    { path: 'existing.topics.page', arn: existing?.topics?.page },
    { path: 'existing.topics.ticket', arn: existing?.topics?.ticket },
    { path: 'existing.organisationTrailArn', arn: existing?.organisationTrailArn, anywhere: 'account-and-region' },
  ];
}

/** Partition of a region, by its code. */
function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Brought resources are where the estate is. */
export const broughtResourcesAreNear: Rule = {
  id: 'brought-resource-elsewhere',
  demands: 'Brought certificates, keys, topics and web ACLs stand in the `region` and `account` of the environment (any account while it is 000000000000).',
  check: (environment) => [...broughtArns(environment).flatMap((brought) => elsewhere(brought, environment)), ...foreignPool(environment)],
};

function elsewhere({ path, arn, anywhere }: Brought, { account, region }: EnvironmentDraft): Finding[] {
  const [, partition, , arnRegion, arnAccount] = arn?.split(':') ?? [];
  const findings: Finding[] = [];
  const add = (part: string, got: string | undefined, want: string): void => {
    findings.push({ path, value: arn, problem: `It is of ${part} ${got || '(none)'}; the environment is in ${want}.`, allowed: `an ARN of ${part} ${want}`, mend: `Bring the resource of ${part} ${want}, or leave the option out and let the estate make its own.` });
  };
  if (arn === undefined) return findings;
  if (region !== undefined && partition !== partitionOf(region)) add('partition', partition, partitionOf(region));
  else if (region !== undefined && anywhere === undefined && arnRegion !== region) add('region', arnRegion, region);
  if (account !== undefined && account !== NO_ACCOUNT && anywhere !== 'account-and-region' && arnAccount !== account) add('account', arnAccount, account);
  return findings;
}

function foreignPool({ existing, region }: EnvironmentDraft): Finding[] {
  const id = existing?.userPool?.userPoolId;
  if (id === undefined || region === undefined || id.startsWith(`${region}_`)) return [];
  return [{ path: 'existing.userPool.userPoolId', value: id, problem: `It is a user pool of another region than ${region}.`, allowed: `an id that begins with ${region}_`, mend: 'Bring a user pool of the same region, or leave it out.' }];
}
