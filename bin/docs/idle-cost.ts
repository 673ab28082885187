import { markdownTable } from '../../config/words/table.ts';
import { at, listAt } from '../diagram/estate.ts';
import type { Resource } from '../diagram/estate.ts';

/** Something that has a price by the month while nobody uses it. */
interface Position {
  /** What the table calls it. */
  readonly name: string;
  /** List price of one in USD a month, in the first year (AWS price lists, US East, November 2026). */
  readonly usd: number;
  /** How many of it a resource is. */
  readonly units: (resource: Resource) => number;
  /** Whether its first two yearly rotations each cost as much again. @default false */
  readonly rotates?: boolean;
}

const one = (type: string) => (resource: Resource): number => Number(resource.type === type);

/** Everything of ours that costs while idle. */
export const POSITIONS: readonly Position[] = [
  { name: 'customer managed keys', usd: 1, units: one('AWS::KMS::Key'), rotates: true },
  { name: 'secrets', usd: 0.4, units: one('AWS::SecretsManager::Secret') },
  { name: 'alarm metrics', usd: 0.1, units: alarmMetrics },
  { name: 'composite alarms', usd: 0.5, units: one('AWS::CloudWatch::CompositeAlarm') },
  { name: 'dashboards', usd: 3, units: one('AWS::CloudWatch::Dashboard') },
  { name: 'web ACLs', usd: 5, units: one('AWS::WAFv2::WebACL') },
  { name: 'their rules', usd: 1, units: ({ type, properties }) => (type === 'AWS::WAFv2::WebACL' ? listAt(properties, 'Rules').length : 0) },
];

/** Types without a price by the month: free, or paid by use. A type that stands neither here nor in a position has to be looked up. */
export const NO_MONTHLY_PRICE: ReadonlySet<string> = new Set([
  ...['Account', 'Authorizer', 'BasePathMapping', 'Deployment', 'DomainName', 'GatewayResponse', 'Method', 'RequestValidator', 'Resource', 'RestApi', 'Stage'].map((name) => `AWS::ApiGateway::${name}`),
  ...['Guardrail', 'GuardrailVersion'].map((name) => `AWS::Bedrock::${name}`),
  ...['UserPool', 'UserPoolClient', 'UserPoolGroup'].map((name) => `AWS::Cognito::${name}`),
  ...['Application', 'DeploymentConfig', 'DeploymentGroup'].map((name) => `AWS::CodeDeploy::${name}`),
  ...['Alias', 'EventInvokeConfig', 'EventSourceMapping', 'Function', 'Permission', 'Version'].map((name) => `AWS::Lambda::${name}`),
  ...['LogGroup', 'MetricFilter', 'ResourcePolicy'].map((name) => `AWS::Logs::${name}`),
  ...['ManagedPolicy', 'Policy', 'Role'].map((name) => `AWS::IAM::${name}`),
  ...['Subscription', 'Topic', 'TopicPolicy'].map((name) => `AWS::SNS::${name}`),
  ...['Queue', 'QueuePolicy'].map((name) => `AWS::SQS::${name}`),
  ...['Bucket', 'BucketPolicy'].map((name) => `AWS::S3::${name}`),
  ...['EventBus', 'EventBusPolicy', 'Rule'].map((name) => `AWS::Events::${name}`),
  ...['IPSet', 'LoggingConfiguration', 'WebACLAssociation'].map((name) => `AWS::WAFv2::${name}`),
  ...['ResourcePolicy', 'RotationSchedule'].map((name) => `AWS::SecretsManager::${name}`),
  'AWS::CloudTrail::Trail', 'AWS::DynamoDB::GlobalTable', 'AWS::KMS::Alias', 'AWS::Route53::RecordSet', 'AWS::CDK::Metadata',
]);

/** An alarm over a formula is charged for each metric in it; one on a band of expectation for two more. */
function alarmMetrics({ type, properties }: Resource): number {
  if (type !== 'AWS::CloudWatch::Alarm') return 0;
  const metrics = listAt(properties, 'Metrics');
  const bands = metrics.filter((metric) => String(at(metric, 'Expression')).includes('ANOMALY_DETECTION_BAND')).length;
  return metrics.length === 0 ? 1 : metrics.filter((metric) => at(metric, 'MetricStat') !== undefined).length + 2 * bands;
}

/** The most that a sample environment may cost while idle, in USD a month at list price. A test holds it against the templates. */
export const BUDGET_USD = { development: 25, production: 50 } as const;

/** What an environment costs while nobody talks to it. */
export interface IdleCost {
  readonly environment: string;
  /** How many there are of each position, in their order. */
  readonly units: readonly number[];
  /** USD a month at list price, in the first year. */
  readonly usd: number;
}

/** Counts what an environment costs while idle. @throws Error for a type of which no price is known */
export function idleCost(environment: string, resources: readonly Resource[]): IdleCost {
  const units = POSITIONS.map((position) => resources.reduce((sum, resource) => sum + position.units(resource), 0));
  const unknown = new Set(resources.filter((resource) => !NO_MONTHLY_PRICE.has(resource.type) && POSITIONS.every((position) => position.units(resource) === 0)).map(({ type }) => type));
  if (unknown.size > 0) throw new Error(`What ${[...unknown].join(', ')} costs while idle is not known: give it a position in bin/docs/idle-cost.ts, or a place among the types without a monthly price.`);
  return { environment, units, usd: POSITIONS.reduce((sum, { usd }, index) => sum + usd * (units[index] ?? 0), 0) };
}

/** The idle cost of environments side by side, as a Markdown table. */
export function idleCostTable(all: readonly IdleCost[]): string {
  const head = ['USD a month', 'price', ...all.flatMap(({ environment }) => [`\`${environment}\``, 'USD'])];
  const rows = POSITIONS.map(({ name, usd }, index) => ({ name, usd, units: all.map((cost) => cost.units[index] ?? 0) })).filter(({ units }) => units.some((count) => count > 0));
  const cells = rows.map(({ name, usd, units }) => [name, money(usd)].concat(units.flatMap((count) => [String(count), money(count * usd)])));
  const sums = ['first', 'second', 'third'].map((year, index) => [`**sum, ${year} year**`, ''].concat(all.flatMap((cost) => ['', `**${money(cost.usd + index * rotationUsd(cost))}**`])));
  return markdownTable(head, [...cells, ...sums]);
}

/** What a year of rotations adds: AWS KMS charges the first two rotations of a key like another key, and no later ones. */
function rotationUsd({ units }: IdleCost): number {
  const keys = POSITIONS.findIndex(({ rotates }) => rotates === true);
  return (units[keys] ?? 0) * (POSITIONS[keys]?.usd ?? 0);
}

/** The README's row of environments, in the order of its columns. @throws Error when an environment has no figure */
export function readmeRow(all: readonly IdleCost[], columns: readonly string[]): string {
  const figures = columns.map((environment) => {
    const cost = all.find((one) => one.environment === environment);
    if (!cost) throw new Error(`The README has a column ${environment}, and there is no such environment.`);
    return money(cost.usd);
  });
  return `| idle, USD a month (list price, first year) | ${figures.join(' | ')} |`;
}

function money(usd: number): string {
  return usd.toFixed(2);
}
