import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHole, identityHole, openHole, readable } from '../../../../lib/compliance/policy/hole.ts';
import { arnOf } from '../../../../lib/compliance/policy/identity.ts';
import { matches, matchesArn } from '../../../../lib/compliance/policy/match.ts';
import { policiesOf } from '../../../../lib/compliance/policy/policies.ts';
import { reaches } from '../../../../lib/compliance/policy/reach.ts';
import { fits } from '../../../../lib/compliance/policy/wildcard.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Estate, Json, Resource, Stack } from '../../../../lib/compliance/template/types.ts';

type Resources = Readonly<Record<string, Json>>;
const stack = (name: string, resources: Resources, more: Partial<Stack> = {}): Stack => ({ name, region: 'eu-central-1', account: '111122223333', template: { Resources: resources }, file: `${name}.json`, sha256: '0', ...more });
const estate = (resources: Resources, more: Partial<Stack> = {}): Estate => estateOf('test', [stack('one', resources, more)]);
/** A template of which nobody says where it goes. */
const NOWHERE = { region: undefined, account: undefined } as unknown as Partial<Stack>;
const find = ({ resources }: Estate, id: string): Resource => resources.find(({ logicalId }) => logicalId === id) ?? expect.fail(`no ${id}`);
/** What a role may do: `<decision>[ <why>]`. */
function asked(of: Estate, role: string, to: string, action: string, context?: Readonly<Record<string, readonly string[] | null>>): string {
  const holder = policiesOf(of).holders.find((each) => each.role.logicalId === role) ?? expect.fail(`no ${role}`);
  return reaches(of, holder, find(of, to), action, context).decision;
}

const TRUST = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
const allow = (Action: Json, Resource: Json, more: Readonly<Record<string, Json>> = {}): Json => ({ Effect: 'Allow', Action, Resource, ...more });
const role = (...statements: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }] } });
const TABLE: Json = { Type: 'AWS::DynamoDB::Table', Properties: { GlobalSecondaryIndexes: [{ IndexName: 'idle' }] } };
const ARN: Json = { 'Fn::GetAtt': ['Table', 'Arn'] };

describe('text with holes', () => {
  const [a, b] = ['A', 'B'].map((id) => identityHole(find(estate({ A: TABLE, B: TABLE }), id)));
  const parameter = openHole('one/Name');

  it.each([
    [`table/${a}`, `table/${a}`, true],
    [`table/${a}`, `table/${b}`, false],
    [`table/${a}`, 'table/orders', false],
    ['table/*', `table/${a}`, true],
    ['table/orders*', `table/${a}`, 'unknown'],
    ['table/orders', `table/${a}`, false],
    [`table/${parameter}`, `table/${a}`, 'unknown'],
    [`table/${parameter}`, `table/${parameter}`, true],
    [`table/${parameter}-a`, `table/${parameter}-b`, false],
    [`table/${parameter}`, 'queue/x', false],
    [parameter, 'anything', 'unknown'],
    [anyHole('x'), anyHole('x'), 'unknown'],
    ['??', parameter, 'unknown'],
  ] as const)('%s against %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('fits without holes what a pattern fits, and reads a hole as a name', () => {
    const letters = (...more: readonly string[]) => fc.string({ unit: fc.constantFrom('a', 'b', ':', ...more), maxLength: 9 });
    fc.assert(fc.property(letters('*', '?'), letters(), (pattern, text) => {
      expect(matches(pattern, text)).toBe(fits(pattern, text));
    }), { numRuns: 300, seed: 1 });
    // Whatever an open hole stands for, an answer that is certain holds for it.
    fc.assert(fc.property(letters('*', '?'), letters(), letters(), letters(), (pattern, before, filling, after) => {
      const answer = matches(pattern, `${before}${parameter}${after}`);
      if (answer !== 'unknown') expect(fits(pattern, `${before}${filling}${after}`)).toBe(answer);
    }), { numRuns: 1000, seed: 2 });
    expect(readable(`table/${a}`)).toBe('table/<A>');
    expect(matchesArn(`arn:aws:dynamodb:*:*:table/${a}`, `arn:aws:dynamodb:eu-central-1:1:table/${a}`)).toBe(true);
  });

  it('takes no mark from a template, and no time for long texts', () => {
    const hostile = estate({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: '\u{E000}ax\u{E001}' } } });
    expect(arnOf(hostile, find(hostile, 'Table'))).toBe('arn:aws:dynamodb:eu-central-1:111122223333:table/�ax�');
    expect(matches(`${'a*'.repeat(5000)}${parameter}`, `${'ab'.repeat(5000)}c`)).toBe('unknown');
  });
});

