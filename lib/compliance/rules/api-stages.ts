import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { patternOf } from './check.ts';

/** Types that make a stage of an API; a deployment does when it names one. */
export const STAGE_TYPES = ['AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Stage'] as const;

/** Settings of some routes of a stage. */
export interface RouteSettings {
  /** Routes that they hold for, e.g. `POST /v1/chat`. */
  readonly part: string;
  /** Path of the settings in the resource. */
  readonly property: string;
  readonly value: Value;
}

/** A stage, whichever type made it. */
export interface ApiStage {
  /** Path of the access log's settings. */
  readonly accessLogProperty: string;
  readonly accessLog: Value;
  readonly routes: readonly RouteSettings[];
  /** Name that the service gives the log group of executions. */
  readonly executionLogName: string;
}

/** The stage that a resource makes; undefined for a deployment that makes none. */
export function stageOf(estate: Estate, resource: Resource): ApiStage | undefined {
  const all = valueAt(estate, resource);
  const [name, second] = [patternOf(memberOf(all, 'StageName')), resource.type === 'AWS::ApiGatewayV2::Stage'];
  if (second) {
    const byRoute = memberOf(all, 'RouteSettings');
    const routes = byRoute.kind === 'map' ? Object.entries(byRoute.members).map(([part, value]) => ({ part, property: `RouteSettings.${part}`, value })) : settingsAt('RouteSettings', byRoute);
    return {
      accessLogProperty: 'AccessLogSettings',
      accessLog: memberOf(all, 'AccessLogSettings'),
      routes: [...settingsAt('DefaultRouteSettings', memberOf(all, 'DefaultRouteSettings')), ...routes],
      executionLogName: `/aws/apigateway/${patternOf(memberOf(all, 'ApiId'))}/${name}`,
    };
  }
  const within = resource.type === 'AWS::ApiGateway::Deployment' ? 'StageDescription.' : '';
  if (within !== '' && name === '') return undefined;
  const methods = itemsOf(memberOf(all, `${within}MethodSettings`)).map((value, index) => ({ part: methodsOf(value) ?? `Method settings ${index + 1}`, property: `${within}MethodSettings`, value }));
  return {
    accessLogProperty: `${within}AccessLogSetting`,
    accessLog: memberOf(all, `${within}AccessLogSetting`),
    routes: [...(within === '' ? [] : settingsAt('StageDescription', memberOf(all, 'StageDescription'))), ...methods],
    executionLogName: `API-Gateway-Execution-Logs_${patternOf(memberOf(all, 'RestApiId'))}/${name}`,
  };
}

const settingsAt = (property: string, value: Value): RouteSettings[] => (value.kind === 'absent' ? [] : [{ part: 'All routes', property, value }]);

/** E.g. `POST /v1/chat`, without the service's escapes. */
function methodsOf(settings: Value): string | undefined {
  const [method, path] = [textOf(memberOf(settings, 'HttpMethod')), textOf(memberOf(settings, 'ResourcePath'))];
  if (method === undefined || path === undefined) return undefined;
  return method === '*' && path === '/*' ? 'All routes' : `${method} ${path.replaceAll('~1', '/').replace(/^\/\//, '/')}`;
}
