import { describe, expect, it } from 'vitest';
import { Guardrail } from '../../../config/schema/conversation.ts';
import { ModelGuardrail } from '../../../lib/model/index.ts';
import type { ModelGuardrailProps } from '../../../lib/model/index.ts';
import { alarmCalled, capability, grantsOf, only, plain, variablesOf } from '../../support/capability-app.ts';

const make = (options: object = {}, prefix = 'demo') =>
  capability(({ stack, key, observability, caller }) => {
    const guardrail = Guardrail.parse({ enabled: true, ...options }) as ModelGuardrailProps['guardrail'];
    new ModelGuardrail(stack, 'Guardrail', { prefix, guardrail, key, owner: 'support-lead', observability }).grantApply(caller());
  }).template;

const template = make();

describe('the guardrail', () => {
  it('stops prompt attacks in questions with full strength', () => {
    expect(only(template, 'AWS::Bedrock::Guardrail')['ContentPolicyConfig']).toEqual({ FiltersConfig: [{ Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' }] });
    expect(only(make({ promptAttackStrength: 'LOW' }), 'AWS::Bedrock::Guardrail')['ContentPolicyConfig']).toMatchObject({ FiltersConfig: [{ InputStrength: 'LOW' }] });
  });

  it('masks personal data, and never blocks a reply because of it', () => {
    const { PiiEntitiesConfig } = only(template, 'AWS::Bedrock::Guardrail')['SensitiveInformationPolicyConfig'] as { PiiEntitiesConfig: { Type: string; Action: string }[] };
    expect(PiiEntitiesConfig.map(({ Type }) => Type)).toEqual(expect.arrayContaining(['EMAIL', 'PHONE', 'CREDIT_DEBIT_CARD_NUMBER', 'PASSWORD']));
    expect(new Set(PiiEntitiesConfig.map(({ Action }) => Action))).toEqual(new Set(['ANONYMIZE']));
  });

  it('is encrypted under a customer key', () => {
    expect(plain(only(template, 'AWS::Bedrock::Guardrail')['KmsKeyArn'])).toBe('<Key.Arn>');
  });

  it('has a name that Bedrock takes with the longest prefix', () => {
    expect(String(only(make({}, 'a'.repeat(20)), 'AWS::Bedrock::Guardrail')['Name']).length).toBeLessThanOrEqual(50);
  });

  it('gets a new version when what it does changes, and only then', () => {
    const description = (options: object): unknown => only(make(options), 'AWS::Bedrock::GuardrailVersion')['Description'];
    expect(description({})).toBe(description({}));
    expect(new Set([description({}), description({ promptAttackStrength: 'LOW' }), description({ piiEntities: ['EMAIL'] })]).size).toBe(3);
  });

  it('may be applied by whom it is granted to, who is told which version', () => {
    expect(grantsOf(template, 'demo-interactions')).toEqual(['bedrock:ApplyGuardrail on <Guardrail.GuardrailArn>', 'kms:Decrypt on <Key.Arn> if StringEquals kms:ViaService = bedrock.eu-central-1.amazonaws.com']);
    expect(variablesOf(template, 'demo-interactions')).toMatchObject({ GUARDRAIL_ID: '<Guardrail.GuardrailId>', GUARDRAIL_VERSION: '<GuardrailVersion.Version>' });
  });

  it('raises an alarm when it steps in often', () => {
    const { properties } = alarmCalled(template, 'demo-guardrail-interventions');
    expect(properties).toMatchObject({ Namespace: 'AWS/Bedrock/Guardrails', MetricName: 'InvocationsIntervened', Threshold: 20, EvaluationPeriods: 2 });
    expect((properties['Dimensions'] as { Name: string; Value: unknown }[]).map(({ Name, Value }) => `${Name}=${plain(Value)}`)).toEqual(['GuardrailArn=<Guardrail.GuardrailArn>', 'GuardrailVersion=<GuardrailVersion.Version>']);
  });
});
