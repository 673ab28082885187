import { Aws, Duration } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { VendorCredentialConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { DIMENSIONS, METRICS } from '../../lambda/contracts/metrics.ts';
import { acceptRisk } from '../compliance/index.ts';
import { declareData } from '../governance/index.ts';
import { estateMetric, ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { DeadLetterQueue, grantSend, ServiceFunction } from '../runtime/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** What it means for users that the daily check did not do its work. */
const NOBODY_NOTICES = 'None yet: nobody would notice a credential that is too old.';

/** Props of {@link VendorCredentials}. */
export interface VendorCredentialsProps {
  readonly prefix: string;
  readonly credentials: readonly VendorCredentialConfig[];
  readonly key: IKey;
  readonly runtime: RuntimeProps;
  readonly removal: RemovalPolicy;
  readonly owner: string;
  /** Age that raises an alarm, in days. */
  readonly maxAgeDays: number;
  readonly observability: Observability;
}

/**
 * Credentials of systems that the estate calls. They are made empty: their values are put in by hand, in two versions
 * while the vendor changes over, and nothing rotates them, because no function can rotate another company's key. A
 * daily check publishes their age; an empty one has none. A check that failed, or that could not be started, is kept as a dead letter.
 */
export class VendorCredentials extends Construct {
  readonly secrets: ReadonlyMap<string, CfnSecret>;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: VendorCredentialsProps) {
    super(scope, id);
    this.#key = props.key;
    const secrets = new Map<string, CfnSecret>();
    for (const { name, usedBy } of props.credentials) {
      const secret = new CfnSecret(this, `Secret-${name}`, { name: `${props.prefix}/vendor/${name}`, description: `Credential for ${usedBy}; its value is put in by hand`, kmsKeyId: props.key.keyArn });
      secret.applyRemovalPolicy(props.removal);
      declareData(secret, { dataClass: 'operational', purpose: 'vendor access', legalBasis: 'none', retentionDays: props.maxAgeDays, owner: props.owner });
      secrets.set(name, secret);
      this.#ageAlarm(name, props);
    }
    this.secrets = secrets;
    if (secrets.size === 0) return;
    acceptRisk(
      {
        id: 'vendor-keys-rotate-by-hand',
        findings: ['AwsSolutions::AwsSolutions-SMG4', 'HIPAA.Security::HIPAA.Security-SecretsManagerRotationEnabled', 'NIST.800.53.R5::NIST.800.53.R5-SecretsManagerRotationEnabled'],
        justification: 'A vendor issues these credentials; no function of ours can make the vendor accept a new one, so automatic rotation would only break the integration.',
        compensatingControl: `An alarm at ${props.maxAgeDays} days and a two-version procedure in the runbook.`,
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      ...secrets.values(),
    );
    this.#watchAge(props, [...secrets.values()]);
  }

  /**
   * The value of one credential may be read.
   * @param variable environment variable that is told its ARN
   * @throws Error when there is no credential of that name
   */
  grantRead(name: string, fn: ServiceFunction, variable: string): void {
    const secret = this.secrets.get(name);
    if (secret === undefined) throw new Error(`There is no vendor credential ${name}; there are: ${[...this.secrets.keys()].join(', ') || 'none'}.`);
    fn.allow(['secretsmanager:GetSecretValue'], [secret.ref]);
    fn.allow(['kms:Decrypt'], [this.#key.keyArn], { StringEquals: { 'kms:ViaService': `secretsmanager.${Aws.REGION}.amazonaws.com` } });
    fn.tell(variable, secret.ref);
  }

  #watchAge(props: VendorCredentialsProps, secrets: readonly CfnSecret[]): void {
    const { prefix, key, owner, observability } = props;
    const dead = new DeadLetterQueue(this, 'DeadChecks', {
      queueName: `${prefix}-credential-checks-dead`,
      key,
      owner,
      observability,
      alarmName: 'dead-credential-checks',
      chapter: 'credential-check-missing',
      userImpact: NOBODY_NOTICES,
    });
    const watch = new ServiceFunction(this, 'Age', { runtime: props.runtime, name: 'credential-age', description: 'Publishes the age of vendor credentials', size: { memoryMegabytes: 256, timeoutSeconds: 30 }, deadLetters: dead.queue });
    grantSend(dead.queue, key, watch);
    // The dates of the versions, never a value; a secret's own date moves with its tags.
    watch.allow(['secretsmanager:ListSecretVersionIds'], secrets.map(({ ref }) => ref));
    watch.tell(ENV.vendorSecrets, watch.function.stack.toJsonString(secrets.map(({ ref }) => ref)));
    new ServiceAlarm(this, 'CheckMissing', {
      observability,
      name: 'credential-check-missing',
      severity: 'ticket',
      userImpact: NOBODY_NOTICES,
      metric: watch.function.metricInvocations({ period: Duration.days(1), statistic: Stats.SUM }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      // A run that slips over the end of its day leaves one period empty, never two. CloudWatch evaluates up to seven days at such periods.
      periods: 2,
      missingData: { treat: TreatMissingData.BREACHING, because: 'no data means that the daily check does not run.' },
    });
    new Rule(this, 'Daily', {
      description: 'Runs the check of credential ages',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(watch.function, { retryAttempts: 2, event: RuleTargetInput.fromObject({ credentialAge: true }), deadLetterQueue: dead.queue })],
    });
  }

  #ageAlarm(name: string, props: VendorCredentialsProps): void {
    new ServiceAlarm(this, `Age-${name}`, {
      observability: props.observability,
      name: `credential-age-${name}`,
      chapter: 'credential-age',
      severity: 'ticket',
      userImpact: 'None yet: a credential is older than policy allows.',
      metric: estateMetric(props.prefix, METRICS.credentialAgeDays, { statistic: Stats.MAXIMUM, period: Duration.days(1), dimensionsMap: { [DIMENSIONS.secret]: `${props.prefix}/vendor/${name}` } }),
      threshold: props.maxAgeDays,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'a credential without a value has no age.' },
    });
  }
}
