import { g08MessageRetention } from '../../../../../lib/compliance/rules/gdpr/g08-message-retention.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const queue = (properties: Record<string, Json> = {}): Json => ({ Type: 'AWS::SQS::Queue', Properties: properties });
const operational = { Tags: [{ Key: 'data-class', Value: 'operational' }] };
const toDead = { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } };

holds(g08MessageRetention, [
  { name: 'passes queues and streams within the policy, with their defaults', resources: { Queue: queue({ MessageRetentionPeriod: 86_400 }), Default: queue(), Stream: { Type: 'AWS::Kinesis::Stream' } }, gives: ['Queue PASS', 'Default PASS', 'Stream PASS'], says: ['86400 (1 day)', 'absent: 4 days', 'absent: 1 day'] },
  { name: 'fails what keeps longer', resources: { Queue: queue({ MessageRetentionPeriod: 1_209_600 }), Default: queue(), Stream: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: 8_760 } } }, parameters: { maxRetentionDays: 3 }, gives: ['Queue FAIL', 'Default FAIL', 'Stream FAIL'], says: ['14 days', '365 days', 'at most 3 days'] },
  { name: 'fails an archive for ever', resources: { Absent: { Type: 'AWS::Events::Archive' }, Zero: { Type: 'AWS::Events::Archive', Properties: { RetentionDays: 0 } }, Month: { Type: 'AWS::Events::Archive', Properties: { RetentionDays: 30 } } }, gives: ['Absent FAIL', 'Zero FAIL', 'Month PASS'], says: ['absent: kept for ever', '0 (kept for ever)'] },
  { name: 'judges an archive as its bus is tagged', resources: { Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: { 'Fn::GetAtt': ['Bus', 'Arn'] } } }, Bus: { Type: 'AWS::Events::EventBus', Properties: operational } }, gives: ['Archive NOT_APPLICABLE'] },
  { name: 'judges a topic by its archive', resources: { Plain: { Type: 'AWS::SNS::Topic' }, Archived: { Type: 'AWS::SNS::Topic', Properties: { ArchivePolicy: { MessageRetentionPeriod: '365' } } } }, parameters: { maxRetentionDays: 90 }, gives: ['Plain NOT_APPLICABLE', 'Archived FAIL'] },
  { name: 'leaves out queues that are tagged as not personal', resources: { Queue: queue({ ...operational, MessageRetentionPeriod: 1_209_600 }), Source: queue({ ...operational, ...toDead }), Dead: queue(operational) }, parameters: { maxRetentionDays: 1 }, gives: ['Queue NOT_APPLICABLE', 'Source NOT_APPLICABLE', 'Dead NOT_APPLICABLE'] },
  { name: 'takes the dead-letter queue of a personal queue or topic as personal, whatever its tag', resources: { Source: queue({ MessageRetentionPeriod: 60, ...toDead }), Dead: queue({ ...operational, MessageRetentionPeriod: 1_209_600 }) }, parameters: { maxRetentionDays: 7 }, gives: ['Source PASS', 'Dead FAIL'], says: ['messages of Source end here'] },
  { name: 'follows the subscription of a topic to its dead-letter queue', resources: { Topic: { Type: 'AWS::SNS::Topic' }, Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, ...toDead } }, Dead: queue(operational) }, gives: ['Topic NOT_APPLICABLE', 'Dead PASS'], says: ['messages of Topic'] },
  { name: 'judges durable functions only', resources: { Plain: { Type: 'AWS::Lambda::Function' }, Durable: { Type: 'AWS::Lambda::Function', Properties: { DurableConfig: { ExecutionTimeout: 60 } } } }, gives: ['Durable PASS'], says: ['absent: 14 days'] },
  { name: 'says so when there are only functions that are not', resources: { Plain: { Type: 'AWS::Lambda::Function' } }, gives: ['estate NOT_APPLICABLE'] },
  { name: 'cannot tell parameters', resources: { Queue: queue({ MessageRetentionPeriod: UNRESOLVED }), Archive: { Type: 'AWS::Events::Archive', Properties: { RetentionDays: '{{resolve:ssm:days}}' } } }, gives: ['Queue UNKNOWN', 'Archive UNKNOWN'], says: ['AParameter', 'dynamic reference'] },
  { name: 'knows video, time series, profiles and recorded calls', resources: { Video: { Type: 'AWS::KinesisVideo::Stream' }, Series: { Type: 'AWS::Timestream::Table' }, Profiles: { Type: 'AWS::CustomerProfiles::Domain', Properties: { DefaultExpirationDays: 366 } }, Calls: { Type: 'AWS::Connect::InstanceStorageConfig', Properties: { KinesisVideoStreamConfig: { RetentionPeriodHours: 24 } } } }, gives: ['Video PASS', 'Series FAIL', 'Profiles FAIL', 'Calls PASS'], says: ['absent: 73000 days'] },
]);
