import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown, textOf } from '../../template/value.ts';
import { check, found, isTrue, manyAt, reasonsOf } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { holdsPersonal, ifPersonal } from '../personal.ts';
import type { Judgement, Rule } from '../rule.ts';
import { WAY_OUT_TYPES, waysOut, type WayOut } from '../ways-out.ts';

const STREAM = 'AWS::KinesisFirehose::DeliveryStream';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const DESTINATIONS = ['ExtendedS3DestinationConfiguration', 'RedshiftDestinationConfiguration', 'AmazonopensearchserviceDestinationConfiguration', 'AmazonOpenSearchServerlessDestinationConfiguration', 'HttpEndpointDestinationConfiguration', 'SplunkDestinationConfiguration', 'SnowflakeDestinationConfiguration', 'IcebergDestinationConfiguration'];

/** G24: every way out of the estate leads to a processor of the register; copies for analytics and training pass redaction. */
export const g24Processors: Rule = {
  id: 'G24',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 28', 'GDPR Art. 44', 'GDPR Art. 5(1)(b)'],
  title: 'Each way out is in the register of processors, and copies for analytics pass redaction',
  info: 'Looks at API destinations and connections, delivery streams, HTTP and e-mail subscriptions of topics, HTTP integrations of APIs, and at hosts in environment variables, settings and state machines (hosts of AWS and lists of browser origins aside). Passes when a processor of the parameter processors has the host. A delivery stream of personal data passes when each destination has a transforming function; a table that streams into Kinesis is to be judged by a person.',
  explanation: 'Whoever gets personal data by contract is a processor, with a contract (Art. 28) and, outside the EEA, a basis for the transfer (Art. 44). Enter the host, with its name and region, in the register, or close the way. For copies, set ProcessingConfiguration with a function that removes names, numbers and free text before they are written.',
  looksAt: [...new Set([...WAY_OUT_TYPES, ...TABLES])],
  judge: (estate, parameters) => {
    const judgements = [...waysOut(estate).map((way) => registered(way, parameters)), ...estate.resources.flatMap((resource) => copies(estate, resource, parameters))];
    return judgements.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'The templates name no way out and no copy for analytics.' }] : judgements;
  },
};

function registered({ resource, property, value, host, other }: WayOut, { processors }: Parameters): Judgement {
  const judgement = { resource, property, actual: host ?? shown(value), expected: 'a host of the register of processors', part: (host ?? property).slice(0, 120) };
  if (other !== undefined) return { ...judgement, verdict: 'MANUAL', note: `It leads to ${other}, which has no host. Evidence wanted: the contract with who carries the messages, and that they hold no personal data.` };
  if (host === undefined) return { ...judgement, verdict: 'UNKNOWN', note: `Where it leads is not told by the template: ${reasonsOf(value)}.` };
  // What is not literal may be anything, another host with a slash behind it included.
  if (host.includes('<')) return { ...judgement, verdict: 'UNKNOWN', note: 'A part of the host is not told by the template.' };
  const processor = processors.find(({ hosts }) => hosts.some((known) => covers(known.toLowerCase(), host)));
  if (processor !== undefined) return { ...judgement, verdict: 'PASS', note: `Processor: ${processor.name} (${processor.region}).` };
  return { ...judgement, verdict: 'FAIL', note: 'No processor of the register has this host.' };
}

function covers(known: string, host: string): boolean {
  return known.startsWith('*.') ? host.endsWith(known.slice(1)) && host.length > known.length - 1 : known === host;
}

function copies(estate: Estate, resource: Resource, parameters: Parameters): Judgement[] {
  if (holdsPersonal(estate, resource, parameters) === false) return [];
  if (resource.type === STREAM) {
    const all = valueAt(estate, resource);
    return DESTINATIONS.filter((name) => memberOf(all, name).kind !== 'absent').map((name) => {
      const processing = memberOf(all, `${name}.ProcessingConfiguration`);
      const functions = new Set(manyAt(processing, 'Processors[].Type').map(textOf));
      const enabled = memberOf(processing, 'Enabled');
      const redacted = check(`${name}.ProcessingConfiguration`, enabled, 'a function that redacts', (value) => (functions.has('Lambda') ? isTrue(value) : processing.kind === 'map' && functions.has(undefined) ? undefined : false));
      if (redacted.verdict === 'PASS') Object.assign(redacted, { note: 'That the function redacts is shown by its test, not by the template.' });
      return found(resource, ifPersonal(estate, resource, parameters, redacted), `Copy to ${name.replace('DestinationConfiguration', '')}`);
    });
  }
  const stream = TABLES.includes(resource.type) ? manyAt(valueAt(estate, resource), resource.type === TABLES[0] ? 'KinesisStreamSpecification' : 'Replicas[].KinesisStreamSpecification') : [];
  return stream.map((value, index) => ({ resource, part: `Copy ${index + 1}`, verdict: 'MANUAL', property: 'KinesisStreamSpecification', actual: shown(value), expected: 'readers that redact', note: 'Every change is copied to Kinesis as it is. Evidence wanted: the list of readers of the stream, and the test that each redacts what it keeps.' }));
}
