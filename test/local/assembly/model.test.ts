import { describe, expect, it } from 'vitest';
import { EstateModel } from '../../../local/assembly/model.ts';
import type { Stack, Template } from '../../../local/assembly/template.ts';

const stack = (name: string, template: Template): Stack => ({ name, accountId: '111122223333', region: 'eu-central-1', template, assets: new Map() });
const endpoints = { aws: () => 'http://127.0.0.1:4566', issuer: () => 'http://127.0.0.1:4566' };

/** Resolves one value in a stack that has the given parts. */
function resolveIn(value: unknown, template: Template = {}, others: readonly Stack[] = []): unknown {
  const probe = stack('probe', { ...template, Resources: { ...template.Resources, Probe: { Type: 'Test::Probe', Properties: { Value: value } } } });
  return new EstateModel([probe, ...others], endpoints).ofType('Test::Probe')[0]?.get('Value');
}

describe('intrinsic functions', () => {
  it.each([
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }, 3]] }, 'a-111122223333-3'],
    ['Sub', { 'Fn::Sub': '${AWS::Partition}:${!Literal}:${AWS::StackName}' }, 'aws:${Literal}:probe'],
    ['Sub with variables', { 'Fn::Sub': ['${x}/${AWS::URLSuffix}', { x: { Ref: 'AWS::Region' } }] }, 'eu-central-1/amazonaws.com'],
    ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'AWS::Region' } } }, '{"a":"eu-central-1"}'],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ])('%s', (_, value, expected) => {
    expect(resolveIn(value)).toEqual(expected);
  });

  it('FindInMap and parameters with a default', () => {
    const template = { Parameters: { Size: { Type: 'String', Default: 'small' } }, Mappings: { M: { small: { cpu: 1 } } } };
    expect(resolveIn({ 'Fn::FindInMap': ['M', { Ref: 'Size' }, 'cpu'] }, template)).toBe(1);
  });

  it.each([
    [{ 'Fn::Equals': ['a', 'a'] }, 'yes'],
    [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }, 'no'],
    [{ 'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }] }, 'no'],
    [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }] }, 'yes'],
  ])('If with the condition %j', (condition, expected) => {
    expect(resolveIn({ 'Fn::If': ['C', 'yes', 'no'] }, { Conditions: { C: condition } })).toBe(expected);
  });

  it('leaves out a resource whose condition does not hold', () => {
    const template = { Conditions: { Never: { 'Fn::Equals': [1, 2] } }, Resources: { Gone: { Type: 'AWS::SQS::Queue', Condition: 'Never' }, There: { Type: 'AWS::SQS::Queue' } } };
    expect(new EstateModel([stack('s', template)], endpoints).ofType('AWS::SQS::Queue').map(({ logicalId }) => logicalId)).toEqual(['There']);
  });

  it('reads another stack by weak reference and by export', () => {
    const data = stack('data', {
      Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'turns' } } },
      Outputs: { Out: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:arn' } } } },
    });
    expect(resolveIn({ 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Out', Region: 'eu-central-1' } }, {}, [data])).toBe('arn:aws:sqs:eu-central-1:111122223333:turns');
    expect(resolveIn({ 'Fn::ImportValue': 'data:arn' }, {}, [data])).toBe('arn:aws:sqs:eu-central-1:111122223333:turns');
  });

  it.each([
    [{ 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Out' } }, /no stack 'data' with the output 'Out'/],
    [{ 'Fn::ImportValue': 'x' }, /exports 'x'/],
    [{ Ref: 'Nothing' }, /Nothing is neither/],
    [{ 'Fn::Cidr': ['10.0.0.0/8', 1, 8] }, /Fn::Cidr is not emulated/],
    [{ 'Fn::Select': [3, ['a']] }, /element 3 of 1/],
    [{ 'Fn::Join': ['', [{ a: 1 }]] }, /must be text/],
  ])('an error names resource, property and cause: %j', (value, message) => {
    expect(() => resolveIn(value)).toThrow(message);
    expect(() => resolveIn(value)).toThrow(/probe\/Probe \(Test::Probe\), property Value/);
  });
});

describe('physical values', () => {
  const values = (type: string, properties: Record<string, unknown>, ...attributes: readonly string[]): readonly unknown[] => {
    const [resource] = new EstateModel([stack('svc', { Resources: { It: { Type: type, Properties: properties } } })], endpoints).ofType(type);
    return [resource?.ref, ...attributes.map((name) => resource?.attribute(name))];
  };

  it.each([
    ['AWS::DynamoDB::Table', { TableName: 't' }, ['Arn'], ['t', 'arn:aws:dynamodb:eu-central-1:111122223333:table/t']],
    ['AWS::SQS::Queue', { QueueName: 'q' }, ['QueueName', 'Arn'], ['http://127.0.0.1:4566/111122223333/q', 'q', 'arn:aws:sqs:eu-central-1:111122223333:q']],
    ['AWS::Events::EventBus', { Name: 'b' }, ['Arn'], ['b', 'arn:aws:events:eu-central-1:111122223333:event-bus/b']],
    ['AWS::Lambda::Function', { FunctionName: 'f' }, ['Arn'], ['f', 'arn:aws:lambda:eu-central-1:111122223333:function:f']],
    ['AWS::Lambda::Version', { FunctionName: 'f' }, ['Version'], ['arn:aws:lambda:eu-central-1:111122223333:function:f:1', '1']],
    ['AWS::Lambda::Alias', { FunctionName: 'f', Name: 'live' }, [], ['arn:aws:lambda:eu-central-1:111122223333:function:f:live']],
    ['AWS::ApiGateway::Stage', { StageName: 'live' }, [], ['live']],
  ])('%s %j', (type, properties, attributes, expected) => {
    expect(values(type, properties, ...attributes)).toEqual(expected);
  });

  it('a generated name is the same on each start, and differs by resource', () => {
    expect(values('AWS::DynamoDB::GlobalTable', {})).toEqual(values('AWS::DynamoDB::GlobalTable', {}));
    expect(values('AWS::DynamoDB::GlobalTable', {})[0]).toMatch(/^svc-It-[0-9A-F]{12}$/);
  });

  it('a user pool issues under the loop-back URL', () => {
    const [id, url] = values('AWS::Cognito::UserPool', {}, 'ProviderURL');
    expect(id).toMatch(/^eu-central-1_[0-9a-f]{9}$/);
    expect(url).toBe(`http://127.0.0.1:4566/${String(id)}`);
  });

  it('says what to do about a type or attribute that is not known', () => {
    expect(() => values('AWS::Foo::Bar', {})).toThrow(/svc\/It \(AWS::Foo::Bar\) has no Ref .* local\/assembly\/physical\.ts/);
    expect(() => values('AWS::SQS::Queue', {}, 'Colour')).toThrow(/no attribute Colour/);
  });

  it('an identity that an emulator gave takes the place', () => {
    const model = new EstateModel([stack('svc', { Resources: { K: { Type: 'AWS::KMS::Key' } } })], endpoints);
    const [key] = model.ofType('AWS::KMS::Key');
    if (key === undefined) throw new Error('no key');
    model.override(key, { ref: 'k1', attributes: { Arn: 'arn:k1' } });
    expect([key.ref, key.attribute('Arn')]).toEqual(['k1', 'arn:k1']);
  });
});
