import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { booleanOf, shown, textOf, type Value } from '../../template/value.ts';
import { check, found, leavesOf, manyAt, patternOf, type Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { isAllowed, NO_REGIONS } from '../regions.ts';
import type { Judgement, Rule } from '../rule.ts';

/** Where a type names the places that its data is copied to. */
const COPIES: Readonly<Record<string, { readonly path: string; readonly by: 'region' | 'arn' }>> = {
  'AWS::DynamoDB::GlobalTable': { path: 'Replicas[].Region', by: 'region' },
  'AWS::SecretsManager::Secret': { path: 'ReplicaRegions[].Region', by: 'region' },
  'AWS::S3::Bucket': { path: 'ReplicationConfiguration.Rules[].Destination.Bucket', by: 'arn' },
  'AWS::Backup::BackupPlan': { path: 'BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn', by: 'arn' },
  'AWS::EFS::FileSystem': { path: 'ReplicationConfiguration.Destinations[].Region', by: 'region' },
  'AWS::RDS::DBInstance': { path: 'AutomaticBackupReplicationRegion', by: 'region' },
  'AWS::ECR::ReplicationConfiguration': { path: 'ReplicationConfiguration.Rules[].Destinations[].Region', by: 'region' },
  'AWS::ElastiCache::GlobalReplicationGroup': { path: 'Members[].ReplicationGroupRegion', by: 'region' },
  'AWS::CloudFormation::StackSet': { path: 'StackInstancesGroup[].Regions[]', by: 'region' },
};
const KEY = 'AWS::KMS::Key';

/** G22: stacks and every copy of their data stay in the allowed regions. */
export const g22Residency: Rule = {
  id: 'G22',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 44', 'GDPR Art. 45', 'GDPR Art. 46'],
  title: 'Stacks, replicas, replication, backup copies and keys stay in the allowed regions',
  info: 'Looks at the region of each stack, at replicas of tables, secrets, files and caches, at replication of buckets and images, at copies of backups, and at multi-region keys. Passes when each place is one of the parameter allowedRegions; a multi-region key passes when its policy bounds kms:ReplicaRegion to them. The region of a bucket that is named by its ARN alone cannot be told.',
  explanation: 'A copy in another country is a transfer (Chapter V), whether anybody reads it or not. Remove the copy or move it to an allowed region. Where a transfer has a basis, add the region to allowedRegions and keep the assessment with the register. Make keys single-region, or deny kms:ReplicateKey outside the allowed regions in the key policy.',
  looksAt: [...Object.keys(COPIES), KEY],
  judge: (estate, parameters) => [...stacks(estate, parameters), ...estate.resources.flatMap((resource) => copies(estate, resource, parameters)).concat(estate.resources.filter(({ type }) => type === KEY).map((key) => multiRegion(estate, key, parameters)))],
};

function stacks({ stacks }: Estate, { allowedRegions }: Parameters): Judgement[] {
  return stacks.map(({ name, region }) => {
    const expected = wanted(allowedRegions);
    if (region === undefined) return { verdict: 'UNKNOWN', part: `Stack ${name}`, actual: 'not known', expected, note: 'The template does not say which region it is deployed to.' };
    return { part: `Stack ${name}`, ...place('region', { kind: 'literal', value: region }, region, allowedRegions) };
  });
}

const wanted = (allowed: readonly string[]): string => (allowed.length === 0 ? 'one of the allowed regions' : `one of ${allowed.join(', ')}`);

function place(property: string, value: Value, region: string | undefined, allowed: readonly string[]): Finding {
  return check(property, value, wanted(allowed), () => (region === undefined ? undefined : isAllowed(region, allowed)), allowed.length === 0 ? { note: NO_REGIONS } : {});
}

function copies(estate: Estate, resource: Resource, { allowedRegions }: Parameters): Judgement[] {
  const copy = COPIES[resource.type];
  if (copy === undefined) return [];
  const places = manyAt(valueAt(estate, resource), copy.path);
  const property = copy.path.replaceAll('[]', '');
  if (places.length === 0) return [{ resource, verdict: 'PASS', property, actual: 'absent', expected: wanted(allowedRegions), note: 'It has no copy elsewhere.' }];
  return places.map((value, index) => found(resource, place(property, value, copy.by === 'region' ? textOf(value) : regionOf(value), allowedRegions), `Copy ${index + 1}`));
}

/** Region of what an ARN names: its stack's for a resource of the estate, else what the ARN says. */
function regionOf(value: Value): string | undefined {
  if (value.kind === 'reference') return value.resource.stack.region;
  const region = patternOf(value).split(':')[3] ?? '';
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : undefined;
}

function multiRegion(estate: Estate, key: Resource, { allowedRegions }: Parameters): Judgement {
  const value = valueAt(estate, key, 'MultiRegion');
  const expected = 'false, or a key policy that bounds kms:ReplicaRegion to the allowed regions';
  if (value.kind === 'absent' || booleanOf(value) === false) return { resource: key, verdict: 'PASS', property: 'MultiRegion', actual: shown(value), expected };
  const bounds = manyAt(valueAt(estate, key), 'KeyPolicy.Statement[]').flatMap((statement) => manyAt(statement, 'Condition')).flatMap((condition) => leavesOf(condition)).filter(({ path }) => /kms:ReplicaRegion(\[\d+\])?$/.test(path));
  const answers = bounds.map(({ value }) => (value.kind === 'literal' ? isAllowed(String(value.value), allowedRegions) : undefined));
  return { resource: key, ...check('MultiRegion', value, expected, () => (answers.includes(false) ? false : answers.includes(undefined) || booleanOf(value) === undefined ? undefined : answers.length > 0), answers.includes(undefined) ? { note: 'The regions of kms:ReplicaRegion are not told, or the parameter allowedRegions is not declared.' } : {}) };
}
