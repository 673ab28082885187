import { h06IncidentProcedures } from '../../../../../lib/compliance/rules/hipaa/h06-incident-procedures.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const alarm = (...AlarmActions: Json[]): Record<string, Json> => ({ A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions } }, T: { Type: 'AWS::SNS::Topic' } });
const subscription = (TopicArn: Json): Record<string, Json> => ({ S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn } } });
const WRITTEN = 'estate Procedure MANUAL';

holds(h06IncidentProcedures, [
  { name: 'passes for a topic that somebody hears', resources: { ...alarm({ Ref: 'T' }), ...subscription({ Ref: 'T' }) }, gives: ['T PASS', WRITTEN] },
  { name: 'fails for a topic that nobody hears', resources: alarm({ Ref: 'T' }), gives: ['T FAIL', WRITTEN] },
  { name: 'fails for alarms that tell nobody', resources: alarm(), gives: ['estate Alarms FAIL', WRITTEN] },
  { name: 'cannot tell what a parameter decides', resources: { ...alarm(UNRESOLVED), B: { Type: 'AWS::SSM::Document' } }, gives: ['estate Alarms UNKNOWN', WRITTEN] },
  { name: 'cannot tell whom a subscription of a parameter is for', resources: { ...alarm({ Ref: 'T' }), ...subscription(UNRESOLVED) }, gives: ['T UNKNOWN', WRITTEN] },
], { nothing: ['estate Alarms NOT_APPLICABLE', WRITTEN] });