describe('what a role of an estate may do', () => {
  it('follows references to the resource itself, and into what is in it', () => {
    const of = estate({ Table: TABLE, Other: TABLE, Role: role(allow('dynamodb:GetItem', ARN), allow('dynamodb:Query', { 'Fn::Join': ['', [ARN, '/index/*']] })) });
    expect(['Table', 'Other'].map((to) => asked(of, 'Role', to, 'dynamodb:GetItem'))).toEqual(['allow', 'deny']);
    expect(['Table', 'Other'].map((to) => asked(of, 'Role', to, 'dynamodb:Query'))).toEqual(['allow', 'deny']);
    expect(asked(of, 'Role', 'Table', 'dynamodb:Scan')).toBe('deny');
  });

  it('follows references between stacks', () => {
    const data = { ...stack('data', { Table: TABLE }), template: { Resources: { Table: TABLE }, Outputs: { Out: { Value: ARN }, Exported: { Value: ARN, Export: { Name: 'the-table' } } } } };
    const of = estateOf('two', [data, stack('service', { Reader: role(allow('dynamodb:GetItem', { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Out' } })), Importer: role(allow('dynamodb:GetItem', { 'Fn::ImportValue': 'the-table' })), Stranger: role(allow('dynamodb:GetItem', { 'Fn::ImportValue': 'another' })) })]);
    expect(['Reader', 'Importer', 'Stranger'].map((one) => asked(of, one, 'Table', 'dynamodb:GetItem'))).toEqual(['allow', 'allow', 'unknown']);
  });

  it('reads policies wherever they are attached', () => {
    const bare: Json = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } };
    const document: Json = { Statement: allow('dynamodb:*', ARN) };
    const of = estate({
      Table: TABLE, A: bare, B: bare, C: bare, D: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'Mine' }] } }, E: bare, Named: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'called-so' } },
      Inline: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'A' }, 'called-so'], PolicyDocument: document } },
      Single: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'B' }, PolicyDocument: document } },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'C' }], PolicyDocument: document } },
      Mine: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } },
    });
    expect(['A', 'B', 'C', 'D', 'Named', 'E'].map((one) => asked(of, one, 'Table', 'dynamodb:Scan'))).toEqual(['allow', 'allow', 'allow', 'allow', 'allow', 'deny']);
  });

  it('does not know whom a policy is attached to that a parameter names', () => {
    const of = estate({ Table: TABLE, Role: { Type: 'AWS::IAM::Role' }, Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Param' }], PolicyDocument: { Statement: allow('dynamodb:*', ARN) } } }, Elsewhere: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['another'], PolicyDocument: { Statement: allow('s3:*', '*') } } }, Bucket: { Type: 'AWS::S3::Bucket' } });
    expect([asked(of, 'Role', 'Table', 'dynamodb:Scan'), asked(of, 'Role', 'Bucket', 's3:GetObject')]).toEqual(['unknown', 'deny']);
  });

  it('knows the text of few policies of AWS, and that it does not know the others', () => {
    const by = (...arns: readonly Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: arns } });
    const of = estate({ Table: TABLE, Basic: by('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'), Admin: by({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] }), Other: by('arn:aws:iam::aws:policy/SomethingElse'), Given: by({ Ref: 'Param' }) });
    expect(['Basic', 'Admin', 'Other', 'Given'].map((one) => asked(of, one, 'Table', 'dynamodb:Scan'))).toEqual(['deny', 'allow', 'unknown', 'unknown']);
  });

  it.each([
    ['a parameter as resource', allow('dynamodb:Scan', { Ref: 'Param' }), 'unknown'],
    ['a parameter as action', allow({ Ref: 'Param' }, ARN), 'unknown'],
    ['a condition of the template', { 'Fn::If': ['Wide', allow('dynamodb:Scan', ARN), { Ref: 'AWS::NoValue' }] }, 'unknown'],
    ['a parameter as effect', { Effect: { Ref: 'Param' }, Action: 'dynamodb:Scan', Resource: ARN }, 'unknown'],
    ['a condition that the request says nothing of', allow('dynamodb:Scan', ARN, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }), 'unknown'],
    ['all but', allow({ Ref: 'AWS::NoValue' }, ARN, { NotAction: 'iam:*' }), 'allow'],
    ['another table by a variable', allow('dynamodb:Scan', 'arn:aws:dynamodb:eu-central-1:111122223333:table/${aws:username}'), 'unknown'],
    ['what is no statement', 3, 'unknown'],
  ] as const)('does not take what is not known for granted: %s', (_, statement, expected) => {
    expect(asked(estate({ Table: TABLE, Role: role(statement) }), 'Role', 'Table', 'dynamodb:Scan')).toBe(expected);
  });

  it('does not call allowed what a denial that cannot be read may deny, and lets a certain one win', () => {
    const denying = (deny: Json): string => asked(estate({ Table: TABLE, Role: role(allow('*', '*'), deny) }), 'Role', 'Table', 'dynamodb:Scan');
    expect(denying({ Ref: 'Param' })).toBe('unknown');
    expect(denying({ Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' })).toBe('deny');
    expect(denying({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe('allow');
  });

  it('is held by a boundary', () => {
    const bounded = (boundary: Json): string => asked(estate({ Table: TABLE, Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: boundary, Policies: [{ PolicyDocument: { Statement: allow('*', '*') } }] } }, Bound: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allow('s3:*', '*') } } } }), 'Role', 'Table', 'dynamodb:Scan');
    expect([bounded({ Ref: 'Bound' }), bounded('arn:aws:iam::111122223333:policy/elsewhere'), bounded('arn:aws:iam::aws:policy/AdministratorAccess')]).toEqual(['deny', 'unknown', 'allow']);
  });

  it('counts what the resource says, and needs the policy of a key to admit the account', () => {
    const key = (Principal: Json, more: Readonly<Record<string, Json>> = {}): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*', ...more }] } } });
    const root: Json = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
    const of = estate({
      Role: role(allow('kms:Decrypt', '*')), Idle: role(), Table: { Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: { 'Fn::GetAtt': ['Idle', 'Arn'] } }, Action: 'dynamodb:GetItem', Resource: '*' } } } } },
      Rooted: key(root), Closed: key({ AWS: 'arn:aws:iam::999999999999:root' }), Direct: key({ AWS: { 'Fn::GetAtt': ['Idle', 'Arn'] } }), Plain: { Type: 'AWS::KMS::Key' },
    });
    expect(['Rooted', 'Closed', 'Direct', 'Plain'].map((one) => asked(of, 'Role', one, 'kms:Decrypt'))).toEqual(['allow', 'deny', 'deny', 'allow']);
    expect(['Rooted', 'Direct'].map((one) => asked(of, 'Idle', one, 'kms:Decrypt'))).toEqual(['deny', 'allow']);
    expect(['Idle', 'Role'].map((one) => asked(of, one, 'Table', 'dynamodb:GetItem'))).toEqual(['allow', 'deny']);
    const plain = estate({ Role: role(allow('kms:Decrypt', { 'Fn::GetAtt': ['Rooted', 'Arn'] })), Rooted: key(root) }, NOWHERE);
    expect(asked(plain, 'Role', 'Rooted', 'kms:Decrypt')).toBe('allow');
  });

  it('knows that a part of a bucket is not all of it', () => {
    const of = estate({ Bucket: { Type: 'AWS::S3::Bucket' }, Whole: role(allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' })), Part: role(allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/logs/*' })), None: role(allow('s3:GetObject', { 'Fn::GetAtt': ['Bucket', 'Arn'] })) });
    expect(['Whole', 'Part', 'None'].map((one) => asked(of, one, 'Bucket', 's3:GetObject'))).toEqual(['allow', 'unknown', 'deny']);
  });
});

