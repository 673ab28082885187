import { valueAt } from '../../template/resolve.ts';
import { itemsOf, memberOf, numberOf, shown, textOf, type Value } from '../../template/value.ts';
import { reasonsOf, type Finding } from '../check.ts';
import { asPersonal } from '../personal.ts';
import { retentionLimit } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket'];
const RULES = 'LifecycleConfiguration.Rules';

/** Something that lifecycle rules delete. */
interface Kind {
  readonly part: string;
  /** Paths in a rule that say after how many days; the first that is there counts. */
  readonly days: readonly string[];
  /** What in a rule keeps it from deleting all. */
  readonly spares?: string;
}

const OBJECTS: Kind = { part: 'Objects', days: ['ExpirationInDays'] };
const VERSIONS: Kind = { part: 'Noncurrent versions', days: ['NoncurrentVersionExpiration.NoncurrentDays', 'NoncurrentVersionExpirationInDays'], spares: 'NoncurrentVersionExpiration.NewerNoncurrentVersions' };
const UPLOADS: Kind = { part: 'Unfinished uploads', days: ['AbortIncompleteMultipartUpload.DaysAfterInitiation'] };

/** G03: buckets with personal data delete objects, old versions and unfinished uploads. */
export const g03BucketExpiry: Rule = {
  id: 'G03',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(e)', 'GDPR Art. 17'],
  title: 'Buckets with personal data expire objects, noncurrent versions and unfinished uploads',
  info: 'Passes when enabled lifecycle rules that hold for the whole bucket delete objects, noncurrent versions (where versioning is or was on) and unfinished uploads within the retention policy. Rules for a prefix, tags or sizes only give UNKNOWN: whether they reach every object is not in the template. Buckets that are tagged as not personal are not judged.',
  explanation: 'A deletion in a versioned bucket only hides an object: the old version stays readable until a rule expires it, and so do the parts of an upload that was never finished. Set ExpirationInDays, NoncurrentVersionExpiration and AbortIncompleteMultipartUpload in a rule without a filter.',
  looksAt: TYPES,
  judge: each(TYPES, (bucket, estate, parameters) => asPersonal(estate, bucket, parameters, () => {
    const all = valueAt(estate, bucket);
    const rules = memberOf(all, RULES);
    const limit = retentionLimit(estate, bucket, parameters);
    const versioning = memberOf(all, 'VersioningConfiguration.Status');
    const judged = [OBJECTS, UPLOADS].map((kind) => deletes(kind, rules, limit));
    if (versioning.kind === 'absent') return judged;
    const versions = deletes(VERSIONS, rules, limit);
    const open = versioning.kind === 'unknown' && versions.verdict === 'FAIL';
    return [...judged, open ? { ...versions, verdict: 'UNKNOWN' as const, note: `Whether it is versioned is not told by the template: ${versioning.why}.` } : versions];
  })),
};

/** How well one rule does: 2 deletes all in time, 1 may do so, 0 does not. */
function score(kind: Kind, rule: Value, limit: number): 0 | 1 | 2 {
  if (rule.kind === 'unknown') return 1;
  const found = kind.days.map((path) => memberOf(rule, path)).find((value) => value.kind !== 'absent');
  const [status, spared] = [memberOf(rule, 'Status'), kind.spares === undefined ? undefined : memberOf(rule, kind.spares)];
  if (found === undefined || (status.kind === 'literal' && status.value !== 'Enabled') || status.kind === 'absent') return 0;
  if (spared !== undefined && spared.kind !== 'absent' && spared.kind !== 'unknown') return 0;
  const days = numberOf(found);
  if (days === undefined ? found.kind === 'literal' || found.kind === 'list' || found.kind === 'map' : days > limit) return 0;
  return days === undefined || status.kind !== 'literal' || spared?.kind === 'unknown' || filtersOf(rule).length > 0 ? 1 : 2;
}

/** Names of the members that narrow a rule to some objects. */
function filtersOf(rule: Value): string[] {
  return ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'].filter((name) => {
    const value = memberOf(rule, name);
    return value.kind !== 'absent' && textOf(value) !== '' && !(value.kind === 'list' && value.items.length === 0);
  });
}

function deletes(kind: Kind, rules: Value, limit: number): Finding {
  const property = `${RULES}.${kind.days[0] ?? ''}`;
  const expected = `at most ${limit} days, for the whole bucket`;
  const scored = itemsOf(rules).map((rule) => ({ rule, points: score(kind, rule, limit) }));
  const best = [2, 1].map((points) => scored.find((each) => each.points === points)).find((each) => each !== undefined);
  const values = scored.flatMap(({ rule }) => kind.days.map((path) => memberOf(rule, path))).filter((value) => value.kind !== 'absent');
  const actual = best === undefined ? values.map(shown).join(', ') || 'absent' : kind.days.map((path) => memberOf(best.rule, path)).filter((value) => value.kind !== 'absent').map(shown).join(', ');
  const base = { part: kind.part, property, actual, expected };
  if (best === undefined) return { ...base, verdict: 'FAIL', note: `No enabled rule deletes all ${kind.part.toLowerCase()} within the policy.` };
  if (best.points === 2) return { ...base, verdict: 'PASS' };
  const filters = filtersOf(best.rule);
  return { ...base, verdict: 'UNKNOWN', note: filters.length > 0 ? `A rule does so only for some objects (${filters.join(', ')}): whether rules reach all of them is not in the template.` : `Not told by the template: ${reasonsOf(best.rule)}.` };
}
