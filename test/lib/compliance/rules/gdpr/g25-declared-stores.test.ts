import { g25DeclaredStores } from '../../../../../lib/compliance/rules/gdpr/g25-declared-stores.ts';
import type { Json } from '../../../../../lib/compliance/template/types.ts';
import { holds, UNRESOLVED } from '../cases.ts';

const ALL = { 'data-class': 'conversation', purpose: 'support', 'legal-basis': 'contract', 'retention-days': '90', 'data-owner': 'lead' };
const list = (tags: Record<string, Json>): Json[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const bucket = (tags: Record<string, Json>): Record<string, Json> => ({ B: { Type: 'AWS::S3::Bucket', Properties: { Tags: list(tags) } } });

holds(g25DeclaredStores, [
  { name: 'passes with all five, wherever the type has them', resources: { ...bucket(ALL), T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Tags: list(ALL) }] } }, U: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTags: ALL } }, E: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: list(ALL) } } }, gives: ['B PASS', 'T PASS', 'U PASS', 'E PASS'] },
  { name: 'passes without a basis for what is not personal', resources: bucket({ ...ALL, 'data-class': 'operational', 'legal-basis': 'none', 'retention-days': 0 }), gives: ['B PASS'] },
  { name: 'fails without tags', resources: { Q: { Type: 'AWS::SQS::Queue' } }, gives: ['Q FAIL'], says: ['data-class: absent', 'data-owner: absent'] },
  { name: 'fails for a personal store without a basis', resources: bucket({ ...ALL, 'legal-basis': 'none' }), gives: ['B FAIL'], says: ['a legal basis other than none'] },
  { name: 'fails for a retention that is no number, and an empty purpose', resources: { ...bucket({ ...ALL, 'retention-days': 'long' }), C: { Type: 'AWS::S3::Bucket', Properties: { Tags: list({ ...ALL, purpose: ' ' }) } } }, gives: ['B FAIL', 'C FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { ...bucket({ ...ALL, purpose: UNRESOLVED }), C: { Type: 'AWS::S3::Bucket', Properties: { Tags: [...list({ purpose: 'support', 'legal-basis': 'contract', 'retention-days': '1', 'data-owner': 'lead' }), UNRESOLVED] } }, D: { Type: 'AWS::S3::Bucket', Properties: { Tags: UNRESOLVED } } }, gives: ['B UNKNOWN', 'C UNKNOWN', 'D UNKNOWN'], says: ['AParameter'] },
  { name: 'leaves what takes no tags to a person', resources: { A: { Type: 'AWS::Events::Archive' }, S: { Type: 'AWS::SDB::Domain' } }, gives: ['A MANUAL', 'S MANUAL'] },
  { name: 'fails for a basis of what is declared impersonal', resources: bucket({ ...ALL, 'data-class': 'operational' }), gives: ['B FAIL'], says: ['none, as it is declared not to be personal'] },
  { name: 'takes no pool of users for impersonal', resources: { U: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolTags: { ...ALL, 'data-class': 'operational', 'legal-basis': 'none' } } } }, gives: ['U FAIL'], says: ['a data class that is personal', 'a legal basis other than none'] },
]);
