import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Observability } from '../../lib/observability/index.ts';
import { ServiceFunction } from '../../lib/runtime/index.ts';
import type { RuntimeProps } from '../../lib/runtime/index.ts';
import { only, propertiesOf, text } from '../lib/api/api-app.ts';
import type { Properties } from '../lib/api/api-app.ts';
import { stubBundles } from './stub-bundles.ts';

export { only, propertiesOf };
export type { Properties };

/** What a construct under test is given. */
export interface Surroundings {
  readonly stack: Stack;
  readonly key: Key;
  readonly runtime: RuntimeProps;
  readonly observability: Observability;
  /** A function to grant something to; its bundle is that of the interaction recorder. */
  readonly caller: () => ServiceFunction;
}

/** A synthesized construct. */
export interface Capability<T> extends Surroundings {
  readonly app: App;
  readonly made: T;
  readonly template: Template;
}

/** Where everything in these tests is deployed to. */
export const PLACE = { account: '111122223333', region: 'eu-central-1' };

/** Makes a construct in a stack of its own, beside the key and topics that it is given, and synthesizes it. */
export function capability<T>(make: (surroundings: Surroundings) => T, runtime: Partial<RuntimeProps> = {}): Capability<T> {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: PLACE });
  const key = new Key(stack, 'Key');
  const topics = { page: new Topic(stack, 'Page'), ticket: new Topic(stack, 'Ticket') };
  const common: RuntimeProps = { prefix: 'demo', bundles: stubBundles(), release: '1.2.3', logsKey: key, logRetentionDays: 30, owner: 'platform', ...runtime };
  const surroundings: Surroundings = {
    stack,
    key,
    runtime: common,
    observability: { prefix: 'demo', topics },
    caller: () => new ServiceFunction(stack, 'Caller', { runtime: common, name: 'interactions', description: 'Caller', size: { memoryMegabytes: 128, timeoutSeconds: 3 } }),
  };
  const made = make(surroundings);
  return { ...surroundings, app, made, template: Template.fromStack(stack) };
}

/** An intrinsic value as text, without the hashes of logical ids: `<StoreKeys.Arn>`. */
export function plain(value: unknown): string {
  return text(value).replaceAll(/[0-9A-F]{8}(?:[0-9a-f]{32})?(?=[.>])/g, '');
}

/** One or many. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A statement of a policy as a sentence: `kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = dynamodb.…`. */
export function sentence(statement: Properties): string {
  const conditions = Object.entries((statement['Condition'] ?? {}) as Record<string, Properties>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key} = ${list(value).map(plain).join(' | ')}`),
  );
  const effect = statement['Effect'] === 'Deny' ? 'deny ' : '';
  return `${effect}${list(statement['Action']).join(' ')} on ${list(statement['Resource']).map(plain).join(' ')}${conditions.length > 0 ? ` if ${conditions.join(' and ')}` : ''}`;
}

/** Statements of a policy document. */
export function statementsOf(document: unknown): Properties[] {
  return (document as { Statement: Properties[] }).Statement;
}

/** Everything that a function's role may do, as sentences; without what every function may: write its log, send traces. */
export function grantsOf(template: Template, functionName: string): string[] {
  const fn = functionCalled(template, functionName);
  const role = (fn['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
  const policies = [...propertiesOf(template, 'AWS::IAM::ManagedPolicy').values()].filter(({ Roles }) => (Roles as { Ref: string }[]).some(({ Ref }) => Ref === role));
  return policies.flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument).map(sentence)).filter((said) => !/^(logs:CreateLogStream|xray:)/.test(said));
}

/** Properties of the function of that name. */
export function functionCalled(template: Template, functionName: string): Properties {
  const found = [...propertiesOf(template, 'AWS::Lambda::Function').values()].find(({ FunctionName }) => FunctionName === functionName);
  if (!found) throw new Error(`There is no function ${functionName}.`);
  return found;
}

/** Environment variables of a function, intrinsic values as text. */
export function variablesOf(template: Template, functionName: string): Record<string, string> {
  const { Variables } = functionCalled(template, functionName)['Environment'] as { Variables: Properties };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, plain(value)]));
}

/** Tags of a resource as an object. */
export function tagsOf(properties: Properties): Record<string, string> {
  return Object.fromEntries((properties['Tags'] as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
}

/** Properties of the alarm of that name, with what it registers. */
export function alarmCalled(template: Template, alarmName: string): { readonly properties: Properties; readonly registration: Properties } {
  const [found, ...others] = Object.values(template.findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmName: alarmName } }));
  if (!found || others.length > 0) throw new Error(`There are ${others.length + (found ? 1 : 0)} alarms ${alarmName}.`);
  return { properties: found['Properties'] as Properties, registration: (found['Metadata'] as Properties)['chatbot:alarm'] as Properties };
}
