import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { booleanOf, itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { anyOf } from './answers.ts';
import { isTrue, patternOf } from './check.ts';

/** Types of stores for which CloudTrail has data events, with the name that selectors know them by. */
export const RECORDED: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable': 'AWS::DynamoDB::Table',
  'AWS::S3::Bucket': 'AWS::S3::Object',
  'AWS::SQS::Queue': 'AWS::SQS::Queue',
  'AWS::SNS::Topic': 'AWS::SNS::Topic',
  'AWS::Kinesis::Stream': 'AWS::Kinesis::Stream',
  'AWS::Bedrock::KnowledgeBase': 'AWS::Bedrock::KnowledgeBase',
};

/** Trails of an estate that are on. */
export function trailsOf(estate: Estate): Resource[] {
  return estate.resources.filter((resource) => resource.type === 'AWS::CloudTrail::Trail' && isTrue(valueAt(estate, resource, 'IsLogging')) !== false);
}

/** Whether a trail records reads and writes of a store; undefined when it cannot be told. */
export function records(estate: Estate, trail: Resource, store: Resource): boolean | undefined {
  const type = RECORDED[store.type] ?? '';
  return anyOf([...selectors(estate, trail).map((selector) => advanced(selector, type, store, estate)), ...itemsOf(valueAt(estate, trail, 'EventSelectors')).map((selector) => basic(selector, type, store, estate))]);
}

/** Whether a trail records management events of a service, reads included: calls of a model are among those of Amazon Bedrock. @param source e.g. `kms.amazonaws.com` */
export function recordsCalls(estate: Estate, trail: Resource, source = 'bedrock.amazonaws.com'): boolean | undefined {
  const [given, old] = [selectors(estate, trail), itemsOf(valueAt(estate, trail, 'EventSelectors'))];
  // A trail without selectors records all management events.
  if (given.length === 0 && old.length === 0) return true;
  return anyOf([...given.map((selector) => {
    if (selector.kind === 'unknown') return undefined;
    const fields = itemsOf(memberOf(selector, 'FieldSelectors'));
    const others = fields.filter((field) => textOf(memberOf(field, 'Field')) !== 'eventCategory' && !(textOf(memberOf(field, 'Field')) === 'eventSource' && !covers(memberOf(field, 'NotEquals'), source)));
    return equals(fields, 'eventCategory', 'Management') === true ? others.length === 0 : equals(fields, 'eventCategory', 'Management');
  }), ...old.map((selector) => {
    if (selector.kind === 'unknown') return undefined;
    const [events, which] = [memberOf(selector, 'IncludeManagementEvents'), memberOf(selector, 'ReadWriteType')];
    if (events.kind === 'unknown' || which.kind === 'unknown') return undefined;
    return booleanOf(events) !== false && ['All', undefined].includes(textOf(which)) && !covers(memberOf(selector, 'ExcludeManagementEventSources'), source);
  })]);
}

const selectors = (estate: Estate, trail: Resource): readonly Value[] => itemsOf(valueAt(estate, trail, 'AdvancedEventSelectors'));
const covers = (value: Value, text: string): boolean => itemsOf(value).some((item) => textOf(item) === text);

function equals(fields: readonly Value[], name: string, wanted: string): boolean | undefined {
  if (fields.some(({ kind }) => kind === 'unknown')) return undefined;
  const items = fields.filter((field) => textOf(memberOf(field, 'Field')) === name).flatMap((field) => itemsOf(memberOf(field, 'Equals')));
  return items.some((item) => textOf(item) === wanted) ? true : items.some(({ kind }) => kind === 'unknown') ? undefined : false;
}

function advanced(selector: Value, type: string, store: Resource, estate: Estate): boolean | undefined {
  if (selector.kind === 'unknown') return undefined;
  const fields = itemsOf(memberOf(selector, 'FieldSelectors'));
  const fits = new Set([equals(fields, 'eventCategory', 'Data'), equals(fields, 'resources.type', type)]);
  if (fits.has(false)) return false;
  if (fits.has(undefined)) return undefined;
  const others = fields.filter((field) => !['eventCategory', 'resources.type'].includes(textOf(memberOf(field, 'Field')) ?? ''));
  const answers = new Set(others.map((field) => {
    // What narrows to reads, to some events or to some callers leaves others out.
    if (textOf(memberOf(field, 'Field')) !== 'resources.ARN' || ['NotEquals', 'NotStartsWith', 'NotEndsWith', 'EndsWith'].some((name) => memberOf(field, name).kind !== 'absent')) return memberOf(field, 'Field').kind === 'unknown' ? undefined : false;
    return anyOf(['Equals', 'StartsWith'].flatMap((name) => itemsOf(memberOf(field, name))).map((arn) => means(arn, store, estate)));
  }));
  return answers.has(false) ? false : answers.has(undefined) ? undefined : true;
}

function basic(selector: Value, type: string, store: Resource, estate: Estate): boolean | undefined {
  if (selector.kind === 'unknown') return undefined;
  const which = memberOf(selector, 'ReadWriteType');
  const found = anyOf(itemsOf(memberOf(selector, 'DataResources')).map((one) => (one.kind === 'unknown' ? undefined : textOf(memberOf(one, 'Type')) === type ? anyOf(itemsOf(memberOf(one, 'Values')).map((arn) => means(arn, store, estate))) : false)));
  return which.kind === 'unknown' && found !== false ? undefined : ['All', undefined].includes(textOf(which)) && found;
}

/** Whether an ARN of a selector stands for a store: a reference to it, its name, or all of its service. */
function means(arn: Value, store: Resource, estate: Estate): boolean | undefined {
  if (arn.kind === 'unknown') return undefined;
  if (arn.kind === 'reference') return arn.resource === store;
  if (arn.kind === 'text') {
    const referred = arn.parts.filter((part) => part.kind === 'reference');
    if (referred.length > 0) return referred.some(({ resource }) => resource === store) && /^[/*]?$/.test(patternOf(arn).split('>').at(-1) ?? '');
    if (arn.parts.some(({ kind }) => kind === 'unknown')) return undefined;
  }
  const text = patternOf(arn);
  if (/^arn:[^:]*:(s3|dynamodb|sqs|sns|kinesis|bedrock)(:{3}|:[^:]*:[^:]*:?)?$/.test(text.replaceAll(/<[^>]*>/g, 'x'))) return true;
  const name = ['TableName', 'BucketName', 'QueueName', 'TopicName', 'Name'].map((property) => textOf(valueAt(estate, store, property))).find((found) => found !== undefined);
  return name !== undefined && new RegExp(`[:/]${name.replaceAll(/[.+*?^$(){}|[\]\\]/g, String.raw`\$&`)}(/\\*?)?$`).test(text);
}
