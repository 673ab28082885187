import { clientOptions } from '../../adapters/aws/client-options.ts';
import { ENV } from '../../contracts/env.ts';
import type { TurnQueue } from '../../domain/conversation/ports.ts';
import { required, type Variables } from '../environment.ts';
import { once } from '../once.ts';
import { lazyQueue } from '../ports.ts';

/** The turn queue; its adapter is loaded when a turn is handed on. */
export function openQueue(variables: Variables): TurnQueue {
  const queueUrl = required(variables, ENV.turnQueue);
  return lazyQueue(once(async () => (await import('../../adapters/sqs/turn-queue.ts')).sqsTurnQueue({ client: clientOptions('interactive'), queueUrl })));
}
