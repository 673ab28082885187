import { Aws, Duration } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../../lambda/contracts/env.ts';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link SigningSecret}. */
export interface SigningSecretProps {
  readonly prefix: string;
  readonly key: IKey;
  readonly runtime: RuntimeProps;
  readonly owner: string;
  readonly removal: RemovalPolicy;
  readonly observability: Observability;
}

/**
 * The key that signs conversation tokens. It rotates every 30 days; tokens under the previous version stay valid
 * until they expire, because readers accept both versions.
 */
export class SigningSecret extends Construct {
  readonly secret: Secret;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: SigningSecretProps) {
    super(scope, id);
    this.#key = props.key;
    this.secret = new Secret(this, 'Secret', {
      secretName: `${props.prefix}/token-signing-key`,
      description: 'Signs conversation tokens',
      encryptionKey: props.key,
      removalPolicy: props.removal,
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'key', passwordLength: 64, excludePunctuation: true },
    });
    declareData(this.secret, { dataClass: 'operational', purpose: 'token signing', legalBasis: 'none', retentionDays: 30, owner: props.owner });
    const rotate = new ServiceFunction(this, 'Rotate', {
      runtime: props.runtime,
      name: 'rotate-signing-key',
      description: 'Makes the next key that signs conversation tokens',
      size: { memoryMegabytes: 256, timeoutSeconds: 30 },
    });
    rotate.allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [this.secret.secretArn]);
    rotate.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [props.key.keyArn], { StringEquals: { 'kms:ViaService': `secretsmanager.${Aws.REGION}.amazonaws.com` } });
    // Secrets Manager documents the account as the source of its calls, and no ARN: a condition on one could refuse the rotation.
    rotate.function.addPermission('SecretsManager', { principal: new ServicePrincipal('secretsmanager.amazonaws.com'), sourceAccount: Aws.ACCOUNT_ID });
    // The first value is generated with the secret, so a rotation at creation has something to rotate; it is still left to the schedule.
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: this.secret.secretArn,
      rotationLambdaArn: rotate.function.functionArn,
      rotateImmediatelyOnUpdate: false,
      rotationRules: { scheduleExpression: 'rate(30 days)' },
    });
    schedule.node.addDependency(rotate);
    new ServiceAlarm(this, 'RotationFailed', {
      observability: props.observability,
      name: 'signing-key-rotation-failed',
      severity: 'ticket',
      userImpact: 'None yet: tokens are still signed with the old key, which lives longer than policy allows.',
      metric: rotate.function.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 1,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'the function runs once in 30 days.' },
    });
  }

  /** The key versions may be read: to sign, and to check a token. */
  grantRead(fn: ServiceFunction): void {
    fn.allow(['secretsmanager:GetSecretValue'], [this.secret.secretArn]);
    fn.allow(['kms:Decrypt'], [this.#key.keyArn], { StringEquals: { 'kms:ViaService': `secretsmanager.${Aws.REGION}.amazonaws.com` } });
    fn.tell(ENV.signingSecret, this.secret.secretArn);
  }
}
