import { CfnGatewayResponse } from 'aws-cdk-lib/aws-apigateway';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { CORS_ON_ERRORS } from './cors.ts';
import { GATEWAY_PROBLEMS } from './gateway-problems.ts';
import type { GatewayProblem } from './gateway-problems.ts';

/** Props of {@link GatewayResponses}. */
export interface GatewayResponsesProps {
  readonly api: RestApi;
  /** Other sites embed the chat: their scripts must be able to read the errors. */
  readonly crossOrigin: boolean;
}

/** Makes everything that the gateway answers by itself RFC 9457 problem details. */
export class GatewayResponses extends Construct {
  constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    for (const [responseType, answer] of Object.entries<GatewayProblem>(GATEWAY_PROBLEMS)) this.#add(responseType, answer, props);
  }

  #add(responseType: string, { problem, headers }: GatewayProblem, { api, crossOrigin }: GatewayResponsesProps): void {
    // The gateway picks a template by this key only; the header says what the body is.
    const all = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers, ...(crossOrigin ? CORS_ON_ERRORS : {}) };
    const answer = {
      responseType,
      statusCode: String(problem.status),
      responseParameters: Object.fromEntries(Object.entries(all).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`])),
      responseTemplates: { 'application/json': JSON.stringify(problem) },
    };
    const response = new CfnGatewayResponse(this, responseType, { restApiId: api.restApiId, ...answer });
    // A gateway response takes effect with the next deployment of the API, so each is part of the deployment's fingerprint.
    api.latestDeployment?.node.addDependency(response);
    api.latestDeployment?.addToLogicalId({ gatewayResponse: answer });
  }
}
