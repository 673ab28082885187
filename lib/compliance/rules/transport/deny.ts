import { fitsAction } from '../../policy/wildcard.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { booleanOf, holdsUnknown, itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { allOf, anyOf, type Answer } from '../answers.ts';
import { manyAt, named, patternOf, type Finding } from '../check.ts';
import { referencesIn } from '../references.ts';
import { isAnyone, statementsIn } from '../resource-policies.ts';

/** How a type is told to refuse plain HTTP. */
interface Refusal {
  /** Types of policies, and the property that names what they hold for. */
  readonly policies: Readonly<Record<string, string>>;
  /** Actions that have to be denied. */
  readonly actions: readonly string[];
  /** Property that names the resource. */
  readonly name: string;
}

/** Types that answer over plain HTTP unless a policy forbids it. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  'AWS::S3::Bucket': { policies: { 'AWS::S3::BucketPolicy': 'Bucket' }, actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'], name: 'BucketName' },
  'AWS::SQS::Queue': { policies: { 'AWS::SQS::QueuePolicy': 'Queues', 'AWS::SQS::QueueInlinePolicy': 'Queue' }, actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], name: 'QueueName' },
  'AWS::SNS::Topic': { policies: { 'AWS::SNS::TopicPolicy': 'Topics', 'AWS::SNS::TopicInlinePolicy': 'TopicArn' }, actions: ['sns:Publish'], name: 'TopicName' },
};

/** Whether a policy of the estate denies a bucket, queue or topic to everybody who comes without TLS. */
export function refusesPlain(estate: Estate, resource: Resource): Finding {
  const refusal = REFUSALS[resource.type];
  const finding = { property: Object.keys(refusal?.policies ?? {})[0] ?? '', expected: `a Deny for everybody on ${refusal?.actions.join(', ') ?? ''} while aws:SecureTransport is false` };
  const attached = estate.resources.filter(({ type }) => refusal?.policies[type] !== undefined).map((policy) => {
    const all = valueAt(estate, policy);
    return { holds: concerns(memberOf(all, refusal?.policies[policy.type] ?? ''), resource, valueAt(estate, resource, refusal?.name)), statements: statementsIn(memberOf(all, 'PolicyDocument')) };
  });
  const answer = anyOf(attached.filter(({ holds }) => holds !== false).flatMap(({ holds, statements }) => statements.map((statement) => (holds === undefined ? undefined : denies(statement, resource, refusal?.actions ?? [])))));
  if (answer === true) return { ...finding, verdict: 'PASS', actual: 'a Deny while aws:SecureTransport is false' };
  if (answer === undefined) return { ...finding, verdict: 'UNKNOWN', actual: 'not known', note: 'A policy that may hold for it depends on what the template does not tell.' };
  return { ...finding, verdict: 'FAIL', actual: attached.some(({ holds }) => holds) ? 'no such statement' : 'no policy' };
}

function concerns(places: Value, resource: Resource, own: Value): Answer {
  const items = itemsOf(places);
  if (items.some((item) => referencesIn(item).includes(resource))) return true;
  const texts = items.map(patternOf);
  const name = patternOf(own);
  if (name !== '' && !holdsUnknown(own) && texts.some((text) => text === name || text.endsWith(`:${name}`) || text.endsWith(`/${name}`))) return true;
  return items.some(({ kind }) => kind === 'unknown') ? undefined : false;
}

function denies(statement: Value, resource: Resource, actions: readonly string[]): Answer {
  if (statement.kind === 'unknown') return undefined;
  if (textOf(memberOf(statement, 'Effect')) !== 'Deny') return memberOf(statement, 'Effect').kind === 'unknown' ? undefined : false;
  const given = itemsOf(memberOf(statement, 'Action'));
  return allOf([
    isAnyone(memberOf(statement, 'Principal')),
    actions.every((action) => given.some((pattern) => fitsAction(textOf(pattern) ?? '', action))) || (given.some(({ kind }) => kind === 'unknown') ? undefined : false),
    insecure(memberOf(statement, 'Condition')),
    resource.type !== 'AWS::S3::Bucket' || coversBucket(memberOf(statement, 'Resource'), resource),
  ]);
}

/** Whether a condition holds for all that comes without TLS, and asks for nothing else. */
function insecure(condition: Value): Answer {
  if (condition.kind !== 'map') return condition.kind === 'unknown' ? undefined : false;
  const operators = Object.entries(condition.members);
  const [[operator, keys] = ['', condition]] = operators;
  if (operators.length !== 1 || !/^Bool(IfExists)?$/.test(operator) || keys.kind !== 'map') return keys.kind === 'unknown' ? undefined : false;
  if (Object.keys(keys.members).length !== 1) return false;
  const [value] = itemsOf(named(keys, 'aws:SecureTransport'));
  return value === undefined ? false : value.kind === 'unknown' ? undefined : booleanOf(value) === false;
}

/** Whether a statement holds for the bucket and for its objects. */
function coversBucket(resources: Value, bucket: Resource): Answer {
  const patterns = manyAt({ kind: 'map', members: { all: resources } }, 'all[]');
  const texts = patterns.map(patternOf);
  const objects = texts.some((text) => text === '*' || text.endsWith('/*') || /:::.*\*$/.test(text));
  const itself = texts.includes('*') || texts.some((text) => /:::[^/]*$/.test(text)) || patterns.some((pattern) => pattern.kind === 'reference' && pattern.resource === bucket);
  return (objects && itself) || (patterns.some(({ kind }) => kind === 'unknown') ? undefined : false);
}
