import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Api, Firewall } from '../../../config/schema/api.ts';
import { ChatApi } from '../../../lib/api/index.ts';
import type { ChatApiProps, LiveFunction } from '../../../lib/api/index.ts';

/** What a test may vary; the rest is as in a public environment with the defaults. */
export type Variation = Partial<Pick<ChatApiProps, 'api' | 'firewall' | 'webAclArn' | 'logRetentionDays' | 'staffNetworks'>>;

/** The synthesized templates of an API, and the app that they come from. */
export interface ApiApp {
  readonly app: App;
  readonly api: ChatApi;
  readonly template: Template;
  /** Template of the stack that the functions are in. */
  readonly functions: Template;
}

/** Two stacks as in an environment: functions, key and topics in one, the API in the other. */
export function synthesizeApi(variation: Variation = {}): ApiApp {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }, analyticsReporting: false });
  const env = { account: '111111111111', region: 'eu-central-1' };
  const services = new Stack(app, 'Services', { env });
  const topics = { page: new Topic(services, 'Page'), ticket: new Topic(services, 'Ticket') };
  const stack = new Stack(app, 'Api', { env });
  const api = new ChatApi(stack, 'Api', {
    prefix: 'demo',
    api: Api.parse({}),
    firewall: Firewall.parse({ enabled: true }),
    logsKey: new Key(services, 'Logs'),
    auditKey: new Key(services, 'Audit'),
    logRetentionDays: 30,
    owner: 'platform',
    chat: live(services, 'Chat'),
    pages: live(services, 'Pages'),
    authorizer: live(services, 'Authorizer'),
    staffNetworks: [],
    observability: { prefix: 'demo', topics },
    thresholds: { errorPercent: 2, firstContentMilliseconds: 2_000, refusedTokens: 150 },
    ...variation,
  });
  return { app, api, template: Template.fromStack(stack), functions: Template.fromStack(services) };
}

function live(scope: Stack, id: string): LiveFunction {
  const fn = new LambdaFunction(scope, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('export const handler = () => {};') });
  return { aliasArn: new Alias(scope, `${id}Live`, { aliasName: 'live', version: fn.currentVersion }).functionArn };
}

/** Properties of a resource. */
export type Properties = Readonly<Record<string, unknown>>;

/** Properties of all resources of a type, by logical id. */
export function propertiesOf(template: Template, type: string): ReadonlyMap<string, Properties> {
  return new Map(Object.entries(template.findResources(type)).map(([id, resource]) => [id, resource['Properties'] as Properties]));
}

/** Properties of the only resource of a type. */
export function only(template: Template, type: string): Properties {
  const [first, ...others] = propertiesOf(template, type).values();
  if (!first || others.length > 0) throw new Error(`The template has ${others.length + (first ? 1 : 0)} of ${type}; exactly one is expected.`);
  return first;
}

/** Writes an intrinsic value as text: a reference as `<LogicalId>`, an attribute as `<LogicalId.Attribute>`, another stack's output as `<Stack:Output>`. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Ref') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(text).join('');
  if (name === 'Fn::GetStackOutput') return `<${(argument as { StackName: string }).StackName}:${(argument as { OutputName: string }).OutputName}>`;
  throw new Error(`${JSON.stringify(value)} is no intrinsic that is expected here.`);
}

/** Findings of the three packs below a construct that nobody accepted, as `Pack::rule path`. Call after synth. */
export function openFindings(app: App, below: IConstruct, { ignoreDecisions = false } = {}): string[] {
  return [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app), new NIST80053R5Checks(app)].flatMap((pack) =>
    pack.validateScope(below).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources
        .map(({ constructPath }) => constructPath ?? '')
        .filter((path) => ignoreDecisions || !isAccepted(app, path, `${pack.readPackName}::${ruleName}`))
        .map((path) => `${pack.readPackName}::${ruleName} ${path}`),
    ),
  );
}

function isAccepted(app: App, path: string, finding: string): boolean {
  let construct: IConstruct | undefined = app.node.findAll().find(({ node }) => node.path === path);
  for (; construct; construct = construct.node.scope) {
    const accepted = construct.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    if (accepted.some(({ data }) => Object.keys(data as object).includes(finding))) return true;
  }
  return false;
}
