import type { Egress } from '../../report/views.ts';
import { isTrue, manyAt, reasonsOf } from '../../rules/check.ts';
import type { Parameters, Processor } from '../../rules/parameters.ts';
import { processorOf } from '../../rules/processors.ts';
import { isAllowed } from '../../rules/regions.ts';
import { referencesIn } from '../../rules/references.ts';
import { dataClassOf, STORE_TYPES } from '../../rules/stores.ts';
import { waysOut, type WayOut } from '../../rules/ways-out.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate } from '../../template/types.ts';
import { memberOf, textOf } from '../../template/value.ts';
import type { Names } from '../names.ts';
import { platformProcessor, type Way } from './way.ts';

/** Ways out to hosts, telephones and mailboxes, to other accounts and regions, and to those whom a policy lets read: one for each that the templates name. */
export function hostWays(estate: Estate, parameters: Parameters, names: Names): Way[] {
  return waysOut(estate).map((way) => {
    const { processor, region, leaves } = whereOf(way, parameters);
    const protection = protectionOf(estate, way);
    return {
      resource: way.resource,
      kind: way.place === undefined && way.reader === undefined ? 'host' : 'account',
      ...(way.from !== undefined && { from: way.from }),
      row: {
        from: names.id(way.resource),
        to: receiverOf(way),
        ...(region !== undefined && { region }),
        ...(processor !== undefined && { processor }),
        leaves,
        data: dataOf(estate, way, parameters, names),
        ...(protection !== undefined && { protection }),
      },
    };
  });
}

function receiverOf({ value, host, other, place, reader }: WayOut): string {
  if (reader !== undefined) return `${reader.who}: may read it`;
  if (place === undefined) return other ?? host ?? `not known: ${reasonsOf(value)}`;
  const name = place.name === undefined ? '' : `: ${place.name}`;
  if (place.account !== undefined) return `account ${place.account}${name}`;
  if (place.region !== undefined) return `own account in ${place.region}${name}`;
  return `not known${name}: ${value.kind === 'unknown' || value.kind === 'text' ? reasonsOf(value) : (place.unclear ?? '')}`;
}

function whereOf({ host, place, reader }: WayOut, parameters: Parameters): { readonly processor?: string; readonly region?: string; readonly leaves: Egress['leaves'] } {
  const account = place?.account ?? reader?.account;
  const processor = host !== undefined || account !== undefined ? processorOf(host ?? account ?? '', parameters) : undefined;
  if (place === undefined || place.region === undefined) return { ...(processor !== undefined && { region: processor.region, processor: processor.name }), leaves: leaving(processor, parameters) };
  const allowed = isAllowed(place.region, parameters.allowedRegions);
  const platform = account === undefined ? platformProcessor(parameters) : undefined;
  const name = processor?.name ?? platform;
  return { region: place.region, ...(name !== undefined && { processor: name }), leaves: allowed === undefined ? 'unknown' : allowed ? 'no' : 'yes' };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** A country is no region: whether it is one of the allowed cannot be told from its name. */
function leaving(processor: Processor | undefined, { allowedRegions }: Parameters): Egress['leaves'] {
  const allowed = processor === undefined ? undefined : isAllowed(processor.region, allowedRegions);
  if (allowed === true) return 'no';
  return allowed === false && REGION.test(processor?.region ?? '') ? 'yes' : 'unknown';
}

/** What goes, and the class of the store that it comes from. */
function dataOf(estate: Estate, { resource, from = [], data }: WayOut, parameters: Parameters, names: Names): string {
  const stores = from.filter(({ type }) => (STORE_TYPES as readonly string[]).includes(type));
  if (stores.length === 0) return data;
  const held = [...new Set(stores.map((store) => dataClassOf(estate, store, parameters) ?? 'class of data not declared'))].join(', ');
  const [topic] = stores;
  return topic?.type === 'AWS::SNS::Topic' && resource.type === 'AWS::SNS::Subscription' ? `messages of ${names.id(topic)} (${held})` : `${data} (${held})`;
}

/** What the template says of protection on the way. */
function protectionOf(estate: Estate, { resource, value, host, place, reader }: WayOut): string | undefined {
  if (place !== undefined || reader !== undefined) return 'TLS, between services of AWS';
  if (resource.type.startsWith('AWS::SNS::') && host !== undefined && textOf(value)?.includes('://') !== true) return 'e-mail: TLS only where the receiver offers it';
  const scheme = /^(https?|wss):/i.exec(textOf(value) ?? '')?.[1]?.toLowerCase();
  if (scheme === 'http') return 'none: plain HTTP';
  const transport = scheme !== undefined || resource.type === 'AWS::Events::ApiDestination' ? ['TLS'] : [];
  if (resource.type === 'AWS::KinesisFirehose::DeliveryStream') {
    const processing = memberOf(valueAt(estate, resource), 'HttpEndpointDestinationConfiguration.ProcessingConfiguration');
    if (isTrue(memberOf(processing, 'Enabled')) === true && manyAt(processing, 'Processors[].Type').some((type) => textOf(type) === 'Lambda')) transport.push('a function transforms each record');
  }
  const connection = resource.type === 'AWS::Events::ApiDestination' ? referencesIn(valueAt(estate, resource, 'ConnectionArn'))[0] : undefined;
  const authorization = connection === undefined ? undefined : textOf(valueAt(estate, connection, 'AuthorizationType'));
  if (authorization !== undefined) transport.push(`authorization ${authorization}`);
  return transport.length === 0 ? undefined : transport.join(', ');
}
