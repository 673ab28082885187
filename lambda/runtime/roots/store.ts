import { dynamoConversationStore } from '../../adapters/dynamodb/store.ts';
import { ENV } from '../../contracts/env.ts';
import type { ConversationStore } from '../../domain/conversation/ports.ts';
import { optional, required, type Variables } from '../environment.ts';
import { serviceOptions } from '../service-options.ts';
import { now, wait } from './basics.ts';

/** The conversation store. Its client is made at once: every function that has one needs it for its first event. */
export function openStore(variables: Variables, profile: 'interactive' | 'patient' | 'background'): ConversationStore {
  const keyTable = optional(variables, ENV.keyTable);
  return dynamoConversationStore({ client: serviceOptions(variables, 'dynamodb', profile), table: required(variables, ENV.conversationTable), ...(keyTable === undefined ? {} : { keyTable }), now, wait });
}
