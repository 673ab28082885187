import type { EstateModel, Resource } from '../assembly/model.ts';
import { numberOf, textOf } from '../json.ts';

/** A Lambda authorizer as its template declares it. */
export interface AuthorizerDefinition {
  readonly type: 'REQUEST' | 'TOKEN';
  /** ARN of the function or its alias. */
  readonly functionArn: string;
  /** Where the identity stands, as `method.request.header.Name`, `context.…`. A request without one of them is refused. */
  readonly identitySources: readonly string[];
  /** Expression that a token must match; TOKEN only. */
  readonly validation: RegExp | undefined;
  /** Seconds for which a result is kept; 0 keeps none. */
  readonly ttlSeconds: number;
}

/** Seconds for which API Gateway keeps a result unless told otherwise. */
const DEFAULT_TTL_SECONDS = 300;

/**
 * The authorizer of a method; undefined when anybody may call it.
 * @throws Error for a way of authorization that is not emulated
 */
export function authorizerOf(model: EstateModel, method: Resource, where: string): AuthorizerDefinition | undefined {
  const kind = textOf(method.get('AuthorizationType')) ?? 'NONE';
  if (kind === 'NONE') return undefined;
  const authorizer = model.byRef('AWS::ApiGateway::Authorizer', method.get('AuthorizerId'));
  const type = authorizer?.get('Type');
  const functionArn = /\/functions\/(arn:[^/]+)\/invocations$/.exec(textOf(authorizer?.get('AuthorizerUri')) ?? '')?.[1];
  if (kind !== 'CUSTOM' || authorizer === undefined || functionArn === undefined || (type !== 'REQUEST' && type !== 'TOKEN')) {
    throw new Error(`${where} is authorized by ${kind} (${String(type)}); the local runner emulates CUSTOM with a REQUEST or TOKEN authorizer in Lambda.`);
  }
  const sources = textOf(authorizer.get('IdentitySource')) ?? (type === 'TOKEN' ? 'method.request.header.Authorization' : '');
  const expression = textOf(authorizer.get('IdentityValidationExpression'));
  return {
    type,
    functionArn,
    identitySources: sources.split(',').map((source) => source.trim()).filter((source) => source !== ''),
    validation: type === 'TOKEN' && expression !== undefined ? new RegExp(`^(?:${expression})$`) : undefined,
    ttlSeconds: numberOf(authorizer.get('AuthorizerResultTtlInSeconds')) ?? DEFAULT_TTL_SECONDS,
  };
}
