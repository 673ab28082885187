import type { Egress } from '../../report/views.ts';
import { isTrue, manyAt, reasonsOf } from '../../rules/check.ts';
import type { Parameters, Processor } from '../../rules/parameters.ts';
import { isAllowed } from '../../rules/regions.ts';
import { referencesIn } from '../../rules/references.ts';
import { dataClassOf } from '../../rules/stores.ts';
import { waysOut, type WayOut } from '../../rules/ways-out.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, textOf } from '../../template/value.ts';
import type { Names } from '../names.ts';
import type { Way } from './way.ts';

/** Ways out to hosts, telephones and mailboxes: one for each that the templates name. */
export function hostWays(estate: Estate, parameters: Parameters, names: Names): Way[] {
  return waysOut(estate).map((way) => {
    const processor = processorOf(way, parameters);
    const protection = protectionOf(estate, way);
    return {
      resource: way.resource,
      kind: 'host',
      row: {
        from: names.id(way.resource),
        to: way.other ?? way.host ?? `not known: ${reasonsOf(way.value)}`,
        ...(processor !== undefined && { region: processor.region, processor: processor.name }),
        leaves: leaving(processor, parameters),
        data: dataOf(estate, way, parameters, names),
        ...(protection !== undefined && { protection }),
      },
    };
  });
}

function processorOf({ host }: WayOut, { processors }: Parameters): Processor | undefined {
  if (host === undefined || host.includes('<')) return undefined;
  return processors.find(({ hosts }) => hosts.map((known) => known.toLowerCase()).some((known) => (known.startsWith('*.') ? host.endsWith(known.slice(1)) && host.length >= known.length : known === host)));
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** A country is no region: whether it is one of the allowed cannot be told from its name. */
function leaving(processor: Processor | undefined, { allowedRegions }: Parameters): Egress['leaves'] {
  const allowed = processor === undefined ? undefined : isAllowed(processor.region, allowedRegions);
  if (allowed === true) return 'no';
  return allowed === false && REGION.test(processor?.region ?? '') ? 'yes' : 'unknown';
}

const SENT: Readonly<Record<string, string>> = {
  'AWS::Events::ApiDestination': 'events that rules send there',
  'AWS::Events::Connection': 'credentials, for a token',
  'AWS::KinesisFirehose::DeliveryStream': 'records of the stream',
  'AWS::AppSync::DataSource': 'what resolvers ask for',
  'AWS::ApiGateway::Method': 'requests of callers, as they come',
  'AWS::ApiGatewayV2::Integration': 'requests of callers, as they come',
  'AWS::Lambda::Function': 'what the function sends: no template tells it',
  'AWS::ECS::TaskDefinition': 'what the task sends: no template tells it',
  'AWS::StepFunctions::StateMachine': 'what the state machine sends',
};

function dataOf(estate: Estate, { resource }: WayOut, parameters: Parameters, names: Names): string {
  const topic = topicOf(estate, resource);
  if (topic === undefined) return SENT[resource.type] ?? 'what whoever reads the setting sends: no template tells it';
  const held = dataClassOf(estate, topic, parameters);
  return `messages of ${names.id(topic)} (${held ?? 'class of data not declared'})`;
}

/** Topic of a subscription. */
export function topicOf(estate: Estate, resource: Resource): Resource | undefined {
  if (resource.type === 'AWS::SNS::Topic') return resource;
  return resource.type === 'AWS::SNS::Subscription' ? referencesIn(valueAt(estate, resource, 'TopicArn')).find(({ type }) => type === 'AWS::SNS::Topic') : undefined;
}

/** What the template says of protection on the way. */
function protectionOf(estate: Estate, { resource, value, host }: WayOut): string | undefined {
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
