import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { leavesOf, manyAt, patternOf } from './check.ts';

/** A way on which data leaves the estate. */
export interface WayOut {
  readonly resource: Resource;
  readonly property: string;
  /** What is named there. */
  readonly value: Value;
  /** Host that is reached, `<…>` for what is not literal in it. @default - none can be read */
  readonly host?: string;
  /** Set when what is reached is no host, e.g. a telephone. */
  readonly other?: string;
}

/** Properties that name an address outside, by type. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Events::ApiDestination': ['InvocationEndpoint'],
  'AWS::Events::Connection': ['AuthParameters.OAuthParameters.AuthorizationEndpoint'],
  'AWS::KinesisFirehose::DeliveryStream': ['HttpEndpointDestinationConfiguration.EndpointConfiguration.Url', 'SplunkDestinationConfiguration.HECEndpoint', 'SnowflakeDestinationConfiguration.AccountUrl'],
  'AWS::AppSync::DataSource': ['HttpConfig.Endpoint'],
};
/** Properties in which an address may stand among others. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Environment.Variables'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions[].Environment'],
  'AWS::SSM::Parameter': ['Value'],
  'AWS::AppConfig::HostedConfigurationVersion': ['Content'],
  'AWS::StepFunctions::StateMachine': ['DefinitionString', 'Definition', 'DefinitionSubstitutions'],
};

/** Types on which {@link waysOut} looks for addresses. */
export const WAY_OUT_TYPES = [...Object.keys(ADDRESSES), 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Integration', ...Object.keys(SETTINGS)];

/** Every way out that the templates name. Hosts of AWS itself are left out of settings: their region is judged by where things are deployed. */
export function waysOut(estate: Estate): WayOut[] {
  return estate.resources.flatMap((resource) => [...addresses(estate, resource), ...subscriptions(estate, resource), ...integrations(estate, resource), ...settings(estate, resource)]);
}

const asked = (resource: Resource, property: string, value: Value): WayOut => ({ resource, property: property.replaceAll('[]', ''), value, ...host(value) });

function host(value: Value): { readonly host?: string } {
  const found = /^(?:https?:\/\/)?([^/:?#\s]+)/i.exec(patternOf(value))?.[1];
  return found === undefined || value.kind === 'unknown' ? {} : { host: found.toLowerCase() };
}

function addresses(estate: Estate, resource: Resource): WayOut[] {
  return (ADDRESSES[resource.type] ?? []).map((property) => asked(resource, property, valueAt(estate, resource, property))).filter(({ value }) => value.kind !== 'absent');
}

function subscriptions(estate: Estate, resource: Resource): WayOut[] {
  if (resource.type !== 'AWS::SNS::Subscription' && resource.type !== 'AWS::SNS::Topic') return [];
  const all = valueAt(estate, resource);
  const given = resource.type === 'AWS::SNS::Topic' ? itemsOf(memberOf(all, 'Subscription')) : [all];
  return given.flatMap((one): WayOut[] => {
    const [protocol, value] = [textOf(memberOf(one, 'Protocol')), memberOf(one, 'Endpoint')];
    if (memberOf(one, 'Protocol').kind === 'unknown') return [{ resource, property: 'Protocol', value: memberOf(one, 'Protocol') }];
    if (protocol === 'sms' || protocol === 'application') return [{ resource, property: 'Endpoint', value, other: protocol === 'sms' ? 'a telephone' : 'a push service' }];
    if (protocol === 'http' || protocol === 'https') return [asked(resource, 'Endpoint', value)];
    const domain = patternOf(value).split('@')[1];
    return protocol === 'email' || protocol === 'email-json' ? [{ resource, property: 'Endpoint', value, ...(domain !== undefined && { host: domain.toLowerCase() }) }] : [];
  });
}

function integrations(estate: Estate, resource: Resource): WayOut[] {
  const [type, uri, connection] = resource.type === 'AWS::ApiGateway::Method' ? ['Integration.Type', 'Integration.Uri', 'Integration.ConnectionType'] : resource.type === 'AWS::ApiGatewayV2::Integration' ? ['IntegrationType', 'IntegrationUri', 'ConnectionType'] : [];
  if (type === undefined || uri === undefined || connection === undefined) return [];
  const all = valueAt(estate, resource);
  const kind = memberOf(all, type);
  if (kind.kind === 'unknown') return [{ resource, property: type, value: kind }];
  return ['HTTP', 'HTTP_PROXY'].includes(textOf(kind) ?? '') && textOf(memberOf(all, connection)) !== 'VPC_LINK' ? [asked(resource, uri, memberOf(all, uri))] : [];
}

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|<aws\.urlsuffix>)$/i;
// An origin is where a browser comes from, not where data goes.
const ORIGINS = /"?\w*origins?"?\s*:\s*(\[[^\]]*\]|"[^"]*")/gi;

/** Whether a host of a setting is neither AWS itself nor a resource of the estate. What is not known could be anything, a slash included. */
function leadsOut(host: string): boolean {
  return host.includes('<unknown>') || !(AWS_HOST.test(host) || /^<(?!aws\.)[^>]+>$/.test(host));
}

function settings(estate: Estate, resource: Resource): WayOut[] {
  const all = valueAt(estate, resource);
  const leaves = (SETTINGS[resource.type] ?? []).flatMap((path) => manyAt(all, path).flatMap((value) => leavesOf(value, path.replaceAll('[]', ''))));
  return leaves.filter(({ path }) => !/origins?$/i.test(path)).flatMap(({ path, value }): WayOut[] => {
    if (value.kind === 'unknown') return /(url|endpoint|host|webhook)s?$|^(Environment\.Variables|Content|Definition|DefinitionString)$/i.test(path) ? [{ resource, property: path, value }] : [];
    const hosts = [...patternOf(value).replaceAll(ORIGINS, '').matchAll(/\b(?:https?|wss):\/\/([^/:?#\s"'\\,]+)/gi)].map(([, found = '']) => found.toLowerCase());
    return [...new Set(hosts)].filter(leadsOut).map((found) => ({ resource, property: path, value: { kind: 'literal', value: found }, host: found }));
  });
}
