import { g27BreachAlarms } from '../../../../../lib/compliance/rules/gdpr/g27-breach-alarms.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const alarm = (Namespace: Json, MetricName: Json, more: Record<string, Json> = {}): Json => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace, MetricName, AlarmActions: [{ Ref: 'Topic' }], ...more } });
const TOPIC: Record<string, Json> = { Topic: { Type: 'AWS::SNS::Topic' }, Subscriber: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'https' } } };
const guardrail: Json = { Type: 'AWS::Bedrock::Guardrail' };
const INTERVENED = ['AWS/Bedrock/Guardrails', 'InvocationsIntervened'] as const;
const none = (part: string): string => `estate ${part} NOT_APPLICABLE`;
const [READS, DENIALS, FAILURES, GUARD] = ['Mass reads', 'Decrypt denials', 'Authorizer failures', 'Guardrail interventions'] as const;
const guard = (verdict: string, where = 'One'): string[] => [none(READS), none(DENIALS), none(FAILURES), `${where} ${GUARD} ${verdict}`];
const filter = (FilterPattern: string): Json => ({ Type: 'AWS::Logs::MetricFilter', Properties: { FilterPattern, MetricTransformations: [{ MetricNamespace: 'Mine', MetricName: 'Seen' }] } });

const counted = (RuleName: Json): Json => alarm('AWS/Events', 'TriggeredRules', { Dimensions: [{ Name: 'RuleName', Value: RuleName }] });
const rule = (errorCode: Json, more: Record<string, Json> = {}): Json => ({ Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.kms'], detail: { eventName: ['Decrypt'], errorCode } }, ...more } });

holds(g27BreachAlarms, [
  { name: 'passes an alarm on a topic with a subscriber', resources: { ...TOPIC, Guardrail: guardrail, One: alarm(...INTERVENED) }, gives: guard('PASS'), says: ['which has a subscriber'] },
  { name: 'fails where there is none', resources: { Guardrail: guardrail, One: alarm('AWS/Lambda', 'Errors') }, gives: guard('FAIL', 'estate') },
  { name: 'fails an alarm that nobody hears of', resources: { Guardrail: guardrail, Topic: { Type: 'AWS::SNS::Topic' }, One: alarm(...INTERVENED) }, gives: guard('FAIL'), says: ['nobody is subscribed'] },
  { name: 'fails an alarm without an action, or whose actions are off', resources: { ...TOPIC, Guardrail: guardrail, One: alarm(...INTERVENED, { AlarmActions: [] }), Two: alarm(...INTERVENED, { ActionsEnabled: false }) }, gives: guard('FAIL') },
  { name: 'cannot tell an action or a metric that is a parameter', resources: { Guardrail: guardrail, One: alarm(...INTERVENED, { AlarmActions: [UNRESOLVED] }) }, gives: guard('UNKNOWN') },
  { name: 'cannot tell a metric that is a parameter', resources: { ...TOPIC, Guardrail: guardrail, One: alarm('Mine', UNRESOLVED) }, gives: guard('UNKNOWN', 'estate'), says: ['One'] },
  { name: 'finds the composite alarm that speaks for it', resources: { ...TOPIC, Guardrail: guardrail, One: alarm(...INTERVENED, { AlarmName: 'guard', AlarmActions: [] }), All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM("guard") OR ALARM("other")', AlarmActions: [{ Ref: 'Topic' }] } } }, gives: guard('PASS') },
  { name: 'reads metrics inside an expression', resources: { ...TOPIC, Guardrail: guardrail, One: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }], Metrics: [{ Id: 'e', Expression: 'a / b' }, { Id: 'a', MetricStat: { Metric: { Namespace: INTERVENED[0], MetricName: INTERVENED[1] } } }] } } }, gives: guard('PASS') },
  { name: 'recognises reads of stores, and of one’s own metric', resources: { ...TOPIC, Table: { Type: 'AWS::DynamoDB::Table' }, One: alarm('AWS/DynamoDB', 'ConsumedReadCapacityUnits') }, gives: [`One ${READS} PASS`, none(DENIALS), none(FAILURES), none(GUARD)] },
  { name: 'recognises a metric of reads by name', resources: { ...TOPIC, Table: { Type: 'AWS::DynamoDB::GlobalTable' }, One: alarm('Chat/prod', 'ConversationsReadPerPrincipal') }, gives: [`One ${READS} PASS`, none(DENIALS), none(FAILURES), none(GUARD)] },
  { name: 'recognises denied decrypts by the pattern of a metric filter', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, One: alarm('Mine', 'Seen'), Filter: filter('{ $.eventSource = "kms.amazonaws.com" && $.errorCode = "AccessDenied*" }') }, gives: [none(READS), `One ${DENIALS} PASS`, none(FAILURES), none(GUARD)] },
  { name: 'recognises them by the pattern of the rule whose matches are counted, and takes them for nothing else', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, Pool: { Type: 'AWS::Cognito::UserPool' }, One: counted({ Ref: 'Rule' }), Rule: rule([{ prefix: 'AccessDenied' }]) }, gives: [none(READS), `One ${DENIALS} PASS`, `estate ${FAILURES} FAIL`, none(GUARD)] },
  { name: 'finds that rule by its name', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, One: counted('denied'), Rule: rule(['AccessDenied'], { Name: 'denied' }) }, gives: [none(READS), `One ${DENIALS} PASS`, none(FAILURES), none(GUARD)] },
  { name: 'does not take a rule that is off, another rule, or one that leaves denials out', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, One: counted({ Ref: 'Off' }), Off: rule(['AccessDenied'], { State: 'DISABLED' }), Other: rule(['AccessDenied']), Two: counted({ Ref: 'Without' }), Without: rule([{ 'anything-but': ['AccessDenied'] }]) }, gives: [none(READS), `estate ${DENIALS} FAIL`, none(FAILURES), none(GUARD)] },
  { name: 'does not take failures to deliver for matches', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, One: alarm('AWS/Events', 'FailedInvocations', { Dimensions: [{ Name: 'RuleName', Value: { Ref: 'Rule' } }] }), Rule: rule(['AccessDenied']) }, gives: [none(READS), `estate ${DENIALS} FAIL`, none(FAILURES), none(GUARD)] },
  { name: 'does not take another pattern for it', resources: { ...TOPIC, Key: { Type: 'AWS::KMS::Key' }, One: alarm('Mine', 'Seen'), Filter: filter('{ $.eventSource = "s3.amazonaws.com" && $.errorCode = "AccessDenied" }') }, gives: [none(READS), `estate ${DENIALS} FAIL`, none(FAILURES), none(GUARD)] },
  {
    name: 'recognises errors of the function that an authorizer calls, by its alias too',
    resources: {
      ...TOPIC, Function: { Type: 'AWS::Lambda::Function' }, Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Function' } } },
      Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { AuthorizerUri: { 'Fn::Sub': 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${Live}/invocations' } } },
      One: alarm('AWS/Lambda', 'Errors', { Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Function' } }] }),
    },
    gives: [none(READS), none(DENIALS), `One ${FAILURES} PASS`, none(GUARD)],
  },
  { name: 'does not take another function for it', resources: { ...TOPIC, Other: { Type: 'AWS::Lambda::Function' }, Authorizer: { Type: 'AWS::ApiGateway::Authorizer' }, One: alarm('AWS/Lambda', 'Errors', { Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Other' } }] }) }, gives: [none(READS), none(DENIALS), `estate ${FAILURES} FAIL`, none(GUARD)] },
], { nothing: [READS, DENIALS, FAILURES, GUARD].map(none) });
