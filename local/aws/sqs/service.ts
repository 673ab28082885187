import { queueArn } from '../arn.ts';
import { optionalString, optionalStrings } from '../fields.ts';
import type { Call, Commit, Operation, Service } from '../service.ts';
import type { Estate, JsonObject } from '../types.ts';
import { declarationIn, queueAttributes } from './attributes.ts';
import { missingParameter, nameTaken, noQueue } from './errors.ts';
import { changeVisibility, deleteMessage, eachEntry, receiveMessage } from './receive.ts';
import { sendMessage, sendMessageBatch } from './send.ts';
import type { Queue } from './store.ts';
import { QueueStore } from './store.ts';

/** SQS, with the store that the runner polls. */
export interface SqsService extends Service {
  readonly store: QueueStore;
}

/** Makes the SQS service. @param url the endpoint's own URL, known once it listens */
export function sqsService(estate: Estate, commit: Commit, url: () => string): SqsService {
  const store = new QueueStore(estate, commit);
  const urlOf = (name: string): string => `${url()}/${estate.accountId}/${name}`;

  const named = (name: string): Queue => {
    const queue = store.get(name);
    if (!queue) throw noQueue();
    return queue;
  };
  const find = (input: JsonObject, call: Call, action: string): Queue => {
    const address = optionalString(input, 'QueueUrl');
    if (address === undefined) throw missingParameter('QueueUrl');
    const queue = named(address.split('/').at(-1) ?? '');
    call.needs(`sqs:${action}`, queueArn(estate, queue.declaration.queueName));
    return queue;
  };
  const on =
    (action: string, run: (queue: Queue, input: JsonObject, call: Call) => unknown): Operation =>
    (input, call) =>
      run(find(input, call, action), input, call);

  const operations = new Map<string, Operation>([
    ['SendMessage', on('SendMessage', (queue, input, call) => sendMessage(store, queue, input, call.accessKeyId))],
    ['SendMessageBatch', on('SendMessage', (queue, input, call) => sendMessageBatch(store, queue, input, call.accessKeyId))],
    ['ReceiveMessage', on('ReceiveMessage', (queue, input, call) => receiveMessage(store, queue, input, estate.now, call.signal))],
    [
      'DeleteMessage',
      on('DeleteMessage', (queue, input) => {
        deleteMessage(store, queue, input);
        return {};
      }),
    ],
    ['DeleteMessageBatch', on('DeleteMessage', (queue, input) => eachEntry(input, (entry) => deleteMessage(store, queue, entry)))],
    [
      'ChangeMessageVisibility',
      on('ChangeMessageVisibility', (queue, input) => {
        changeVisibility(store, queue, input, estate.now());
        return {};
      }),
    ],
    [
      'ChangeMessageVisibilityBatch',
      on('ChangeMessageVisibility', (queue, input) => eachEntry(input, (entry) => changeVisibility(store, queue, entry, estate.now()))),
    ],
    [
      'GetQueueAttributes',
      on('GetQueueAttributes', (queue, input) => {
        const names = optionalStrings(input, 'AttributeNames') ?? [];
        const all = Object.entries(queueAttributes(estate, queue));
        return { Attributes: Object.fromEntries(all.filter(([name]) => names.includes('All') || names.includes(name))) };
      }),
    ],
    [
      'GetQueueUrl',
      (input, call) => {
        const name = optionalString(input, 'QueueName');
        if (name === undefined) throw missingParameter('QueueName');
        call.needs('sqs:GetQueueUrl', queueArn(estate, name));
        return { QueueUrl: urlOf(named(name).declaration.queueName) };
      },
    ],
    [
      'CreateQueue',
      (input, call) => {
        const declaration = declarationIn(input);
        call.needs('sqs:CreateQueue', queueArn(estate, declaration.queueName));
        const present = store.get(declaration.queueName);
        if (present && JSON.stringify(present.declaration) !== JSON.stringify(declaration)) throw nameTaken(declaration.queueName);
        store.declare(declaration);
        return { QueueUrl: urlOf(declaration.queueName) };
      },
    ],
    [
      'DeleteQueue',
      on('DeleteQueue', (queue) => {
        store.drop(queue.declaration.queueName);
        return {};
      }),
    ],
  ]);
  return { store, operations };
}
