import type { Clock } from '../clock.ts';
import { isObject, messageOf, textOf } from '../json.ts';
import { FunctionError } from '../runtime/errors.ts';
import type { AuthorizerDefinition } from './authorizer-definition.ts';
import { methodArn, sharedEvent } from './event.ts';
import type { AuthorizerContext } from './authorizer-context.ts';
import type { RoutedRequest } from './event.ts';
import type { GatewayErrorType } from './gateway-response.ts';
import { InvalidResult, evaluate } from './policy.ts';
import { parameterOf } from './request.ts';

/** What became of the authorization. */
export type Authorization =
  | { readonly allowed: true; readonly context: AuthorizerContext }
  | { readonly allowed: false; readonly type: GatewayErrorType; readonly message?: string; readonly context?: AuthorizerContext };

/** Calls a function and returns its JSON. @throws FunctionError when the function fails */
export type Call = (functionArn: string, event: unknown) => Promise<string>;

interface Result {
  readonly policyDocument: unknown;
  readonly context: AuthorizerContext;
}

/** Lambda authorizers, with the cache of their results. */
export class Authorizers {
  private readonly clock: Clock;
  private readonly call: Call;
  private readonly report: (line: string) => void;
  private readonly cache = new Map<string, { readonly result: Result; readonly until: number }>();

  constructor(options: { readonly clock: Clock; readonly call: Call; readonly report: (line: string) => void }) {
    this.clock = options.clock;
    this.call = options.call;
    this.report = options.report;
  }

  /** Asks the authorizer, or its cached result, whether the request may pass. */
  async authorize(definition: AuthorizerDefinition, routed: RoutedRequest): Promise<Authorization> {
    const identity = definition.identitySources.map((source) => identityOf(source, routed));
    if (identity.some((value) => value === undefined || value === '')) return { allowed: false, type: 'UNAUTHORIZED' };
    if (definition.validation !== undefined && !definition.validation.test(identity[0] ?? '')) return { allowed: false, type: 'UNAUTHORIZED' };
    const started = this.clock.now();
    try {
      const result = await this.result(definition, routed, identity.map(String));
      const context = { ...result.context, integrationLatency: this.clock.now() - started };
      const decision = evaluate(result.policyDocument, methodArn(routed));
      if (decision === 'allow') return { allowed: true, context };
      const explicit = decision === 'deny' ? { message: 'User is not authorized to access this resource with an explicit deny' } : {};
      return { allowed: false, type: 'ACCESS_DENIED', context, ...explicit };
    } catch (error) {
      // The one message by which an authorizer says "not you" instead of failing.
      if (error instanceof FunctionError && error.message === 'Unauthorized') return { allowed: false, type: 'UNAUTHORIZED' };
      if (error instanceof InvalidResult) {
        this.report(`Authorizer: ${messageOf(error)}`);
        return { allowed: false, type: 'AUTHORIZER_CONFIGURATION_ERROR' };
      }
      return { allowed: false, type: 'AUTHORIZER_FAILURE' };
    }
  }

  private async result(definition: AuthorizerDefinition, routed: RoutedRequest, identity: readonly string[]): Promise<Result> {
    const caches = definition.ttlSeconds > 0 && identity.length > 0;
    const key = JSON.stringify([definition.functionArn, identity]);
    const kept = caches ? this.cache.get(key) : undefined;
    if (kept !== undefined && kept.until > this.clock.now()) return kept.result;
    const event = definition.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn: methodArn(routed), authorizationToken: identity[0] }
      : { type: 'REQUEST', methodArn: methodArn(routed), ...sharedEvent(routed, undefined) };
    const result = read(await this.call(definition.functionArn, event));
    if (caches) this.keep(key, result, definition.ttlSeconds);
    return result;
  }

  private keep(key: string, result: Result, ttlSeconds: number): void {
    const now = this.clock.now();
    for (const [known, { until }] of this.cache) if (until <= now) this.cache.delete(known);
    this.cache.set(key, { result, until: now + ttlSeconds * 1000 });
  }
}

function identityOf(source: string, routed: RoutedRequest): string | undefined {
  if (source.startsWith('method.')) return parameterOf(source, routed.request, routed.pathParameters);
  const { api, request, method } = routed;
  switch (source) {
    case 'context.path': return request.path;
    case 'context.resourcePath': return method.path;
    case 'context.httpMethod': return request.httpMethod;
    case 'context.identity.sourceIp': return request.sourceIp;
    case 'context.stage': return api.stage;
    case 'context.apiId': return api.apiId;
    default: return undefined;
  }
}

function read(payload: string): Result {
  const value: unknown = JSON.parse(payload);
  const principalId = isObject(value) ? textOf(value['principalId']) : undefined;
  if (!isObject(value) || principalId === undefined) throw new InvalidResult('the result has no principalId.');
  if (!isObject(value['policyDocument'])) throw new InvalidResult('the result has no policyDocument.');
  const context: Record<string, string> = {};
  for (const [name, member] of Object.entries(isObject(value['context']) ? value['context'] : {})) {
    if (typeof member === 'object' && member !== null) throw new InvalidResult(`the context's member '${name}' is an object or an array; only text, numbers and booleans are allowed.`);
    context[name] = String(member);
  }
  return { policyDocument: value['policyDocument'], context: { principalId, ...context } };
}
