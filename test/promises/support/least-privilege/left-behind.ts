import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { aesGcmCipher } from '../../../../lambda/adapters/cipher/aes-gcm.ts';
import { outboxItem } from '../../../../lambda/adapters/dynamodb/records.ts';
import { dynamoConversationStore } from '../../../../lambda/adapters/dynamodb/store.ts';
import { kmsSubjectKeys } from '../../../../lambda/adapters/kms/subject-keys.ts';
import { ENV } from '../../../../lambda/contracts/env.ts';
import type { TurnSettings } from '../../../../lambda/contracts/settings.ts';
import { eventBase } from '../../../../lambda/domain/conversation/event-base.ts';
import { admit } from '../../../../lambda/domain/turn/admit.ts';
import { claimTurn } from '../../../../lambda/domain/turn/claim-turn.ts';
import type { TurnDependencies } from '../../../../lambda/domain/turn/types.ts';
import type { Estate } from '../../../../local/estate.ts';
import { dynamoOf } from '../../../app/support/estate.ts';
import { fakeQueue } from '../../../support/fakes/ports.ts';
import { RETRIEVER } from '../../../support/fakes/turn.ts';

/** Half an hour: what is older counts as given up. */
const OLD_MILLISECONDS = 31 * 60_000;

function dependencies(estate: Estate): TurnDependencies {
  const { environment, region } = estate.definition('chat');
  const variable = (name: string): string => environment[name] ?? '';
  const client = () => clientOptions('patient', { endpoint: estate.awsUrl, region, credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' } });
  const wait = async (milliseconds: number): Promise<void> => delay(milliseconds);
  const settings = JSON.parse(variable(ENV.settings)) as TurnSettings;
  return {
    store: dynamoConversationStore({ client: client(), table: variable(ENV.conversationTable), keyTable: variable(ENV.keyTable), now: Date.now, wait }),
    keys: kmsSubjectKeys({ client: client(), keyArn: variable(ENV.subjectKey), now: Date.now }),
    cipher: aesGcmCipher(randomBytes),
    queue: fakeQueue(),
    retriever: async () => RETRIEVER,
    settings: { ...settings, leaseSeconds: 0, model: { provider: 'extractive' } },
    release: 'test',
    now: Date.now,
    newId: () => randomUUID(),
    wait,
  };
}

/**
 * Leaves a turn as a chat function does that dies after its claim: pending, with a lease that has run out.
 * @param age `old` for a turn that nobody waits for any more
 */
export async function abandonTurn(estate: Estate, conversationId: string, text: string, age: 'new' | 'old' = 'new'): Promise<void> {
  const deps = dependencies(estate);
  const { subject } = await headOf(deps, conversationId);
  const receivedAt = Date.now() - (age === 'old' ? OLD_MILLISECONDS : 0);
  const message = { conversationId, subject, text, idempotencyKey: randomUUID(), mode: 'json', receivedAt, deadline: receivedAt + 10_000 } as const;
  const admission = await admit(deps, message);
  if (admission.kind !== 'new') throw new Error(`The turn was not admitted: ${JSON.stringify(admission)}.`);
  const claimed = await claimTurn({ ...deps, now: () => message.receivedAt }, message, admission);
  if (typeof claimed === 'string') throw new Error(`The turn was not claimed: ${claimed}.`);
}

/**
 * Leaves an outbox item that the relay has missed: the stream shows it broken when it is put, and right only afterwards, which is a
 * change and not an insertion.
 */
export async function missEvent(estate: Estate, conversationId: string): Promise<void> {
  const deps = dependencies(estate);
  const head = await headOf(deps, conversationId);
  const event = { type: 'conversation.closed', detail: { ...eventBase(head, randomUUID(), 'test', Date.now()), reason: 'idle', turns: head.turn, droppedOff: false } } as const;
  // Texts and numbers, which are the same for the SDK as on the wire.
  const item = outboxItem(conversationId, event, Date.now() - OLD_MILLISECONDS, head.expiresAt) as Record<string, { readonly S: string }>;
  const TableName = estate.definition('chat').environment[ENV.conversationTable];
  const client = dynamoOf(estate);
  await client.send(new PutItemCommand({ TableName, Item: { ...item, event: { S: '{' } } }));
  await client.send(new PutItemCommand({ TableName, Item: item }));
  client.destroy();
}

async function headOf({ store }: TurnDependencies, conversationId: string) {
  const head = await store.head(conversationId);
  if (head === undefined) throw new Error(`There is no conversation ${conversationId}.`);
  return head;
}
