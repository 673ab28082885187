import { describe, expect, it } from 'vitest';
import { Guardrail } from '../../../config/schema/conversation.ts';
import { ModelGuardrail } from '../../../lib/model/index.ts';
import type { ModelGuardrailProps } from '../../../lib/model/index.ts';
import type { Changes } from '../../config/sample.ts';
import { estateOf } from '../../support/estate.ts';
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

  it('keeps the version before: functions of the release before still name it', () => {
    const [version] = Object.values(template.findResources('AWS::Bedrock::GuardrailVersion'));
    expect(version).toMatchObject({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' });
  });

  it('gives its users a new version of their own when what it does changes, and only then', () => {
    const versionOf = (options: object): string => {
      const changed = capability(({ stack, key, observability, caller }) => {
        const fn = caller();
        new ModelGuardrail(stack, 'Guardrail', { prefix: 'demo', guardrail: Guardrail.parse({ enabled: true, ...options }) as ModelGuardrailProps['guardrail'], key, owner: 'support-lead', observability }).grantApply(fn);
        return fn.function.currentVersion;
      });
      return Object.keys(changed.template.findResources('AWS::Lambda::Version')).join();
    };
    expect(versionOf({})).toBe(versionOf({}));
    expect(new Set([versionOf({}), versionOf({ promptAttackStrength: 'LOW' }), versionOf({ piiEntities: ['EMAIL'] })]).size).toBe(3);
  });

  it('so reaches the chat function and the turn worker of an environment, and no other function', () => {
    const versions = (changes: Changes): string[] => estateOf('prod', changes).of('AWS::Lambda::Version').map(({ id }) => id);
    const before = new Set(versions({}));
    const changed = versions({ 'guardrail.piiEntities': ['EMAIL', 'PHONE'] }).filter((id) => !before.has(id));
    expect(changed.map((id) => id.replace(/CurrentVersion.*/, '')).toSorted()).toEqual(['ChatFunction', 'ChatTurnWorkerFunction']);
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