describe('an estate of many roles and stores', () => {
  const of = estate({ ...Object.fromEntries(Array.from({ length: 20 }, (_, number) => [[`Table${number}`, TABLE], [`Bucket${number}`, { Type: 'AWS::S3::Bucket' }]]).flat()), Elsewhere: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } });

  it('decides once what a policy speaks of every store alike', () => {
    const [holder = expect.fail()] = policiesOf(of).holders;
    for (const [action, type] of [['dynamodb:Scan', 'AWS::DynamoDB::Table'], ['s3:GetObject', 'AWS::S3::Bucket']] as const) {
      const answers = of.resources.filter((each) => each.type === type).map((store) => reaches(of, holder, store, action));
      expect(answers).toHaveLength(20);
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]?.why).toContain('SomethingElse');
    }
  });

  it('decides for itself what a policy of one store says', () => {
    const one = estate({ Table: TABLE, Open: { Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } } } } }, Elsewhere: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/SomethingElse'] } } });
    expect(['Table', 'Open', 'Table'].map((to) => asked(one, 'Elsewhere', to, 'dynamodb:Scan'))).toEqual(['unknown', 'deny', 'unknown']);
  });
});

describe('names of resources that name themselves', () => {
  it('end as the name that AWS gives, and names that multiply too', () => {
    const bucket = (BucketName: Json): Json => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
    const chain = Object.fromEntries(Array.from({ length: 3_000 }, (_, number): [string, Json] => [`Chain${number}`, bucket({ 'Fn::Sub': `a\${Chain${number + 1}}` })]));
    const grown = Object.fromEntries(Array.from({ length: 12 }, (_, number): [string, Json] => [`Grown${number}`, bucket({ 'Fn::Join': ['x', Array.from({ length: 20 }, () => ({ Ref: `Grown${number + 1}` }))] })]));
    const of = estate({ Self: bucket({ Ref: 'Self' }), One: bucket({ Ref: 'Two' }), Two: bucket({ 'Fn::Sub': '${One}-x' }), ...chain, ...grown, Chain3000: bucket('end'), Grown12: bucket('end') });
    expect(readable(arnOf(of, find(of, 'Self')))).toBe('arn:aws:s3:::<Self>');
    for (const resource of of.resources) expect(arnOf(of, resource).length).toBeLessThan(2_100);
    expect(readable(arnOf(of, find(of, 'Chain2998')))).toBe('arn:aws:s3:::aaend');
  });
});
