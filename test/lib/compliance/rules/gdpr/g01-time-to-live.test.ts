import { g01TimeToLive } from '../../../../../lib/compliance/rules/gdpr/g01-time-to-live.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const on = { AttributeName: 'expiresAt', Enabled: true };

holds(g01TimeToLive, [
  { name: 'passes a table with time-to-live', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: on } } }, gives: ['Table PASS'] },
  { name: 'passes a global table, and takes true as text', resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TimeToLiveSpecification: { ...on, Enabled: 'true' } } } }, gives: ['Table PASS'] },
  { name: 'fails without it, and where it is off', resources: { Without: { Type: 'AWS::DynamoDB::Table' }, Off: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TimeToLiveSpecification: { ...on, Enabled: false } } } }, gives: ['Without FAIL', 'Off FAIL'], says: ['absent', 'false'] },
  { name: 'fails one that names no attribute', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: { Enabled: true } } } }, gives: ['Table FAIL'], says: ['an attribute'] },
  {
    name: 'leaves out a table that is tagged as not personal, by its first replica for a global one',
    resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'data-class', Value: 'public' }] } }, Global: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-central-1', Tags: [{ Key: 'data-class', Value: 'operational' }] }] } } },
    gives: ['Table NOT_APPLICABLE', 'Global NOT_APPLICABLE'],
    says: ['public', 'operational'],
  },
  { name: 'cannot tell a table whose class is not known', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Key: 'data-class', Value: UNRESOLVED }] } } }, gives: ['Table UNKNOWN'], says: ['tag data-class is not'] },
  { name: 'cannot tell a parameter or a condition', resources: { Parameter: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: { ...on, Enabled: UNRESOLVED } } }, Condition: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: { 'Fn::If': ['Expires', on, { Ref: 'AWS::NoValue' }] } } } }, gives: ['Parameter UNKNOWN', 'Condition UNKNOWN'], says: ['AParameter', 'Expires'] },
  { name: 'does not mind an attribute that is named at deployment', resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: { AttributeName: UNRESOLVED, Enabled: true } } } }, gives: ['Table PASS'] },
  {
    name: 'holds Keyspaces to the policy, by its seconds',
    resources: { Year: { Type: 'AWS::Cassandra::Table', Properties: { DefaultTimeToLive: 31_536_000 } }, Longer: { Type: 'AWS::Cassandra::Table', Properties: { DefaultTimeToLive: 31_622_400 } }, Never: { Type: 'AWS::Cassandra::Table', Properties: { DefaultTimeToLive: 0 } } },
    gives: ['Year PASS', 'Longer FAIL', 'Never FAIL'],
    says: ['365 days', '366 days', 'kept for ever'],
  },
]);
