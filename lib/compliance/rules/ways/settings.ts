import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { leavesOf, manyAt, patternOf } from '../check.ts';
import { placesIn } from './place.ts';
import type { WayOut } from './way-out.ts';

const FUNCTION = 'what the function sends: no template tells it';
const MACHINE = 'what the state machine sends';

/** Properties in which an address may stand among others, and what is sent to it. */
const SETTINGS: Readonly<Record<string, { readonly paths: readonly string[]; readonly data: string }>> = {
  'AWS::Lambda::Function': { paths: ['Environment.Variables'], data: FUNCTION },
  'AWS::Serverless::Function': { paths: ['Environment.Variables'], data: FUNCTION },
  'AWS::ECS::TaskDefinition': { paths: ['ContainerDefinitions[].Environment'], data: 'what the task sends: no template tells it' },
  'AWS::SSM::Parameter': { paths: ['Value'], data: 'what whoever reads the setting sends: no template tells it' },
  'AWS::AppConfig::HostedConfigurationVersion': { paths: ['Content'], data: 'what whoever reads the setting sends: no template tells it' },
  'AWS::StepFunctions::StateMachine': { paths: ['DefinitionString', 'Definition', 'DefinitionSubstitutions'], data: MACHINE },
  'AWS::Scheduler::Schedule': { paths: ['Target.Input'], data: 'the input that the schedule holds' },
  'AWS::Bedrock::KnowledgeBase': { paths: ['StorageConfiguration'], data: 'texts of the knowledge base' },
  'AWS::KinesisFirehose::DeliveryStream': { paths: ['RedshiftDestinationConfiguration.ClusterJDBCURL', 'AmazonopensearchserviceDestinationConfiguration.ClusterEndpoint', 'AmazonOpenSearchServerlessDestinationConfiguration.CollectionEndpoint'], data: 'records of the stream' },
};

/** Types in whose settings addresses are looked for. */
export const SETTING_TYPES = Object.keys(SETTINGS);

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|<aws\.urlsuffix>)$/i;
// An origin is where a browser comes from, not where data goes.
const ORIGINS = /"?\w*origins?"?\s*:\s*(\[[^\]]*\]|"[^"]*")/gi;
const ASKING = /(url|endpoint|host|webhook|connectionstring)s?$|^(Environment\.Variables|Content|Definition|DefinitionString)$/i;

/** Whether a host of a setting is neither AWS itself nor a resource of the estate. What is not known could be anything, a slash included. */
export function leadsOut(host: string): boolean {
  return host.includes('<unknown>') || !(AWS_HOST.test(host) || /^<(?!aws\.)[^>]+>$/.test(host));
}

/** Addresses in settings: hosts that are not those of AWS, and what names another account or region. */
export function settings(estate: Estate, resource: Resource): WayOut[] {
  const { paths = [], data = '' } = SETTINGS[resource.type] ?? {};
  if (paths.length === 0) return [];
  const all = valueAt(estate, resource);
  const leaves = paths.flatMap((path) => manyAt(all, path).flatMap((value) => leavesOf(value, path.replaceAll('[]', ''))));
  return leaves.filter(({ path }) => !/origins?$/i.test(path)).flatMap(({ path, value }): WayOut[] => {
    if (value.kind === 'unknown') return ASKING.test(path) ? [{ resource, property: path, value, data }] : [];
    const text = patternOf(value);
    const hosts = [...text.replaceAll(ORIGINS, '').matchAll(/\b(?:https?|wss|jdbc:\w+):\/\/([^/:?#\s"'\\,]+)/gi)].map(([, found = '']) => found.toLowerCase());
    const outside = new Map(placesIn(resource, text).map((place) => [`${place.account ?? ''} ${place.region ?? ''} ${place.name ?? ''}`, place]));
    return [
      ...[...new Set(hosts)].filter(leadsOut).map((host): WayOut => ({ resource, property: path, value: { kind: 'literal', value: host }, data, host })),
      ...[...outside.values()].map((place): WayOut => ({ resource, property: path, value: { kind: 'literal', value: place.name ?? '' }, data, place })),
    ];
  });
}
