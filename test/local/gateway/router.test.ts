import { describe, expect, it } from 'vitest';
import type { MethodDefinition } from '../../../local/gateway/definition.ts';
import { Router } from '../../../local/gateway/router.ts';

const method = (httpMethod: string, path: string): MethodDefinition => ({
  httpMethod, path, resourceId: path, authorizer: undefined, requiredParameters: [], timeoutMilliseconds: 1, throttle: undefined,
  integration: { type: 'lambda', functionArn: '', stream: false },
});
const router = new Router([
  method('GET', '/'), method('GET', '/{proxy+}'), method('GET', '/v1/{id}'), method('ANY', '/v1/health'), method('POST', '/v1/{id}/messages'), method('GET', '/v1/health/deep'),
]);
const at = (httpMethod: string, path: string): unknown => {
  const match = router.match(httpMethod, path);
  return match === undefined ? undefined : [match.method.path, match.pathParameters];
};

describe('Router', () => {
  it.each([
    ['GET', '/', ['/', {}]],
    ['GET', '/v1/health', ['/v1/health', {}]],
    ['DELETE', '/v1/health', ['/v1/health', {}]],
    ['GET', '/v1/health/', ['/v1/health', {}]],
    ['GET', '/v1/abc', ['/v1/{id}', { id: 'abc' }]],
    ['POST', '/v1/a%2Fb/messages', ['/v1/{id}/messages', { id: 'a%2Fb' }]],
    ['GET', '/anything/at/all', ['/{proxy+}', { proxy: 'anything/at/all' }]],
    ['POST', '/v1/abc', undefined],
    ['POST', '/', undefined],
    ['GET', '*', ['/', {}]],
  ])('%s %s', (httpMethod, path, expected) => {
    expect(at(httpMethod, path)).toEqual(expected);
  });

  it('does not find a path under the prototype', () => {
    expect(at('GET', '/v1/__proto__')).toEqual(['/v1/{id}', { id: '__proto__' }]);
  });
});
