import { g03BucketExpiry } from '../../../../../lib/compliance/rules/gdpr/g03-bucket-expiry.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const all = { Status: 'Enabled', ExpirationInDays: 90, NoncurrentVersionExpiration: { NoncurrentDays: 1 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
const bucket = (rules: Json, more: Record<string, Json> = {}): Json => ({ Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: rules }, ...more } });
const versioned = { VersioningConfiguration: { Status: 'Enabled' } };

holds(g03BucketExpiry, [
  { name: 'passes a bucket that deletes all', resources: { Bucket: bucket([all], versioned) }, gives: ['Bucket Objects PASS', 'Bucket Unfinished uploads PASS', 'Bucket Noncurrent versions PASS'] },
  { name: 'takes several rules together, and the older spelling', resources: { Bucket: bucket([{ Status: 'Enabled', ExpirationInDays: '90', Prefix: '' }, { Status: 'Enabled', NoncurrentVersionExpirationInDays: 5 }, { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }], versioned) }, gives: ['Bucket Objects PASS', 'Bucket Unfinished uploads PASS', 'Bucket Noncurrent versions PASS'] },
  { name: 'fails a bucket without rules; without versions there are none to expire', resources: { Bucket: { Type: 'AWS::S3::Bucket' } }, gives: ['Bucket Objects FAIL', 'Bucket Unfinished uploads FAIL'], says: ['absent'] },
  { name: 'fails what is kept too long, or by a rule that is off', resources: { Long: bucket([{ ...all, ExpirationInDays: 366 }]), Off: bucket([{ ...all, Status: 'Disabled' }]) }, gives: ['Long Objects FAIL', 'Long Unfinished uploads PASS', 'Off Objects FAIL', 'Off Unfinished uploads FAIL'], says: ['366'] },
  { name: 'fails versions of which some are spared', resources: { Bucket: bucket([{ ...all, NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 3 } }], versioned) }, gives: ['Bucket Objects PASS', 'Bucket Unfinished uploads PASS', 'Bucket Noncurrent versions FAIL'] },
  { name: 'cannot tell whether rules with filters reach all', resources: { Bucket: bucket([{ ...all, Prefix: 'uploads/' }]) }, gives: ['Bucket Objects UNKNOWN', 'Bucket Unfinished uploads UNKNOWN'], says: ['Prefix'] },
  { name: 'cannot tell parameters and conditions', resources: { Days: bucket([{ ...all, ExpirationInDays: UNRESOLVED }]), Rule: bucket([{ 'Fn::If': ['Expires', all, { Ref: 'AWS::NoValue' }] }]), Versions: bucket([{ Status: 'Enabled', ExpirationInDays: 1, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }], { VersioningConfiguration: { Status: UNRESOLVED } }) }, gives: ['Days Objects UNKNOWN', 'Days Unfinished uploads PASS', 'Rule Objects UNKNOWN', 'Rule Unfinished uploads UNKNOWN', 'Versions Objects PASS', 'Versions Unfinished uploads PASS', 'Versions Noncurrent versions UNKNOWN'], says: ['AParameter', 'Expires'] },
  { name: 'leaves out what is tagged as not personal, and gives audit trails their own limit', resources: { Public: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'data-class', Value: 'public' }] } }, Audit: bucket([{ ...all, ExpirationInDays: 700 }], { Tags: [{ Key: 'data-class', Value: 'audit' }] }) }, parameters: { maxAuditRetentionDays: 730 }, gives: ['Public NOT_APPLICABLE', 'Audit Objects PASS', 'Audit Unfinished uploads PASS'] },
  { name: 'judges directory buckets, which have no versions', resources: { Bucket: { Type: 'AWS::S3Express::DirectoryBucket', Properties: { LifecycleConfiguration: { Rules: [all] } } } }, gives: ['Bucket Objects PASS', 'Bucket Unfinished uploads PASS'] },
]);
