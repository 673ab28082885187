import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown, textOf } from '../../template/value.ts';
import { verdictOf, type Answer } from '../answers.ts';
import { check, isSet, literal, manyAt, type Finding } from '../check.ts';
import { ofRoute, openRoute } from './public.ts';
import { behindFirewall } from './shield.ts';

const EXPECTED = 'AWS_IAM, or an authorizer';

/** Whether a route of an HTTP or WebSocket API asks who comes. */
export function httpRoute(estate: Estate, route: Resource, publicRoutes: readonly string[]): Finding {
  return ofRoute(shown(valueAt(estate, route, 'RouteKey')), asks(estate, route, publicRoutes));
}

function asks(estate: Estate, route: Resource, publicRoutes: readonly string[]): Finding {
  const all = valueAt(estate, route);
  const key = memberOf(all, 'RouteKey');
  const api = memberOf(all, 'ApiId');
  const resource = api.kind === 'reference' ? api.resource : undefined;
  const name = shown(key);
  const webSocket = resource === undefined ? /^\$(connect|disconnect)$/.test(name) : textOf(valueAt(estate, resource, 'ProtocolType')) === 'WEBSOCKET';
  if (webSocket && textOf(key) !== '$connect' && key.kind === 'literal') return { verdict: 'NOT_APPLICABLE', note: 'Messages of a WebSocket come after its $connect, which is asked.' };
  const type = memberOf(all, 'AuthorizationType');
  if (type.kind === 'absent' || textOf(type) === 'NONE') {
    const [method = '', path] = textOf(key)?.split(' ') ?? [];
    // A stage names the settings of a route by its key.
    return openRoute(estate, publicRoutes, { method, path: path ?? (key.kind === 'literal' ? name : undefined), api: resource, property: 'AuthorizationType' });
  }
  const asked = check('AuthorizationType', type, EXPECTED, literal((text) => ['AWS_IAM', 'JWT', 'CUSTOM'].includes(text)));
  return asked.verdict === 'PASS' && textOf(type) !== 'AWS_IAM' ? check('AuthorizerId', memberOf(all, 'AuthorizerId'), EXPECTED, isSet) : asked;
}

/** Whether each way into a GraphQL or event API asks who comes: a key that every page holds does not. */
export function graphApi(estate: Estate, api: Resource, publicRoutes: readonly string[]): Finding[] {
  const all = valueAt(estate, api);
  const graph = api.type === 'AWS::AppSync::GraphQLApi';
  const paths = graph ? ['AuthenticationType', 'AdditionalAuthenticationProviders[].AuthenticationType'] : ['EventConfig.AuthProviders[].AuthType'];
  const ways = paths.flatMap((path) => manyAt(all, path).map((value) => ({ path: path.replaceAll('[]', ''), value })));
  const declared = publicRoutes.includes(graph ? '/graphql' : '/event');
  if (ways.length === 0) return [{ verdict: 'FAIL', property: paths[0] ?? '', actual: 'absent', expected: EXPECTED }];
  return ways.map(({ path, value }) => {
    const found = check(path, value, 'Cognito, OpenID Connect, IAM or a function', literal((text) => /^(AMAZON_COGNITO_USER_POOLS|OPENID_CONNECT|AWS_IAM|AWS_LAMBDA)$/.test(text)), { part: shown(value) });
    if (found.verdict !== 'FAIL' || !declared) return found;
    return shielded(found, behindFirewall(estate, [api]));
  });
}

function shielded(finding: Finding, firewall: Answer): Finding {
  const where = firewall === undefined ? 'whether a web ACL stands before it is not told' : `${firewall ? 'behind' : 'without'} a web ACL of the template`;
  return { ...finding, verdict: verdictOf(firewall), note: `Declared public; ${where}. The service limits its rate by account.` };
}
