import { createHash } from 'node:crypto';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { GuardrailConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { declareData } from '../governance/index.ts';
import { ServiceAlarm } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import type { ServiceFunction } from '../runtime/index.ts';

/** Props of {@link ModelGuardrail}. */
export interface ModelGuardrailProps {
  readonly prefix: string;
  readonly guardrail: Extract<GuardrailConfig, { enabled: true }>;
  readonly key: IKey;
  readonly owner: string;
  readonly observability: Observability;
}

/** Guardrail on model calls: masks personal data in replies and stops prompt attacks in questions. */
export class ModelGuardrail extends Construct {
  readonly guardrail: CfnGuardrail;
  readonly version: CfnGuardrailVersion;
  readonly #key: IKey;
  readonly #fingerprint: string;

  constructor(scope: Construct, id: string, props: ModelGuardrailProps) {
    super(scope, id);
    this.#key = props.key;
    const policies = {
      blockedInputMessaging: 'BLOCKED_INPUT',
      blockedOutputsMessaging: 'BLOCKED_OUTPUT',
      contentPolicyConfig: { filtersConfig: [{ type: 'PROMPT_ATTACK', inputStrength: props.guardrail.promptAttackStrength, outputStrength: 'NONE' }] },
      sensitiveInformationPolicyConfig: { piiEntitiesConfig: props.guardrail.piiEntities.map((type) => ({ type, action: 'ANONYMIZE' })) },
    };
    this.guardrail = new CfnGuardrail(this, 'Guardrail', {
      name: `${props.prefix}-guardrail`,
      description: 'Masks personal data in replies, stops prompt attacks in questions',
      kmsKeyArn: props.key.keyArn,
      ...policies,
    });
    // A version is a snapshot that never changes. Another description makes CloudFormation replace it, so that a change of
    // the policies reaches the calls, which name the version.
    this.#fingerprint = createHash('sha256').update(JSON.stringify(policies)).digest('hex').slice(0, 16);
    this.version = new CfnGuardrailVersion(this, 'Version', { guardrailIdentifier: this.guardrail.attrGuardrailId, description: `Policies ${this.#fingerprint}` });
    // Functions of the release before name the version before, during a canary and after a rollback: it stays. It goes with its guardrail.
    this.version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    declareData(this.guardrail, { dataClass: 'operational', purpose: 'model safety', legalBasis: 'none', retentionDays: 0, owner: props.owner });
    new ServiceAlarm(this, 'Interventions', {
      observability: props.observability,
      name: 'guardrail-interventions',
      severity: 'ticket',
      userImpact: 'Many questions are answered from the knowledge base only, because the guardrail stops them; somebody may be attacking the bot.',
      metric: new Metric({ namespace: 'AWS/Bedrock/Guardrails', metricName: 'InvocationsIntervened', statistic: Stats.SUM, period: Duration.minutes(5), dimensionsMap: { GuardrailArn: this.guardrail.attrGuardrailArn, GuardrailVersion: this.version.attrVersion } }),
      threshold: 20,
      periods: 2,
      missingData: { treat: TreatMissingData.NOT_BREACHING, because: 'the metric exists only when the guardrail stepped in.' },
    });
  }

  /** The guardrail may be applied to a function's model calls. */
  grantApply(fn: ServiceFunction): void {
    fn.allow(['bedrock:ApplyGuardrail'], [this.guardrail.attrGuardrailArn]);
    fn.allow(['kms:Decrypt'], [this.#key.keyArn], { StringEquals: { 'kms:ViaService': `bedrock.${this.guardrail.stack.region}.amazonaws.com` } });
    fn.tell(ENV.guardrailId, this.guardrail.attrGuardrailId);
    fn.tell(ENV.guardrailVersion, this.version.attrVersion);
    fn.tell(ENV.guardrailPolicies, this.#fingerprint);
  }
}
