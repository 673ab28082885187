import { Aws } from 'aws-cdk-lib';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** A function that serves traffic, by the alias that its traffic shifts on. */
export interface LiveFunction {
  /** ARN of the alias; it may come from another stack. */
  readonly aliasArn: string;
}

/** How the gateway hands on a response: as it comes, or when it is whole. */
export type TransferMode = 'STREAM' | 'BUFFERED';

/** URI under which API Gateway invokes a function. */
export function invocationUri({ aliasArn }: LiveFunction, mode: TransferMode): string {
  const action = mode === 'STREAM' ? `2021-11-15/functions/${aliasArn}/response-streaming-invocations` : `2015-03-31/functions/${aliasArn}/invocations`;
  return `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/${action}`;
}

/**
 * Lets exactly one method or authorizer of the API invoke a function. The permission stands in the API's stack: in the
 * function's it would point back at the API, and neither stack could be deployed first.
 */
export function admitGateway(scope: Construct, id: string, { aliasArn }: LiveFunction, sourceArn: string): void {
  new CfnPermission(scope, id, { action: 'lambda:InvokeFunction', functionName: aliasArn, principal: 'apigateway.amazonaws.com', sourceArn, sourceAccount: Aws.ACCOUNT_ID });
}
