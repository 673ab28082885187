import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../template/value.ts';
import { manyAt, patternOf } from './check.ts';
import { referencesIn } from './references.ts';
import { led, placed } from './ways/led.ts';
import { LEADS } from './ways/leads.ts';
import { READER_TYPES, readers } from './ways/readers.ts';
import { leadsOut, SETTING_TYPES, settings } from './ways/settings.ts';
import type { WayOut } from './ways/way-out.ts';

export type { WayOut } from './ways/way-out.ts';

/** Properties that name an address outside, and what goes there. */
const ADDRESSES: readonly (readonly [type: string, path: string, data: string])[] = [
  ['AWS::Events::ApiDestination', 'InvocationEndpoint', 'events that rules send there'],
  ['AWS::Events::Connection', 'AuthParameters.OAuthParameters.AuthorizationEndpoint', 'credentials, for a token'],
  ['AWS::KinesisFirehose::DeliveryStream', 'HttpEndpointDestinationConfiguration.EndpointConfiguration.Url', 'records of the stream'],
  ['AWS::KinesisFirehose::DeliveryStream', 'SplunkDestinationConfiguration.HECEndpoint', 'records of the stream'],
  ['AWS::KinesisFirehose::DeliveryStream', 'SnowflakeDestinationConfiguration.AccountUrl', 'records of the stream'],
  ['AWS::AppSync::DataSource', 'HttpConfig.Endpoint', 'what resolvers ask for'],
  ['AWS::CloudFront::Distribution', 'DistributionConfig.Origins[].DomainName', 'requests of callers, as they come'],
];

/** Where integrations of APIs say what they are, what they call, and by which connection. */
const INTEGRATIONS: Readonly<Record<string, readonly [type: string, uri: string, connection: string]>> = {
  'AWS::ApiGateway::Method': ['Integration.Type', 'Integration.Uri', 'Integration.ConnectionType'],
  'AWS::ApiGatewayV2::Integration': ['IntegrationType', 'IntegrationUri', 'ConnectionType'],
};

/** Types on which {@link waysOut} looks for ways out. */
export const WAY_OUT_TYPES = [...new Set([...ADDRESSES.map(([type]) => type), ...LEADS.filter(({ to, reading }) => to !== 'self' && reading !== 'drawn').map(({ type }) => type), ...Object.keys(INTEGRATIONS), 'AWS::SNS::Topic', ...SETTING_TYPES, ...READER_TYPES])];

/**
 * Every way out that the templates name: addresses outside, destinations in other accounts and regions, and policies that let others read.
 * What may be one is one. Hosts of AWS in settings count where they name another region; calls of models and copies in other regions are
 * judged by rules of their own.
 */
export function waysOut(estate: Estate): WayOut[] {
  return [...estate.resources.flatMap((resource) => [...addresses(estate, resource), ...subscriptions(estate, resource), ...integrations(estate, resource), ...led(estate, resource), ...settings(estate, resource)]), ...readers(estate)];
}

const asked = (resource: Resource, property: string, value: Value, data: string): WayOut => ({ resource, property: property.replaceAll('[]', ''), value, data, ...host(value) });

function host(value: Value): { readonly host?: string } {
  const found = /^(?:https?:\/\/)?([^/:?#\s]+)/i.exec(patternOf(value))?.[1];
  return found === undefined || value.kind === 'unknown' ? {} : { host: found.toLowerCase() };
}

function addresses(estate: Estate, resource: Resource): WayOut[] {
  const found = ADDRESSES.filter(([type]) => type === resource.type).flatMap(([, path, data]) => manyAt(valueAt(estate, resource), path).map((value) => asked(resource, path, value, data)));
  // A distribution's origin is often a bucket or an API of the estate.
  return resource.type === 'AWS::CloudFront::Distribution' ? found.filter((way) => way.host === undefined || leadsOut(way.host)) : found;
}

/** Protocols whose endpoint is a resource of AWS. */
const QUEUED = new Set(['sqs', 'lambda', 'firehose']);

function subscriptions(estate: Estate, resource: Resource): WayOut[] {
  if (resource.type !== 'AWS::SNS::Subscription' && resource.type !== 'AWS::SNS::Topic') return [];
  const all = valueAt(estate, resource);
  const topic = resource.type === 'AWS::SNS::Topic' ? [resource] : referencesIn(memberOf(all, 'TopicArn')).filter(({ type }) => type === 'AWS::SNS::Topic');
  const given = resource.type === 'AWS::SNS::Topic' ? itemsOf(memberOf(all, 'Subscription')) : [all];
  const data = 'messages of the topic';
  return given.flatMap((one): WayOut[] => {
    const [protocol, value] = [textOf(memberOf(one, 'Protocol')), memberOf(one, 'Endpoint')];
    const way = (property: string, more: Partial<WayOut>): WayOut => ({ resource, property, value, data, from: topic, ...more });
    if (memberOf(one, 'Protocol').kind === 'unknown') return [way('Protocol', { value: memberOf(one, 'Protocol') })];
    if (protocol === 'sms' || protocol === 'application') return [way('Endpoint', { other: protocol === 'sms' ? 'a telephone' : 'a push service' })];
    if (protocol === 'http' || protocol === 'https') return [way('Endpoint', host(value))];
    if (protocol !== undefined && QUEUED.has(protocol)) return placed(estate, resource, 'Endpoint', value, { type: resource.type, from: 'self', data, reading: 'arn' }).map((found) => ({ ...found, from: topic }));
    const domain = patternOf(value).split('@')[1];
    return protocol === 'email' || protocol === 'email-json' ? [way('Endpoint', domain === undefined ? {} : { host: domain.toLowerCase() })] : [];
  });
}

function integrations(estate: Estate, resource: Resource): WayOut[] {
  const [type, uri, connection] = INTEGRATIONS[resource.type] ?? [];
  if (type === undefined || uri === undefined || connection === undefined) return [];
  const all = valueAt(estate, resource);
  const [kind, data] = [memberOf(all, type), 'requests of callers, as they come'];
  if (kind.kind === 'unknown') return [{ resource, property: type, value: kind, data }];
  if (['AWS', 'AWS_PROXY'].includes(textOf(kind) ?? '')) return placed(estate, resource, uri, memberOf(all, uri), { type: resource.type, from: 'self', data, reading: 'arn' });
  return ['HTTP', 'HTTP_PROXY'].includes(textOf(kind) ?? '') && textOf(memberOf(all, connection)) !== 'VPC_LINK' ? [asked(resource, uri, memberOf(all, uri), data)] : [];
}
