import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown, textOf, type Value } from '../../template/value.ts';
import { check, isSet, literal, named, reasonsOf, type Finding } from '../check.ts';
import { documentOf } from '../document.ts';
import { methodPath } from './path.ts';
import { ofRoute, openRoute } from './public.ts';

const EXPECTED = 'AWS_IAM, or an authorizer';

/** Whether a method of a REST API asks who comes. */
export function restMethod(estate: Estate, method: Resource, publicRoutes: readonly string[]): Finding {
  const path = methodPath(estate, method);
  return ofRoute(`${shown(valueAt(estate, method, 'HttpMethod'))} ${path ?? '(path not known)'}`, asks(estate, method, path, publicRoutes));
}

function asks(estate: Estate, method: Resource, path: string | undefined, publicRoutes: readonly string[]): Finding {
  const all = valueAt(estate, method);
  const verb = shown(memberOf(all, 'HttpMethod'));
  if (verb === 'OPTIONS' && textOf(memberOf(all, 'Integration.Type')) === 'MOCK') return { verdict: 'NOT_APPLICABLE', note: 'It answers browsers that ask whether they may call, and gives no data.' };
  const type = memberOf(all, 'AuthorizationType');
  if (type.kind === 'absent' || textOf(type) === 'NONE') {
    const api = memberOf(all, 'RestApiId');
    return openRoute(estate, publicRoutes, { method: verb, path, api: api.kind === 'reference' ? api.resource : undefined, property: 'AuthorizationType' });
  }
  const asked = check('AuthorizationType', type, EXPECTED, literal((text) => ['AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'].includes(text)));
  return asked.verdict === 'PASS' && textOf(type) !== 'AWS_IAM' ? check('AuthorizerId', memberOf(all, 'AuthorizerId'), EXPECTED, isSet) : asked;
}

const VERBS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'x-amazon-apigateway-any-method']);

/** Routes that an API takes from an OpenAPI document, one by one; none where it has no such document. */
export function documentedRoutes(estate: Estate, api: Resource, publicRoutes: readonly string[]): Finding[] {
  const all = valueAt(estate, api);
  const source = ['Body', 'DefinitionBody'].map((name) => [name, memberOf(all, name)] as const).find(([, value]) => value.kind !== 'absent');
  const elsewhere = ['BodyS3Location', 'DefinitionUri'].find((name) => memberOf(all, name).kind !== 'absent');
  if (elsewhere !== undefined) return [{ verdict: 'UNKNOWN', property: elsewhere, expected: EXPECTED, note: 'Its routes stand in a file outside the template.' }];
  if (source === undefined) return [];
  const [property, value] = source;
  const document = documentOf(value);
  const paths = memberOf(document, 'paths');
  if (paths.kind !== 'map') return [{ verdict: 'UNKNOWN', property, expected: EXPECTED, note: `Its routes are not told by the template: ${paths.kind === 'unknown' ? reasonsOf(paths) : 'the document has no paths'}.` }];
  const found = Object.entries(paths.members).flatMap(([path, operations]) => (operations.kind === 'map' ? Object.entries(operations.members) : []).filter(([verb]) => VERBS.has(verb)).map(([verb, operation]) => documented(estate, api, publicRoutes, { path, verb, operation, whole: memberOf(document, 'security'), property })));
  return found.length === 0 ? [{ verdict: 'NOT_APPLICABLE', property, note: 'Its document has no routes.' }] : found;
}

function documented(estate: Estate, api: Resource, publicRoutes: readonly string[], { path, verb, operation, whole, property }: { readonly path: string; readonly verb: string; readonly operation: Value; readonly whole: Value; readonly property: string }): Finding {
  const method = verb.startsWith('x-') ? 'ANY' : verb.toUpperCase();
  const own = memberOf(operation, 'security');
  const security = own.kind === 'absent' ? whole : own;
  const iam = textOf(memberOf(named(operation, 'x-amazon-apigateway-auth'), 'type')) === 'AWS_IAM';
  if (!iam && isSet(security) === false) return openRoute(estate, publicRoutes, { part: `${method} ${path}`, method, path, api, property });
  return iam ? { verdict: 'PASS', part: `${method} ${path}`, property, actual: 'AWS_IAM', expected: EXPECTED } : check(property, security, EXPECTED, isSet, { part: `${method} ${path}` });
}
