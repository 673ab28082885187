import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { Value } from '../../template/value.ts';
import { leavesOf } from '../check.ts';

/** Things that name a role and do not run as it. */
const NOT_RUNNING = /^AWS::(IAM|KMS|Lambda::(Permission|Version|Alias)|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy)/;

/** What stands in a resource where the role belongs that it runs as. */
export function runsAs(estate: Estate, resource: Resource): readonly Value[] {
  if (NOT_RUNNING.test(resource.type)) return [];
  return leavesOf(valueAt(estate, resource)).filter(({ path }) => /role(_?arn)?(\[\d+\])?$/i.test(path)).map(({ value }) => value);
}
