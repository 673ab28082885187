import { ENV } from '../../contracts/env.ts';
import type { TurnSettings } from '../../contracts/settings.ts';
import type { OrderReader } from '../../domain/tools/order.ts';
import { required, type Variables } from '../environment.ts';
import { once } from '../once.ts';
import { serviceOptions } from '../service-options.ts';
import { now, wait } from './basics.ts';
import { guardOrders, openGuard } from './guards.ts';

/** The order system; its adapter, and that of its key, are loaded when the first order is looked up. Undefined where none is configured. */
export function openOrders(variables: Variables, { orders }: Pick<TurnSettings, 'orders'>): OrderReader | undefined {
  if (orders === undefined) return undefined;
  const secretArn = required(variables, ENV.orderSystemSecret);
  const reader = once(async () => {
    const [{ restOrders }, { cachedSecret }] = await Promise.all([import('../../adapters/orders/rest.ts'), import('../../adapters/secrets/cached-secret.ts')]);
    const key = cachedSecret({ client: serviceOptions(variables, 'secrets', 'interactive'), secretArn, now, guard: openGuard('secrets', 'interactive') });
    return restOrders({ baseUrl: orders.baseUrl, key, fetch, wait, random: Math.random });
  });
  return guardOrders({ find: async (query) => (await reader()).find(query) });
}
