import type { EstateModel, Resource } from '../assembly/model.ts';
import { arrayOf, booleanOf, numberOf, objectOf, textOf } from '../json.ts';
import { compileFilter } from './filter.ts';
import type { QueueMapping } from './queue-source.ts';
import type { StreamMapping } from './stream-source.ts';

/** A mapping from a table's stream, with what its subscription needs. */
export interface NamedStreamMapping extends StreamMapping {
  /** Logical id of the mapping; names its checkpoint. */
  readonly name: string;
  readonly tableName: string;
  readonly from: 'LATEST' | 'TRIM_HORIZON';
  readonly batchSize: number;
}

/** Event source mappings of the environment. */
export interface Mappings {
  readonly queues: readonly QueueMapping[];
  readonly streams: readonly NamedStreamMapping[];
}

/** Batches at once unless the mapping says otherwise: as many as Lambda starts with. */
const DEFAULT_CONCURRENCY = 5;

/** Reads the event source mappings. @throws Error for a source that is not emulated */
export function mappingsOf(model: EstateModel): Mappings {
  const mappings = model.ofType('AWS::Lambda::EventSourceMapping').filter((mapping) => mapping.get('Enabled') === undefined || booleanOf(mapping.get('Enabled')));
  const bySource = mappings.map((mapping) => ({ mapping, arn: textOf(mapping.get('EventSourceArn')) ?? '' }));
  const other = bySource.find(({ arn }) => service(arn) !== 'sqs' && service(arn) !== 'dynamodb');
  if (other !== undefined) throw new Error(`The event source mapping ${other.mapping.logicalId} reads ${other.arn}; the local runner drives SQS queues and DynamoDB streams.`);
  return {
    queues: bySource.filter(({ arn }) => service(arn) === 'sqs').map(({ mapping, arn }) => queueMapping(mapping, arn)),
    streams: bySource.filter(({ arn }) => service(arn) === 'dynamodb').map(({ mapping, arn }) => streamMapping(mapping, arn)),
  };
}

const service = (arn: string): string | undefined => arn.split(':')[2];

const shared = (mapping: Resource) => ({
  functionArn: String(mapping.get('FunctionName')),
  reportsItemFailures: arrayOf(mapping.get('FunctionResponseTypes')).includes('ReportBatchItemFailures'),
  filter: compileFilter(mapping.get('FilterCriteria')),
});

const queueMapping = (mapping: Resource, arn: string): QueueMapping => ({
  ...shared(mapping),
  queueName: arn.split(':').at(-1) ?? '',
  batchSize: numberOf(mapping.get('BatchSize')) ?? 10,
  maximumConcurrency: numberOf(objectOf(mapping.get('ScalingConfig'))['MaximumConcurrency']) ?? DEFAULT_CONCURRENCY,
});

const streamMapping = (mapping: Resource, arn: string): NamedStreamMapping => ({
  ...shared(mapping),
  name: mapping.logicalId,
  streamArn: arn,
  tableName: /:table\/([^/]+)\//.exec(arn)?.[1] ?? '',
  from: mapping.get('StartingPosition') === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
  batchSize: numberOf(mapping.get('BatchSize')) ?? 100,
  bisects: booleanOf(mapping.get('BisectBatchOnFunctionError')),
  maximumRetries: numberOf(mapping.get('MaximumRetryAttempts')) ?? -1,
  onFailure: textOf(objectOf(objectOf(mapping.get('DestinationConfig'))['OnFailure'])['Destination']),
});
