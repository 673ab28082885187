import { g15KeyHygiene } from '../../../../../lib/compliance/rules/gdpr/g15-key-hygiene.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const key = (properties: Readonly<Record<string, Json>> = {}): Json => ({ Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true, ...properties } });
const admitting = (Principal: Json, more: Readonly<Record<string, Json>> = {}): Json => key({ KeyPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*', ...more }] } });
const queue = (dataClass?: Json): Json => ({ Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, ...(dataClass !== undefined && { Tags: [{ Key: 'data-class', Value: dataClass }] }) } });
const NO_STORE = 'Key class NOT_APPLICABLE';

holds(g15KeyHygiene, [
  { name: 'passes a key that rotates, admits its account, and serves one class', resources: { Key: admitting({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }), One: queue('conversation'), Two: queue('conversation') }, gives: ['Key rotation PASS', 'Key principals PASS', 'Key class PASS'] },
  { name: 'passes one without a policy of its own, with a single store of no class', resources: { Key: key(), One: queue() }, gives: ['Key rotation PASS', 'Key principals PASS', 'Key class PASS'] },
  { name: 'counts all classes that are not personal as one', resources: { Key: key(), One: queue('operational'), Two: queue('public') }, gives: ['Key rotation PASS', 'Key principals PASS', 'Key class PASS'] },
  { name: 'fails a key that does not rotate', resources: { Key: key({ EnableKeyRotation: false }), Other: { Type: 'AWS::KMS::Key' } }, gives: ['Key rotation FAIL', 'Key principals PASS', NO_STORE, 'Other rotation FAIL', 'Other principals PASS', 'Other class NOT_APPLICABLE'] },
  { name: 'does not ask for what KMS cannot do', resources: { Key: key({ EnableKeyRotation: { Ref: 'AWS::NoValue' }, KeySpec: 'RSA_2048' }), Copy: { Type: 'AWS::KMS::ReplicaKey' } }, gives: ['Key rotation NOT_APPLICABLE', 'Key principals PASS', NO_STORE, 'Copy rotation NOT_APPLICABLE', 'Copy principals PASS', 'Copy class NOT_APPLICABLE'] },
  { name: 'fails anybody without a condition, however written', resources: { Key: admitting('*'), Other: admitting({ AWS: ['*'] }) }, gives: ['Key rotation PASS', 'Key principals 1 FAIL', NO_STORE, 'Other rotation PASS', 'Other principals 1 FAIL', 'Other class NOT_APPLICABLE'], says: ['Principal * without a condition'] },
  { name: 'passes anybody of a named account, and does not know other conditions', resources: { Key: admitting('*', { Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' } } } }), Other: admitting('*', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } } }), Loose: admitting('*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }) }, gives: ['Key rotation PASS', 'Key principals 1 PASS', NO_STORE, 'Other rotation PASS', 'Other principals 1 UNKNOWN', 'Other class NOT_APPLICABLE', 'Loose rotation PASS', 'Loose principals 1 UNKNOWN', 'Loose class NOT_APPLICABLE'] },
  { name: 'fails a key for two classes, personal or not', resources: { Key: key(), One: queue('conversation'), Two: queue('operational') }, gives: ['Key rotation PASS', 'Key principals PASS', 'Key class FAIL'], says: ['One: conversation', 'Two: operational'] },
  { name: 'does not know what a store without a class shares the key with', resources: { Key: key(), One: queue('conversation'), Two: queue(), Three: queue(UNRESOLVED) }, gives: ['Key rotation PASS', 'Key principals PASS', 'Key class UNKNOWN'], says: ['Two, Three'] },
  { name: 'does not know what a parameter decides', resources: { Key: key({ EnableKeyRotation: UNRESOLVED, KeyPolicy: UNRESOLVED }), Other: admitting(UNRESOLVED) }, gives: ['Key rotation UNKNOWN', 'Key principals 1 UNKNOWN', NO_STORE, 'Other rotation PASS', 'Other principals 1 UNKNOWN', 'Other class NOT_APPLICABLE'], says: ['AParameter'] },
]);
