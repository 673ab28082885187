import { Duration } from 'aws-cdk-lib';
import { Integration, IntegrationType, RequestValidator, ResponseTransferMode } from 'aws-cdk-lib/aws-apigateway';
import type { Method, MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { ApiConfig } from '../../config/schema/index.ts';
import { ROUTES } from '../../lambda/contracts/routes.ts';
import type { Route } from '../../lambda/contracts/routes.ts';
import { acceptRisk } from '../compliance/index.ts';
import type { Authorizers } from './authorizers.ts';
import { answerPreflights } from './cors.ts';
import { admitGateway, invocationUri } from './invocation.ts';
import type { LiveFunction, TransferMode } from './invocation.ts';
import { API_STAGE } from './stage.ts';

/** Replies stream from their first byte; pages are small and whole. */
const TRANSFER_MODES: Readonly<Record<Route['servedBy'], TransferMode>> = { chat: 'STREAM', pages: 'BUFFERED' };

/** Props of {@link Routes}. */
export interface RoutesProps {
  readonly api: RestApi;
  readonly config: Pick<ApiConfig, 'embedOrigins' | 'integrationTimeoutSeconds'>;
  /** Function behind each kind of route. */
  readonly functions: Readonly<Record<Route['servedBy'], LiveFunction>>;
  readonly authorizers: Authorizers;
}

/** Every route of the contract as a method of the API, and the permission that it needs. */
export class Routes extends Construct {
  /** Methods that anybody may call. */
  readonly publicMethods: readonly Method[];
  readonly #props: RoutesProps;
  readonly #validator: RequestValidator;

  constructor(scope: Construct, id: string, props: RoutesProps) {
    super(scope, id);
    this.#props = props;
    this.#validator = new RequestValidator(this, 'Headers', { restApi: props.api, validateRequestParameters: true, validateRequestBody: false });
    const methods = ROUTES.map((route: Route) => ({ route, method: this.#add(route) }));
    this.publicMethods = methods.filter(({ route }) => route.caller === 'public').map(({ method }) => method);
    acceptCallerRisks(this.publicMethods, methods.map(({ method }) => method).filter((method) => !this.publicMethods.includes(method)));
    if (props.config.embedOrigins.length > 0) this.#preflights();
  }

  #add(route: Route): Method {
    const { api, authorizers } = this.#props;
    const method = api.root.resourceForPath(route.path).addMethod(route.method, this.#integration(route), {
      operationName: route.operationId,
      ...authorizers.optionsFor(route.caller),
      ...this.#demands(route),
    });
    const path = route.path.replaceAll(/\{[^}]+\}/g, '*');
    admitGateway(method, 'Invoke', this.#props.functions[route.servedBy], api.arnForExecuteApi(route.method, path, API_STAGE));
    return method;
  }

  #integration({ servedBy }: Route): Integration {
    const mode = TRANSFER_MODES[servedBy];
    return new Integration({
      type: IntegrationType.AWS_PROXY,
      integrationHttpMethod: 'POST',
      uri: invocationUri(this.#props.functions[servedBy], mode),
      options: { timeout: Duration.seconds(this.#props.config.integrationTimeoutSeconds), responseTransferMode: ResponseTransferMode[mode] },
    });
  }

  #demands({ requiredHeader }: Route): MethodOptions {
    return requiredHeader ? { requestParameters: { [`method.request.header.${requiredHeader}`]: true }, requestValidator: this.#validator } : {};
  }

  /** Scripts of other sites call the conversation routes; what is public is fetched without a preflight, and no other site's page speaks for staff. */
  #preflights(): void {
    const called = ROUTES.filter(({ caller }) => caller !== 'public' && caller !== 'staff');
    for (const path of new Set(called.map((route) => route.path))) {
      const methods = called.filter((route) => route.path === path).map(({ method }) => method);
      answerPreflights(this.#props.api.root.resourceForPath(path), methods, this.#props.config.embedOrigins);
    }
  }
}

function acceptCallerRisks(publicMethods: readonly Method[], others: readonly Method[]): void {
  acceptRisk(
    {
      id: 'public-routes',
      findings: ['AwsSolutions::AwsSolutions-APIG4', 'AwsSolutions::AwsSolutions-COG4'],
      justification: 'A browser must be able to load the chat page before anybody has a token, and a health check must work for monitors that have none.',
      compensatingControl: 'These routes read no data: they answer with static files or one word, behind the throttles of the stage, and the rate rules of the firewall where it is not switched off.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    ...publicMethods,
  );
  acceptRisk(
    {
      id: 'own-authorizer',
      findings: ['AwsSolutions::AwsSolutions-COG4'],
      justification: 'Callers are visitors without an account, customers of the platform’s own issuer, and staff; a Cognito authorizer knows only the last of them.',
      compensatingControl: 'A Lambda authorizer checks the conversation token, or the staff or customer token against its issuer, on each of these methods.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    ...others,
  );
}
