import { ENV } from '../../contracts/env.ts';
import type { TurnQueue } from '../../domain/conversation/ports.ts';
import { required, type Variables } from '../environment.ts';
import { guarded } from '../guarded.ts';
import { once } from '../once.ts';
import { lazyQueue } from '../ports.ts';
import { serviceOptions } from '../service-options.ts';
import { openGuard } from './guards.ts';

/** The turn queue; its adapter is loaded when a turn is handed on. */
export function openQueue(variables: Variables): TurnQueue {
  const queueUrl = required(variables, ENV.turnQueue);
  const queue = lazyQueue(once(async () => (await import('../../adapters/sqs/turn-queue.ts')).sqsTurnQueue({ client: serviceOptions(variables, 'sqs', 'interactive'), queueUrl })));
  return guarded(queue, openGuard('queue', 'interactive'));
}
