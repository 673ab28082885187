import { at, listAt } from './estate.ts';
import type { Estate, Resource } from './estate.ts';

/** A statement that allows something. */
export interface Statement {
  readonly actions: readonly string[];
  /** As it stands in the template. */
  readonly resource: unknown;
  /** Whether it holds only for calls that an AWS service makes on the function's behalf. */
  readonly viaService: boolean;
  /** As it stands in the template; undefined without one. */
  readonly condition: unknown;
}

const POLICIES = new Set(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role']);

/** Allowing statements of a policy, or of the inline policies of a role; none for any other resource. */
export function statementsOf({ type, properties }: Resource): Statement[] {
  if (!POLICIES.has(type)) return [];
  const documents = [properties['PolicyDocument'], ...listAt(properties, 'Policies').map((policy) => at(policy, 'PolicyDocument'))];
  return documents
    .flatMap((document) => listAt(document, 'Statement'))
    .filter((statement) => at(statement, 'Effect') === 'Allow')
    .map((statement) => ({
      actions: listAt(statement, 'Action').map(String),
      resource: at(statement, 'Resource'),
      viaService: JSON.stringify(at(statement, 'Condition') ?? '').includes('kms:ViaService'),
      condition: at(statement, 'Condition'),
    }));
}

/** Functions that run under a policy. */
export function holdersOf(policy: Resource, estate: Estate): Resource[] {
  const roles = policy.type === 'AWS::IAM::Role' ? [policy] : estate.referred(policy.properties['Roles'], policy.stack);
  const keys = new Set(roles.map(({ key }) => key));
  return estate.resources.filter(({ type, properties, stack }) => type === 'AWS::Lambda::Function' && estate.referred(properties['Role'], stack).some(({ key }) => keys.has(key)));
}

/** Actions by which a function takes work from a stream or queue: the event source mapping is the arrow, the other way round. */
const CONSUMES = /^(dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)|sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility))$/;
/** Services whose use every function shares or that belong to deployments; the legend says that they are not drawn. */
const NOT_DRAWN = /^(logs|xray|cloudwatch|codedeploy|lambda):/;
const READS = /:(Get|BatchGet|Query|Scan|Describe|List|Decrypt)/;

/** What an action is in the picture; actions that nobody foresaw are drawn. */
export function roleOf(action: string): 'read' | 'write' | 'consume' | 'not drawn' {
  if (NOT_DRAWN.test(action)) return 'not drawn';
  if (CONSUMES.test(action)) return 'consume';
  return READS.test(action) ? 'read' : 'write';
}
