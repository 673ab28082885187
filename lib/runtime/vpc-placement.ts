import { ArnFormat, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { FunctionProps } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ExistingConfig } from '../../config/schema/index.ts';
import { acceptRisk } from '../compliance/index.ts';

/** What AWS Lambda does in the name of a function's role to connect the function to a VPC (its developer guide lists them). */
const INTERFACE_ACTIONS = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];

/** Where a function runs, and what its role must be allowed before the function can be made. */
export interface VpcPlacement {
  readonly props: Pick<FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
  readonly policy: ManagedPolicy;
}

/** Puts a function into a VPC that was brought. */
export function placeInVpc(scope: Construct, functionName: string, role: Role, vpc: NonNullable<ExistingConfig['vpc']>): VpcPlacement {
  const { vpcId, availabilityZones, privateSubnetIds, securityGroupIds } = vpc;
  const subnets = privateSubnetIds.map((subnetId, index) => Subnet.fromSubnetAttributes(scope, `Subnet${index}`, { subnetId, availabilityZone: availabilityZones[index] }));
  return {
    props: {
      vpc: Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId, availabilityZones, privateSubnetIds }),
      vpcSubnets: { subnets },
      securityGroups: securityGroupIds.map((groupId, index) => SecurityGroup.fromSecurityGroupId(scope, `Group${index}`, groupId)),
    },
    policy: interfacePolicy(scope, functionName, role),
  };
}

function interfacePolicy(scope: Construct, functionName: string, role: Role): ManagedPolicy {
  // By name: the function waits for this policy.
  const functionArn = Stack.of(scope).formatArn({ service: 'lambda', resource: 'function', resourceName: functionName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const policy = new ManagedPolicy(scope, 'Network', {
    description: `Network interfaces of ${functionName}`,
    roles: [role],
    statements: [
      new PolicyStatement({ sid: 'LambdaMakesInterfaces', actions: INTERFACE_ACTIONS, resources: ['*'] }),
      new PolicyStatement({ sid: 'TheCodeDoesNot', effect: Effect.DENY, actions: INTERFACE_ACTIONS, resources: ['*'], conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } } }),
    ],
  });
  acceptRisk(
    {
      id: 'network-interfaces-have-no-names-yet',
      findings: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
      justification: 'AWS Lambda makes and removes network interfaces in the name of the role; their ids are not known before, and the describing actions have no resources.',
      compensatingControl: 'The same actions are denied to the code of the function, so that only the service uses them.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    policy,
  );
  return policy;
}
