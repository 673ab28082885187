import type { Estate, Resource } from '../../template/types.ts';
import { allOf, verdictOf } from '../answers.ts';
import type { Finding } from '../check.ts';
import { behindFirewall, stagesOf, throttled } from './shield.ts';

/** A route that asks nobody who he is. */
interface OpenRoute {
  /** Which of the routes of a resource it is, e.g. `GET /v1/health`. @default - the resource is the route */
  readonly part?: string;
  readonly method: string;
  /** @default - it cannot be told */
  readonly path: string | undefined;
  /** API that it belongs to. @default - it cannot be told */
  readonly api: Resource | undefined;
  readonly property: string;
}

/** The finding on a resource that is one route, which it names for readers: a path stands on other resources. */
export function ofRoute(route: string, finding: Finding): Finding {
  return { ...finding, note: [`Route: ${route}.`, finding.note].filter(Boolean).join(' ') };
}

const EXPECTED = 'an authorizer; or a path of publicRoutes, with a web ACL and a throttle before it';

/** A route without an authorizer: right only when it is declared, and shielded. */
export function openRoute(estate: Estate, publicRoutes: readonly string[], { part, method, path, api, property }: OpenRoute): Finding {
  const finding = { ...(part !== undefined && { part }), property, expected: EXPECTED };
  if (path === undefined) return { ...finding, verdict: publicRoutes.length === 0 ? 'FAIL' : 'UNKNOWN', actual: 'no authorizer', ...(publicRoutes.length > 0 && { note: 'Its path is not told by the template: whether it is declared public is not known.' }) };
  if (!publicRoutes.includes(path)) return { ...finding, verdict: 'FAIL', actual: `no authorizer, and ${path} is not declared public` };
  if (api === undefined) return { ...finding, verdict: 'UNKNOWN', actual: 'declared public', note: 'Its API is not in the template: what stands before it is not known.' };
  const stages = stagesOf(estate, api);
  if (stages.length === 0) return { ...finding, verdict: 'UNKNOWN', actual: 'declared public', note: 'The template holds no stage of its API: what stands before it is not known.' };
  const [firewall, throttle] = [behindFirewall(estate, [api, ...stages]), throttled(estate, stages, { method, path })];
  const word = (answer: boolean | undefined, what: string): string => (answer === true ? what : answer === false ? `no ${what}` : `${what} not known`);
  const verdict = verdictOf(allOf([firewall, throttle]));
  return { ...finding, verdict, actual: `declared public, ${word(firewall, 'web ACL')}, ${word(throttle, 'throttle')}`, ...(verdict === 'UNKNOWN' && { note: 'The association of a web ACL or a limit of the stage is not told by the template.' }) };
}
