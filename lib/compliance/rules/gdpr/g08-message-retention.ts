import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf } from '../../template/value.ts';
import { manyAt, type Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { asPersonal, holdsPersonal, ifPersonal } from '../personal.ts';
import { retentionLimit, withinPolicy, type Lifetime } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

/** Where a type says how long it keeps; looked at where `where` is set, else nothing is kept. */
interface Kept extends Lifetime {
  readonly property: string;
  readonly where?: string;
}

/** Defaults are those of the services: four days for queues, one for streams, archives for ever, nothing for topics without archive. */
const KEPT: Readonly<Record<string, readonly Kept[]>> = {
  'AWS::SQS::Queue': [{ property: 'MessageRetentionPeriod', unit: 1 / 86_400, otherwise: 4 }],
  'AWS::Kinesis::Stream': [{ property: 'RetentionPeriodHours', unit: 1 / 24, otherwise: 1 }],
  'AWS::KinesisVideo::Stream': [{ property: 'DataRetentionInHours', unit: 1 / 24, otherwise: 0 }],
  'AWS::Connect::InstanceStorageConfig': [{ property: 'KinesisVideoStreamConfig.RetentionPeriodHours', where: 'KinesisVideoStreamConfig', unit: 1 / 24, otherwise: 'forever' }],
  'AWS::Events::Archive': [{ property: 'RetentionDays', otherwise: 'forever', never: 0 }],
  'AWS::SNS::Topic': [{ property: 'ArchivePolicy.MessageRetentionPeriod', where: 'ArchivePolicy', otherwise: 0 }],
  'AWS::Timestream::Table': [{ property: 'RetentionProperties.MagneticStoreRetentionPeriodInDays', otherwise: 73_000 }],
  'AWS::CustomerProfiles::Domain': [{ property: 'DefaultExpirationDays', otherwise: 'forever' }],
  'AWS::Lambda::Function': [{ property: 'DurableConfig.RetentionPeriodInDays', where: 'DurableConfig', otherwise: 14 }],
};
const TYPES = Object.keys(KEPT);

const eachKeeper = each(TYPES, (resource, estate, parameters) => {
  const keeper = owner(estate, resource);
  const judge = (note?: string): Finding[] => (KEPT[resource.type] ?? []).map((kept) => judged(resource, estate, parameters, kept, note));
  const own = holdsPersonal(estate, keeper, parameters);
  // What ends in a dead-letter queue is as personal as where it comes from, whatever the queue says of itself.
  const sources = own === true ? [] : deadLettersFrom(estate, resource);
  const personal = sources.find((source) => holdsPersonal(estate, source, parameters) === true);
  if (personal !== undefined) return judge(`It is not tagged as personal, but messages of ${personal.logicalId} end here, which is personal.`);
  const doubtful = sources.find((source) => holdsPersonal(estate, source, parameters) === undefined);
  if (own === undefined || doubtful === undefined) return asPersonal(estate, keeper, parameters, () => judge());
  return judge(`Messages of ${doubtful.logicalId} end here.`).map((finding) => ifPersonal(estate, doubtful, parameters, finding));
});

/** G08: what waits, streams or is archived ends within the policy. */
export const g08MessageRetention: Rule = {
  id: 'G08',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(e)'],
  title: 'Queues, streams, archives and topics keep messages within the retention policy',
  info: 'Passes when the retention of queues (dead-letter queues too), streams, event archives, topic archives, time series, customer profiles and durable executions ends within the policy; what the service does by itself counts where nothing is set. What is tagged as not personal is not judged, unless it is the dead-letter queue of a queue or topic that is personal; an archive is judged as its event bus is tagged.',
  explanation: 'Messages are copies of personal data that no erasure finds. Dead-letter queues hold them longest, and an archive without RetentionDays keeps them for ever. Set the retention to what the work needs.',
  looksAt: TYPES,
  judge: (estate, parameters) => {
    // Functions that are not durable keep nothing: a row for each of them would hide the rest.
    const found = eachKeeper(estate, parameters).filter(({ resource, verdict }) => resource?.type !== 'AWS::Lambda::Function' || verdict !== 'NOT_APPLICABLE');
    return found.length > 0 ? found : [{ verdict: 'NOT_APPLICABLE', note: 'No function is durable, and there is nothing else that keeps messages.' }];
  },
};

function judged(resource: Resource, estate: Estate, parameters: Parameters, kept: Kept, note: string | undefined): Finding {
  const all = valueAt(estate, resource);
  if (kept.where !== undefined && memberOf(all, kept.where).kind === 'absent') return { verdict: 'NOT_APPLICABLE', property: kept.where, actual: 'absent', note: 'It keeps nothing.' };
  return withinPolicy(kept.property, memberOf(all, kept.property), kept, retentionLimit(estate, owner(estate, resource), parameters), note === undefined ? {} : { note });
}

/** Whose tags say what a resource holds: an archive has none, and holds what its event bus carried. */
function owner(estate: Estate, resource: Resource): Resource {
  const source = resource.type === 'AWS::Events::Archive' ? valueAt(estate, resource, 'SourceArn') : undefined;
  return source?.kind === 'reference' ? source.resource : resource;
}

/** Queues and topics whose undeliverable messages end in a queue. */
function deadLettersFrom(estate: Estate, queue: Resource): Resource[] {
  if (queue.type !== 'AWS::SQS::Queue') return [];
  return estate.resources.filter(({ type }) => type === 'AWS::SQS::Queue' || type === 'AWS::SNS::Subscription').flatMap((source) => {
    const all = valueAt(estate, source);
    const ends = manyAt(all, 'RedrivePolicy.deadLetterTargetArn').some((target) => target.kind === 'reference' && target.resource === queue);
    const from = source.type === 'AWS::SQS::Queue' ? source : topicOf(estate, source);
    return ends && from !== undefined ? [from] : [];
  });
}

function topicOf(estate: Estate, subscription: Resource): Resource | undefined {
  const topic = valueAt(estate, subscription, 'TopicArn');
  return topic.kind === 'reference' ? topic.resource : undefined;
}
