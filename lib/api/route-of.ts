import { ROUTES } from '../../lambda/contracts/routes.ts';
import type { OperationId, Route } from '../../lambda/contracts/routes.ts';

const BY_OPERATION: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [route.operationId, route]));

/** The route of an operation. @throws Error when the route table has none, which its type rules out. */
export function routeOf(operation: OperationId): Route {
  const route = BY_OPERATION.get(operation);
  if (!route) throw new Error(`The route table has no operation "${operation}".`);
  return route;
}
