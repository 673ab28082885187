import { clientOptions } from '../../adapters/aws/client-options.ts';
import { eventBridgePublisher } from '../../adapters/events/publisher.ts';
import { ENV } from '../../contracts/env.ts';
import type { EventPublisher } from '../../domain/conversation/ports.ts';
import { required, type Variables } from '../environment.ts';

/** Publisher to the event bus. */
export function openPublisher(variables: Variables): EventPublisher {
  return eventBridgePublisher({ client: clientOptions('background'), busName: required(variables, ENV.eventBus) });
}
