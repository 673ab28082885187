import type { Statement } from './statement.ts';

const allows = (actions: readonly string[]): Statement => ({ effect: 'Allow', actions, resources: ['*'], conditions: {} });

/**
 * Managed policies of AWS whose text is short, public and has not grown for years, by the end of their ARN (AWS Managed Policy Reference
 * Guide). The text of any other is in no template: what it allows is unknown.
 */
export const KNOWN_POLICIES: Readonly<Record<string, Statement>> = {
  'policy/AdministratorAccess': allows(['*']),
  'policy/AWSXRayDaemonWriteAccess': allows(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries']),
  'policy/service-role/AWSLambdaBasicExecutionRole': allows(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  'policy/service-role/AWSLambdaVPCAccessExecutionRole': allows(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses']),
};
