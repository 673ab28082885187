import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { ServiceFunction } from '../../../lib/runtime/index.ts';
import type { ServiceFunctionProps } from '../../../lib/runtime/index.ts';
import type { Properties } from '../../support/capability-app.ts';
import { capability, functionCalled, grantsOf, list, only, plain, propertiesOf, sentence, statementsOf, variablesOf } from '../../support/capability-app.ts';

const make = (props: Partial<ServiceFunctionProps> = {}, runtime: Parameters<typeof capability>[1] = {}) =>
  capability(
    (around) => new ServiceFunction(around.stack, 'Chat', { runtime: around.runtime, name: 'chat', description: 'Answers', size: { memoryMegabytes: 512, timeoutSeconds: 20 }, ...props }),
    runtime,
  );

const VPC = {
  vpcId: 'vpc-0a1b2c3d4e5f67890',
  privateSubnetIds: ['subnet-0a1b2c3d4e5f67890', 'subnet-0a1b2c3d4e5f67891'],
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  securityGroupIds: ['sg-0a1b2c3d4e5f67890'],
};

describe('a function', () => {
  const { template } = make({ settings: { maxTurns: 3 } });

  it('runs its bundle on arm64 with its own size, traces and structured logs', () => {
    expect(functionCalled(template, 'demo-chat')).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 20,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
  });

  it('reserves no concurrency and has no dead letters unless it is told to', () => {
    const fn = functionCalled(template, 'demo-chat');
    expect(fn).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(fn).not.toHaveProperty('DeadLetterConfig');
    expect(fn).not.toHaveProperty('VpcConfig');
  });

  it('knows its release, its settings and where its metrics go, and nothing else', () => {
    expect(variablesOf(template, 'demo-chat')).toEqual({ METRIC_NAMESPACE: 'Chatbot/demo', RELEASE: '1.2.3', SETTINGS: '{"maxTurns":3}' });
    expect(variablesOf(make().template, 'demo-chat')).not.toHaveProperty('SETTINGS');
  });

  it('has a role of its own whose only policy is a managed one', () => {
    const role = only(template, 'AWS::IAM::Role');
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role).not.toHaveProperty('Policies');
    expect(propertiesOf(template, 'AWS::IAM::Policy').size).toBe(0);
    const policy = only(template, 'AWS::IAM::ManagedPolicy');
    expect(statementsOf(policy['PolicyDocument']).map(sentence)).toEqual(['logs:CreateLogStream logs:PutLogEvents on <ChatLogs.Arn>', 'xray:PutTraceSegments xray:PutTelemetryRecords on *']);
  });

  it('is made after its policy, so that its first run is allowed what it needs', () => {
    const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
    const [policy] = propertiesOf(template, 'AWS::IAM::ManagedPolicy').keys();
    expect(fn?.['DependsOn']).toContain(policy);
  });

  it('logs to an encrypted group that expires and goes with the function', () => {
    const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(group).toMatchObject({ DeletionPolicy: 'Delete', Properties: { LogGroupName: '/aws/lambda/demo-chat', RetentionInDays: 30 } });
    expect(plain(only(template, 'AWS::Logs::LogGroup')['KmsKeyId'])).toBe('<Key.Arn>');
  });

  it('masks personal data in its log', () => {
    const policy = only(template, 'AWS::Logs::LogGroup')['DataProtectionPolicy'] as { Statement: { DataIdentifier: unknown[]; Operation: object }[] };
    const [audit, mask] = policy.Statement;
    expect(mask?.Operation).toEqual({ Deidentify: { MaskConfig: {} } });
    expect(audit?.DataIdentifier).toEqual(mask?.DataIdentifier);
    const masked = mask?.DataIdentifier.map((identifier) => plain(identifier).split('/').at(-1));
    expect(masked).toEqual(expect.arrayContaining(['EmailAddress', 'CreditCardNumber', 'IpAddress', 'AwsSecretKey', 'PhoneNumber-DE']));
  });
});

describe('by choice', () => {
  it('a function reserves concurrency', () => {
    const { template } = make({ size: { memoryMegabytes: 512, timeoutSeconds: 20, reservedConcurrency: 7 } });
    expect(functionCalled(template, 'demo-chat')).toMatchObject({ ReservedConcurrentExecutions: 7 });
  });

  it('events that could not be delivered go to a queue', () => {
    const { template } = capability((around) => {
      const deadLetters = new Queue(around.stack, 'Dead');
      return new ServiceFunction(around.stack, 'Chat', { runtime: around.runtime, name: 'chat', description: 'Answers', size: { memoryMegabytes: 512, timeoutSeconds: 20 }, deadLetters });
    });
    expect(plain((functionCalled(template, 'demo-chat')['DeadLetterConfig'] as Properties)['TargetArn'])).toBe('<Dead.Arn>');
  });

  it('exact grants and variables are added', () => {
    const { template } = capability((around) => {
      const caller = around.caller();
      caller.allow(['sqs:SendMessage'], ['arn:aws:sqs:eu-central-1:111122223333:q'], { Bool: { 'aws:SecureTransport': 'true' } });
      caller.tell('QUEUE', 'q');
    });
    expect(grantsOf(template, 'demo-interactions')).toEqual(['sqs:SendMessage on arn:aws:sqs:eu-central-1:111122223333:q if Bool aws:SecureTransport = true']);
    expect(variablesOf(template, 'demo-interactions')).toMatchObject({ QUEUE: 'q' });
  });
});

describe('in a VPC that is brought', () => {
  const { template } = make({}, { vpc: VPC });

  it('runs in its private subnets and security groups', () => {
    expect(functionCalled(template, 'demo-chat')['VpcConfig']).toEqual({ SubnetIds: VPC.privateSubnetIds, SecurityGroupIds: VPC.securityGroupIds });
    expect([...propertiesOf(template, 'AWS::EC2::SecurityGroup')]).toEqual([]);
  });

  it('lets the service make network interfaces, and not the code', () => {
    const actions = 'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses';
    expect(grantsOf(template, 'demo-chat')).toEqual([
      `${actions} on *`,
      `deny ${actions} on * if ArnEquals lambda:SourceFunctionArn = arn:<AWS::Partition>:lambda:eu-central-1:111122223333:function:demo-chat`,
    ]);
  });

  it('is made after both policies', () => {
    const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
    for (const policy of propertiesOf(template, 'AWS::IAM::ManagedPolicy').keys()) expect(list(fn?.['DependsOn'])).toContain(policy);
    expect(propertiesOf(template, 'AWS::IAM::ManagedPolicy').size).toBe(2);
  });

  it('takes a zone twice when two subnets are in it', () => {
    const vpc = { ...VPC, privateSubnetIds: [...VPC.privateSubnetIds, 'subnet-0a1b2c3d4e5f67892'], availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1b'] };
    expect(functionCalled(make({}, { vpc }).template, 'demo-chat')['VpcConfig']).toMatchObject({ SubnetIds: vpc.privateSubnetIds });
  });
});

describe('retention of logs', () => {
  it.each([0, 31, 9_999, -1])('of %i days is refused with what is offered', (logRetentionDays) => {
    expect(() => make({}, { logRetentionDays })).toThrow(`Log retention of ${logRetentionDays} days is not offered by CloudWatch Logs; use one of 1, 3, 5, 7, 14, 30, 60, 90,`);
  });

  it.each([1, 14, 365, 3_653])('of %i days is offered', (logRetentionDays) => {
    expect(only(make({}, { logRetentionDays }).template, 'AWS::Logs::LogGroup')).toMatchObject({ RetentionInDays: logRetentionDays });
  });
});
