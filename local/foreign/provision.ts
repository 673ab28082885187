import type { EstateModel } from '../assembly/model.ts';
import type { LoopbackResources } from '../aws/index.ts';
import type { QueuePort } from '../wiring/ports.ts';
import { clientConfig, unlessPresent } from './access.ts';
import type { ForeignEndpoint } from './access.ts';
import { createKeys, createSecrets } from './keys-and-secrets.ts';
import { createQueues, pollQueues } from './queues.ts';
import { createTables } from './tables.ts';

/** Event sources that a foreign endpoint leaves undriven. */
export const UNDRIVEN = ['DynamoDB streams (the sweep publishes what waits, every five minutes)', 'event bus rules', 'secret rotation'] as const;

/**
 * Creates what the templates declare on an endpoint that the user brought, by calls of the SDK; what is there already
 * stays. The model learns the identities that the endpoint gave.
 * @returns the queues, for the event sources
 * @throws Error as the endpoint answers
 */
export async function provision(model: EstateModel, resources: Required<LoopbackResources>, foreign: ForeignEndpoint, region: string): Promise<QueuePort> {
  const config = clientConfig(foreign.url, region, foreign.credentials);
  await createTables(resources.tables, config);
  const queues = await createQueues(resources.queues, config);
  for (const queue of model.ofType('AWS::SQS::Queue')) {
    const made = queues.find(({ queueName }) => queueName === queue.attribute('QueueName'));
    if (made !== undefined) model.override(queue, { ref: made.url, attributes: { Arn: made.arn, QueueUrl: made.url, QueueName: made.queueName } });
  }
  await createKeys(model, config);
  await createSecrets(model, resources.secrets, config);
  const { EventBridgeClient, CreateEventBusCommand } = await import('@aws-sdk/client-eventbridge');
  const events = new EventBridgeClient(config);
  for (const { name } of resources.eventBuses.filter((bus) => bus.name !== 'default')) {
    await unlessPresent(['ResourceAlreadyExistsException'], () => events.send(new CreateEventBusCommand({ Name: name })));
  }
  events.destroy();
  return pollQueues(queues, config);
}
