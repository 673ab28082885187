import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown, textOf } from '../../template/value.ts';
import { check, found, isTrue, manyAt, reasonsOf } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { holdsPersonal, ifPersonal } from '../personal.ts';
import { platformOf, processorOf } from '../processors.ts';
import { isAllowed, NO_REGIONS } from '../regions.ts';
import type { Judgement, Rule } from '../rule.ts';
import { WAY_OUT_TYPES, waysOut, type WayOut } from '../ways-out.ts';

const STREAM = 'AWS::KinesisFirehose::DeliveryStream';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const DESTINATIONS = ['ExtendedS3DestinationConfiguration', 'RedshiftDestinationConfiguration', 'AmazonopensearchserviceDestinationConfiguration', 'AmazonOpenSearchServerlessDestinationConfiguration', 'HttpEndpointDestinationConfiguration', 'SplunkDestinationConfiguration', 'SnowflakeDestinationConfiguration', 'IcebergDestinationConfiguration'];

/** G24: every way out of the estate leads to a processor of the register; copies for analytics and training pass redaction. */
export const g24Processors: Rule = {
  id: 'G24',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 28', 'GDPR Art. 44', 'GDPR Art. 5(1)(b)'],
  title: 'Each way out is in the register of processors, and copies for analytics pass redaction',
  info: 'Looks at every destination that a template names: targets of rules, pipes and schedules, destinations of logs, streams, functions and queues, replication, subscriptions, integrations of APIs, API destinations, delivery streams, and addresses in environment variables, settings and state machines (lists of browser origins aside). A host or another account passes when the parameter processors has it; the own account in another region passes when allowedRegions has the region. What cannot be told is UNKNOWN. Policies of stores, keys and roles that let other accounts read are ways out too; what is open to anybody is judged by G15 and G18. Services of the platform, calls of models included, are a processor whose contract A28 asks for; where they process is judged by G22 and G23. A delivery stream of personal data passes when each destination has a transforming function; a table that streams into Kinesis is to be judged by a person.',
  explanation: 'Whoever gets personal data by contract is a processor, with a contract (Art. 28) and, outside the EEA, a basis for the transfer (Art. 44). Enter the host or account, with its name and region, in the register, or close the way. For copies, set ProcessingConfiguration with a function that removes names, numbers and free text before they are written.',
  looksAt: [...new Set([...WAY_OUT_TYPES, ...TABLES])],
  judge: (estate, parameters) => {
    const judgements = [...waysOut(estate).filter(({ reader }) => reader?.who !== 'anybody').map((way) => registered(way, parameters)), ...estate.resources.flatMap((resource) => copies(estate, resource, parameters))];
    return judgements.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'The templates name no way out and no copy for analytics.' }] : judgements;
  },
};

function registered(way: WayOut, parameters: Parameters): Judgement {
  const { property, value, host, other, place, reader } = way;
  const { resource } = way;
  if (place !== undefined || reader !== undefined) return elsewhere(way, parameters);
  const judgement = { resource, property, actual: host ?? shown(value), expected: 'a host of the register of processors', part: (host ?? property).slice(0, 120) };
  if (other !== undefined) return { ...judgement, verdict: 'MANUAL', note: `It leads to ${other}, which has no host. Evidence wanted: the contract with who carries the messages, and that they hold no personal data.` };
  if (host === undefined) return { ...judgement, verdict: 'UNKNOWN', note: `Where it leads is not told by the template: ${reasonsOf(value)}.` };
  // What is not literal may be anything, another host with a slash behind it included.
  if (host.includes('<')) return { ...judgement, verdict: 'UNKNOWN', note: 'A part of the host is not told by the template.' };
  const processor = processorOf(host, parameters);
  if (processor !== undefined) return { ...judgement, verdict: 'PASS', note: `Processor: ${processor.name} (${processor.region}).` };
  return { ...judgement, verdict: 'FAIL', note: 'No processor of the register has this host.' };
}

/** Other accounts have to be those of a processor; the own account is the platform's, wherever the allowed regions are. */
function elsewhere({ resource, property, value, place = {}, reader }: WayOut, parameters: Parameters): Judgement {
  const account = reader?.account ?? place.account;
  const region = place.region;
  const unsure = reader === undefined ? place.unclear : (reader.unsure ?? (reader.account === undefined ? 'its policy names no account' : undefined));
  const said = [reader?.who ?? (account === undefined ? '' : `account ${account}`), region, place.name].filter(Boolean).join(', ');
  const judgement = { resource, property, actual: reader === undefined ? said || shown(value) : `${said} may read it`, expected: 'the own account in an allowed region, or an account of the register of processors', part: (said || property).slice(0, 120) };
  const processor = account === undefined ? undefined : processorOf(account, parameters);
  if (processor !== undefined) return { ...judgement, verdict: 'PASS', note: `Processor: ${processor.name} (${processor.region}).` };
  if (unsure !== undefined) return { ...judgement, verdict: 'UNKNOWN', note: `Whether it leads out is not told by the template: ${[unsure, ...(value.kind === 'unknown' ? [reasonsOf(value)] : [])].join(': ')}.` };
  if (account !== undefined) return { ...judgement, verdict: 'FAIL', note: 'No processor of the register has this account.' };
  const allowed = isAllowed(region ?? '', parameters.allowedRegions);
  if (allowed === undefined) return { ...judgement, verdict: 'UNKNOWN', note: NO_REGIONS };
  return { ...judgement, verdict: allowed ? 'PASS' : 'FAIL', note: `It stays in the own account, with ${platformOf(parameters)}, in ${allowed ? 'another region that is allowed' : 'a region that is not allowed'}.` };
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
