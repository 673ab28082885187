import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { g11LogMasking } from '../../../../../lib/compliance/rules/gdpr/g11-log-masking.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const MASK: Json = { Statement: [{ Operation: { Audit: {} }, DataIdentifier: ['a'] }, { Operation: { Deidentify: { MaskConfig: {} } }, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'] }] };
const group = (properties: Record<string, Json> = {}): Json => ({ Type: 'AWS::Logs::LogGroup', Properties: properties });
const writer = (target: Json = { Ref: 'Logs' }): Json => ({ Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: target } } });

holds(g11LogMasking, [
  { name: 'passes a log group of a function that masks', resources: { Logs: group({ DataProtectionPolicy: MASK }), Writer: writer() }, gives: ['Logs PASS'], says: ['Writer writes to it'] },
  { name: 'passes a policy that stands as JSON text', resources: { Logs: group({ DataProtectionPolicy: JSON.stringify(MASK) }), Writer: writer() }, gives: ['Logs PASS'] },
  { name: 'fails a log group of a function without a policy', resources: { Logs: group(), Writer: writer() }, gives: ['Logs FAIL'] },
  { name: 'fails a policy that audits alone, or masks nothing', resources: { Logs: group({ DataProtectionPolicy: { Statement: [{ Operation: { Audit: {} }, DataIdentifier: ['a'] }, { Operation: { Deidentify: {} }, DataIdentifier: [] }] } }), Writer: writer() }, gives: ['Logs FAIL'], says: ['does not mask'] },
  {
    name: 'finds what an API stage, a state machine and a firewall write to',
    resources: {
      Access: group(), Machine: group(), Wall: group({ LogGroupName: 'aws-waf-logs-x' }),
      Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Access', 'Arn'] } } } },
      Steps: { Type: 'AWS::StepFunctions::StateMachine', Properties: { LoggingConfiguration: { Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Machine', 'Arn'] }, ':*']] } } }] } } },
      Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { LogDestinationConfigs: ['arn:aws:logs:eu-central-1:000000000000:log-group:aws-waf-logs-x'] } },
    },
    gives: ['Access FAIL', 'Machine FAIL', 'Wall FAIL'],
  },
  { name: 'goes by the name that a service gives', resources: { Logs: group({ LogGroupName: { 'Fn::Sub': 'API-Gateway-Execution-Logs_${Api}/live' } }), Api: { Type: 'AWS::ApiGateway::RestApi' } }, gives: ['Logs FAIL'] },
  { name: 'leaves out what nothing of the kind writes to, and what is declared impersonal', resources: { Other: group({ LogGroupName: '/jobs/nightly' }), Logs: group({ Tags: [{ Key: 'data-class', Value: 'operational' }] }), Writer: writer() }, gives: ['Other NOT_APPLICABLE', 'Logs NOT_APPLICABLE'] },
  { name: 'lets a policy of the account stand for all', resources: { Logs: group(), Writer: writer(), Account: { Type: 'AWS::Logs::AccountPolicy', Properties: { PolicyType: 'DATA_PROTECTION_POLICY', PolicyDocument: JSON.stringify(MASK) } } }, gives: ['Logs PASS'] },
  { name: 'does not guess at a policy that is a parameter', resources: { Logs: group({ DataProtectionPolicy: UNRESOLVED }), Writer: writer() }, gives: ['Logs UNKNOWN'], says: ['AParameter'] },
  { name: 'does not guess at where a function writes', resources: { Logs: group({ LogGroupName: 'mine' }), Writer: writer(UNRESOLVED) }, gives: ['Logs UNKNOWN'], says: ['Writer'] },
  { name: 'does not guess at a class of data', resources: { Logs: group({ Tags: [{ Key: 'data-class', Value: UNRESOLVED }] }), Writer: writer() }, gives: ['Logs UNKNOWN'] },
]);
