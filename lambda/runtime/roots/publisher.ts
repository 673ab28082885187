import { eventBridgePublisher } from '../../adapters/events/publisher.ts';
import { ENV } from '../../contracts/env.ts';
import type { EventPublisher } from '../../domain/conversation/ports.ts';
import { required, type Variables } from '../environment.ts';
import { serviceOptions } from '../service-options.ts';
import { openGuard } from './guards.ts';

/** Publisher to the event bus. */
export function openPublisher(variables: Variables): EventPublisher {
  return eventBridgePublisher({ client: serviceOptions(variables, 'events', 'background'), busName: required(variables, ENV.eventBus), guard: openGuard('events', 'background') });
}
