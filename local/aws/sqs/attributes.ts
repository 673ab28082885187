import { queueArn } from '../arn.ts';
import { isObject, optionalObject, optionalString } from '../fields.ts';
import type { Estate, JsonObject, QueueDeclaration } from '../types.ts';
import { invalidValue, missingParameter, unsupported } from './errors.ts';
import type { Queue } from './store.ts';

/** GetQueueAttributes' values, all as text. */
export function queueAttributes(estate: Estate, { declaration, createdAt, messages }: Queue): Record<string, string> {
  const now = estate.now();
  const all = [...messages.values()];
  const hidden = all.filter((message) => message.visibleAt > now);
  const inFlight = hidden.filter((message) => message.receiveCount > 0);
  const { dlqName, maxReceiveCount } = declaration;
  return {
    QueueArn: queueArn(estate, declaration.queueName),
    ApproximateNumberOfMessages: String(all.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
    ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
    CreatedTimestamp: String(Math.floor(createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(createdAt / 1000)),
    VisibilityTimeout: String(declaration.visibilityTimeoutSeconds ?? 30),
    MessageRetentionPeriod: String(declaration.retentionSeconds ?? 345_600),
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    MaximumMessageSize: String(1024 * 1024),
    ...(dlqName !== undefined && maxReceiveCount !== undefined && {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(estate, dlqName), maxReceiveCount }),
    }),
  };
}

function whole(attributes: JsonObject, name: string): number | undefined {
  const text = optionalString(attributes, name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw invalidValue(`Invalid value for the parameter ${name}.`);
  return Number(text);
}

/** The queue that a CreateQueue describes. @throws AwsError for FIFO queues, which are not emulated, and for bad values */
export function declarationIn(input: JsonObject): QueueDeclaration {
  const queueName = optionalString(input, 'QueueName');
  if (queueName === undefined) throw missingParameter('QueueName');
  if (queueName.endsWith('.fifo')) throw unsupported('The loop-back endpoint does not emulate FIFO queues.');
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(queueName)) throw invalidValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  const attributes = optionalObject(input, 'Attributes') ?? {};
  const visibilityTimeoutSeconds = whole(attributes, 'VisibilityTimeout');
  const retentionSeconds = whole(attributes, 'MessageRetentionPeriod');
  return {
    queueName,
    ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
    ...(retentionSeconds !== undefined && { retentionSeconds }),
    ...redriveIn(optionalString(attributes, 'RedrivePolicy')),
  };
}

function redriveIn(text: string | undefined): Pick<QueueDeclaration, 'dlqName' | 'maxReceiveCount'> {
  if (text === undefined) return {};
  const bad = invalidValue('Invalid value for the parameter RedrivePolicy.');
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw bad;
  }
  if (!isObject(policy)) throw bad;
  const dlqName = String(policy['deadLetterTargetArn']).split(':').at(-1);
  const maxReceiveCount = Number(policy['maxReceiveCount']);
  if (dlqName === undefined || !Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) throw bad;
  return { dlqName, maxReceiveCount };
}
