import { describe, expect, it } from 'vitest';
import { RISK_METADATA } from '../../../lib/compliance/index.ts';
import { DataSubjectRoles } from '../../../lib/privacy/index.ts';
import type { PersonalStore } from '../../../lib/privacy/index.ts';
import { capability, list, plain, propertiesOf, sentence, statementsOf } from '../../support/capability-app.ts';
import type { Properties } from '../../support/capability-app.ts';
import { sampleStore } from '../../support/sample-store.ts';

const { template, made } = capability((surroundings) => {
  return new DataSubjectRoles(surroundings.stack, 'Privacy', { prefix: 'demo', stores: [sampleStore(surroundings)] });
});

const roleCalled = (name: string): readonly [id: string, properties: Properties] => {
  const found = [...propertiesOf(template, 'AWS::IAM::Role')].find(([, { RoleName }]) => RoleName === name);
  return found ?? expect.fail(`There is no role ${name}.`);
};
/** Everything that a role may do, as sentences. */
const rightsOf = (name: string): string[] => {
  const [id] = roleCalled(name);
  return [...propertiesOf(template, 'AWS::IAM::ManagedPolicy').values()].filter(({ Roles }) => (Roles as { Ref: string }[]).some(({ Ref }) => Ref === id)).flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument).map(sentence));
};

const THROUGH = 'kms:ViaService = dynamodb.eu-central-1.amazonaws.com';
const USES = 'kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext';
/** What reading an item of either table takes of the tables' keys, which open nothing by themselves. */
const TABLE_KEYS = [
  `${USES} on <Subjects.Arn> if StringEquals ${THROUGH} and StringEquals kms:EncryptionContext:aws:dynamodb:tableName = <StoreKeys>`,
  `kms:DescribeKey on <Subjects.Arn> if StringEquals ${THROUGH}`,
  `${USES} kms:DescribeKey on <Key.Arn> if StringEquals ${THROUGH}`,
];

describe('the roles for requests of data subjects', () => {
  it('erase by key, and open nothing', () => {
    expect(rightsOf('demo-erase')).toEqual([
      'dynamodb:GetItem dynamodb:Query dynamodb:DeleteItem on <StoreConversations.Arn>',
      'dynamodb:GetItem dynamodb:UpdateItem dynamodb:DeleteItem on <StoreKeys.Arn>',
      ...TABLE_KEYS,
    ]);
  });

  it('export by key, open texts of one subject at a time, and change nothing', () => {
    expect(rightsOf('demo-export')).toEqual([
      'dynamodb:GetItem dynamodb:Query on <StoreConversations.Arn>',
      'dynamodb:GetItem on <StoreKeys.Arn>',
      ...TABLE_KEYS,
      'kms:Decrypt on <Subjects.Arn> if ForAllValues:StringEquals kms:EncryptionContextKeys = subject and Null kms:EncryptionContext:subject = false',
    ]);
  });

  it.each(['demo-erase', 'demo-export'])('%s is for functions of this account, and holds no policy but ours', (name) => {
    const [, role] = roleCalled(name);
    expect(statementsOf(role['AssumeRolePolicyDocument'])).toEqual([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]);
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role).not.toHaveProperty('Policies');
  });

  it('have no right with a star', () => {
    const statements = [...propertiesOf(template, 'AWS::IAM::ManagedPolicy').values()].flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
    expect(statements.length).toBeGreaterThan(8);
    for (const { Action, Resource } of statements) expect([...list(Action), ...list(Resource).map(plain)].join(' ')).not.toContain('*');
  });

  it('carry the decision that requests are served by hand, on each of them and for that finding alone', () => {
    const decisions = [made.erase.role, made.export.role].flatMap(({ node }) => node.metadata.filter(({ type }) => type === RISK_METADATA).map(({ data }) => data as { id: string; findings: string[] }));
    expect(decisions.map(({ id, findings }) => [id, findings])).toEqual([
      ['data-subject-requests-by-hand', ['GDPR::G29[in use]']],
      ['data-subject-requests-by-hand', ['GDPR::G29[in use]']],
    ]);
  });

  it('are given to every store that they are made for', () => {
    const store = (name: string): PersonalStore => ({ grantErase: (role) => role.allow(['s3:DeleteObject'], [`arn:aws:s3:::${name}/one`]), grantExport: (role) => role.allow(['s3:GetObject'], [`arn:aws:s3:::${name}/one`]) });
    const { template: two } = capability(({ stack }) => new DataSubjectRoles(stack, 'Privacy', { prefix: 'demo', stores: [store('first'), store('second')] }));
    const said = [...propertiesOf(two, 'AWS::IAM::ManagedPolicy').values()].flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument).map(sentence));
    expect(said).toEqual(['s3:DeleteObject on arn:aws:s3:::first/one', 's3:DeleteObject on arn:aws:s3:::second/one', 's3:GetObject on arn:aws:s3:::first/one', 's3:GetObject on arn:aws:s3:::second/one']);
  });
});
