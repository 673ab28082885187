import { h02UniqueUsers } from '../../../../../lib/compliance/rules/hipaa/h02-unique-users.ts';
import { holds, UNRESOLVED } from '../cases.ts';

holds(h02UniqueUsers, [
  { name: 'leaves a user pool to a person, with the evidence wanted', resources: { U: { Type: 'AWS::Cognito::UserPool' } }, gives: ['U MANUAL'], says: ['list of accounts'] },
  { name: 'passes for an identity pool without guests', resources: { I: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: false } } }, gives: ['I PASS'] },
  { name: 'fails for guests, users and keys', resources: { I: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: true } }, U: { Type: 'AWS::IAM::User' }, K: { Type: 'AWS::IAM::AccessKey' } }, gives: ['I FAIL', 'U FAIL', 'K FAIL'] },
  { name: 'cannot tell what a parameter decides', resources: { I: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: UNRESOLVED } } }, gives: ['I UNKNOWN'], says: ['AParameter'] },
]);
