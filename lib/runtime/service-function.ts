import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ExistingConfig, FunctionSize } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { metricNamespace } from '../../lambda/contracts/metrics.ts';
import { acceptRisk } from '../compliance/index.ts';
import { declareData } from '../governance/index.ts';
import { acceptFunctionRisks } from './function-risks.ts';
import type { Conditions, Grantee } from './grantee.ts';
import { retentionOf } from './log-retention.ts';
import { maskingPolicy } from './masking.ts';
import { placeInVpc } from './vpc-placement.ts';

/** What all functions of an environment have in common. */
export interface RuntimeProps {
  readonly prefix: string;
  /** Folder of the built bundles: one folder a function. */
  readonly bundles: string;
  /** Version of this release, stored with every reply. */
  readonly release: string;
  /** Key of the log groups. */
  readonly logsKey: IKey;
  readonly logRetentionDays: number;
  /** Role that answers for the logs. */
  readonly owner: string;
  /** @default - functions run outside a VPC */
  readonly vpc?: ExistingConfig['vpc'];
}

/** Props of {@link ServiceFunction}. */
export interface ServiceFunctionProps {
  readonly runtime: RuntimeProps;
  /** Name after the prefix: also the name of its bundle. */
  readonly name: string;
  readonly description: string;
  readonly size: FunctionSize;
  /** Settings that it reads as JSON. @default - none */
  readonly settings?: object;
  /** Where events go that an asynchronous call could not deliver. @default - none: its callers wait for the result */
  readonly deadLetters?: IQueue;
}

/**
 * The one way to make a function: its own role whose only policy is a managed one (and another one for the network
 * interfaces in a VPC), an encrypted log group that masks and expires, active tracing, the built bundle. Grants go through {@link ServiceFunction.allow}, which
 * takes exact actions on exact resources.
 */
export class ServiceFunction extends Construct implements Grantee {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly role: Role;
  readonly timeout: Duration;
  /** Everything that it may do. */
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const functionName = `${props.runtime.prefix}-${props.name}`;
    this.timeout = Duration.seconds(props.size.timeoutSeconds);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      encryptionKey: props.runtime.logsKey,
      retention: retentionOf(props.runtime.logRetentionDays),
      removalPolicy: RemovalPolicy.DESTROY,
      dataProtectionPolicy: maskingPolicy(`${functionName}-masking`),
    });
    // Identifiers and outcomes: what a log line may carry has no field for anybody's text.
    declareData(this.logGroup, { dataClass: 'operational', purpose: 'function log', legalBasis: 'none', retentionDays: props.runtime.logRetentionDays, owner: props.runtime.owner });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: `Execution role of ${functionName}` });
    this.policy = new ManagedPolicy(this, 'Policy', { description: `Everything that ${functionName} may do`, roles: [this.role] });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    this.allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    acceptRisk(
      {
        id: 'actions-without-resource-types',
        findings: ['AwsSolutions::AwsSolutions-IAM5[Resource::*]'],
        justification: 'AWS offers no resource types for the two actions of X-Ray that send traces, nor for the one of Comprehend that looks for personal data in a text, so their resource can only be a star.',
        compensatingControl: 'The statements hold these actions and nothing else: two that write traces, and, where a second opinion is asked for, one that reads the text that it is called with and stores nothing.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      this.policy,
    );
    const placement = props.runtime.vpc && placeInVpc(this, functionName, this.role, props.runtime.vpc);
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`${props.runtime.bundles}/${props.name}`),
      memorySize: props.size.memoryMegabytes,
      timeout: this.timeout,
      ...(props.size.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.size.reservedConcurrency }),
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      // The version before stays, so that the alias can be taken back to it by hand at any time.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(props.deadLetters ? { deadLetterQueue: props.deadLetters } : {}),
      environment: {
        [ENV.release]: props.runtime.release,
        [ENV.metricNamespace]: metricNamespace(props.runtime.prefix),
        ...(props.settings ? { [ENV.settings]: JSON.stringify(props.settings) } : {}),
      },
      ...placement?.props,
    });
    this.function.node.addDependency(this.policy, ...(placement ? [placement.policy] : []));
    acceptFunctionRisks(this.function, { inVpc: props.runtime.vpc !== undefined, reserved: props.size.reservedConcurrency !== undefined, deadLetters: props.deadLetters !== undefined });
  }

  /** Who a resource policy may name to admit this function. */
  get principal(): IPrincipal {
    return this.role.grantPrincipal;
  }

  /** Allows exact actions on exact resources. @param conditions IAM conditions, by operator. @default - none */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Conditions): void {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }));
  }

  /** Tells the function a value by the environment variable that its client reads. */
  tell(variable: string, value: string): void {
    this.function.addEnvironment(variable, value);
  }
}
