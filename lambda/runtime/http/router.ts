import { ROUTES, type OperationId } from '../../contracts/routes.ts';
import { routeNotFound } from '../../domain/conversation/problems.ts';
import type { FunctionContext, ProxyEvent } from './event.ts';
import { problemResult, type HttpResult } from './response.ts';

/** Serves one operation. */
export type Operation = (event: ProxyEvent, context: FunctionContext) => Promise<HttpResult>;

/** Operations that a function serves, by name. */
export type Operations = Readonly<Partial<Record<OperationId, Operation>>>;

/** Finds the operation of a request by the contract's table; 404 for anything else. */
export function route(operations: Operations): Operation {
  const table = new Map<string, Operation>();
  for (const { method, path, operationId } of ROUTES) {
    const operation = operations[operationId];
    if (operation !== undefined) table.set(`${method} ${path}`, operation);
  }
  return async (event, context) => {
    const operation = table.get(`${event.httpMethod} ${event.resource}`);
    return operation === undefined ? problemResult(routeNotFound()) : operation(event, context);
  };
}

/** Name of the operation that an event asks for; undefined for none. */
export function operationOf(event: Pick<ProxyEvent, 'httpMethod' | 'resource'>): OperationId | undefined {
  return ROUTES.find(({ method, path }) => method === event.httpMethod && path === event.resource)?.operationId;
}
