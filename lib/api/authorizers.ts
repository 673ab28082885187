import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib';
import { AuthorizationType, CfnAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Caller } from '../../lambda/contracts/routes.ts';
import { admitGateway, invocationUri } from './invocation.ts';
import type { LiveFunction } from './invocation.ts';

/**
 * Time for which the gateway remembers what the authorizer said of a token. The authorizer's policy is for the whole
 * API, so one answer serves all routes; a token that was revoked works for this long at most (API Gateway allows 0-300 s).
 */
const REMEMBERED = Duration.seconds(60);

/** Props of {@link Authorizers}. */
export interface AuthorizersProps {
  readonly prefix: string;
  readonly api: RestApi;
  readonly authorizer: LiveFunction;
  /** Whether what the authorizer says depends on the address that a caller has, beside the token. */
  readonly judgesAddress: boolean;
}

/** The authorizers of the API: one function, asked in two ways. */
export class Authorizers extends Construct {
  readonly #byCaller: Readonly<Record<Caller, MethodOptions>>;

  constructor(scope: Construct, id: string, props: AuthorizersProps) {
    super(scope, id);
    // Without the header the gateway itself answers 401; with it, the answer is remembered by the header's value. Where the address
    // matters, it is remembered by both: else a token would be good from anywhere once it was used from where it may be.
    const sources = ['method.request.header.Authorization', ...(props.judgesAddress ? ['context.identity.sourceIp'] : [])];
    const signedIn = this.#authorizer('SignedIn', 'signed-in', REMEMBERED, props, sources.join(','));
    // The token is optional, so the function is asked each time; there is nothing to remember an answer by.
    const anyone = this.#authorizer('Anyone', 'anyone', Duration.seconds(0), props);
    this.#byCaller = { public: { authorizationType: AuthorizationType.NONE }, anyone, conversation: signedIn, 'conversation-or-staff': signedIn, staff: signedIn };
  }

  /** How a method asks who its caller is. */
  optionsFor(caller: Caller): MethodOptions {
    return this.#byCaller[caller];
  }

  #authorizer(id: string, name: string, remembered: Duration, props: AuthorizersProps, identitySource?: string): MethodOptions {
    const settings = { type: 'REQUEST', authorizerResultTtlInSeconds: remembered.toSeconds(), ...(identitySource ? { identitySource } : {}) };
    const authorizer = new CfnAuthorizer(this, id, {
      restApiId: props.api.restApiId,
      name: `${props.prefix}-${name}`,
      authorizerUri: invocationUri(props.authorizer, 'BUFFERED'),
      ...settings,
    });
    props.api.latestDeployment?.addToLogicalId({ authorizer: { name, ...settings } });
    const sourceArn = Stack.of(this).formatArn({ service: 'execute-api', account: Aws.ACCOUNT_ID, resource: props.api.restApiId, resourceName: `authorizers/${authorizer.attrAuthorizerId}`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    admitGateway(this, `Invoke${id}`, props.authorizer, sourceArn);
    return { authorizationType: AuthorizationType.CUSTOM, authorizer: { authorizerId: authorizer.attrAuthorizerId, authorizationType: AuthorizationType.CUSTOM } };
  }
}
