import * as facts from './facts.ts';
import { isNamed } from './estate.ts';
import type { Estate, Resource } from './estate.ts';

/** Trust boundaries, from the outside in. */
export const BOUNDARIES = { internet: 'Outside', edge: 'Edge', functions: 'Functions, each with its own role', model: 'AWS model service', data: 'Data', operations: 'Operations' } as const;
/** Name of a trust boundary. */
export type Boundary = keyof typeof BOUNDARIES;

/** What a box stands for: chosen from the template, and drawn only when something is there. */
export interface BoxKind {
  readonly id: string;
  readonly title: string;
  readonly boundary: Boundary;
  /** Resources that belong to the box; a resource belongs to one box at most. */
  readonly owns: (resource: Resource) => boolean;
  /** Resources that prove what is not in the template itself, such as a caller or a model. @default - none */
  readonly shownBy?: (resource: Resource) => boolean;
  /** At most two lines, read from the template. */
  readonly facts: (own: readonly Resource[], estate: Estate, shownBy: readonly Resource[]) => readonly string[];
}

const typed = (...types: readonly string[]) => (resource: Resource): boolean => types.includes(resource.type);
const starts = (prefix: string) => (resource: Resource): boolean => resource.type.startsWith(prefix);
const lambda = (...names: readonly string[]) => (resource: Resource): boolean => resource.type === 'AWS::Lambda::Function' && names.some((name) => isNamed(resource, 'FunctionName', name));
const queue = (...names: readonly string[]) => (resource: Resource): boolean => resource.type === 'AWS::SQS::Queue' && names.some((name) => isNamed(resource, 'QueueName', name));
const table = (name: string) => (resource: Resource): boolean => resource.type.startsWith('AWS::DynamoDB::') && isNamed(resource, 'TableName', name);
/** Buckets have no name of ours; the archive stands in the construct `Audit`. */
const auditBucket = (resource: Resource): boolean => resource.type.startsWith('AWS::S3::') && resource.key.includes('/Audit');
/** The deployment's id changes with what it deploys, and the picture should not. */
const apiPart = (resource: Resource): boolean => resource.type.startsWith('AWS::ApiGateway::') && resource.type !== 'AWS::ApiGateway::Deployment';
const any = (...choices: readonly ((resource: Resource) => boolean)[]) => (resource: Resource): boolean => choices.some((choice) => choice(resource));

/** Every box that a picture may hold: fifteen, so that it can be read at a glance. */
export const BOXES: readonly BoxKind[] = [
  { id: 'client', title: 'Customer', boundary: 'internet', owns: () => false, shownBy: typed('AWS::ApiGateway::RestApi'), facts: facts.client },
  { id: 'firewall', title: 'Firewall', boundary: 'edge', owns: starts('AWS::WAFv2::'), facts: facts.firewall },
  { id: 'api', title: 'REST API', boundary: 'edge', owns: apiPart, facts: facts.api },
  { id: 'pages', title: 'Chat page', boundary: 'functions', owns: lambda('pages'), facts: facts.pages },
  { id: 'authorizer', title: 'Authorizer', boundary: 'functions', owns: lambda('authorizer'), facts: facts.authorizer },
  { id: 'chat', title: 'Chat', boundary: 'functions', owns: lambda('chat'), facts: facts.chat },
  { id: 'turns', title: 'Slow turns', boundary: 'functions', owns: any(lambda('turn-worker'), queue('turns', 'turns-dead')), facts: facts.turns },
  { id: 'events', title: 'Events and sweep', boundary: 'functions', owns: any(lambda('outbox-relay', 'interactions', 'sweep'), starts('AWS::Events::EventBus'), queue('events-dead')), facts: facts.events },
  { id: 'model', title: 'Bedrock model', boundary: 'model', owns: starts('AWS::Bedrock::'), shownBy: facts.invokesModel, facts: facts.model },
  { id: 'secrets', title: 'Secrets and staff', boundary: 'data', owns: any(starts('AWS::SecretsManager::'), starts('AWS::Cognito::'), lambda('rotate-signing-key', 'credential-age'), queue('credential-checks-dead')), facts: facts.secrets },
  { id: 'subject-keys', title: 'Subject keys', boundary: 'data', owns: table('subject-keys'), facts: facts.subjectKeys },
  { id: 'kms', title: 'KMS keys', boundary: 'data', owns: starts('AWS::KMS::'), facts: facts.kms },
  { id: 'conversations', title: 'Conversations', boundary: 'data', owns: table('conversations'), facts: facts.conversations },
  { id: 'operations', title: 'Alarms and roll-back', boundary: 'operations', owns: any(starts('AWS::CloudWatch::'), starts('AWS::SNS::'), starts('AWS::CodeDeploy::'), lambda('pre-traffic'), queue('notifications-dead')), facts: facts.operations },
  { id: 'audit', title: 'Audit trail', boundary: 'operations', owns: any(starts('AWS::CloudTrail::'), auditBucket), facts: facts.audit },
];
