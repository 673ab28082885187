import type { Loopback } from '../aws/index.ts';
import type { EstateModel, Resource } from '../assembly/model.ts';
import { numberOf, objectOf, textOf } from '../json.ts';
import type { ScheduledTarget } from './schedules.ts';
import { compileSchedule } from './cron.ts';

/** The steps in which Secrets Manager has a secret rotated. */
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** A secret that a function rotates. */
export interface Rotation extends Pick<ScheduledTarget, 'name' | 'functionArn' | 'next'> {
  readonly secretArn: string;
  /** Rotated as soon as it is created, which is what CloudFormation does unless told otherwise. */
  readonly atOnce: boolean;
}

/** The rotation schedules of the environment. @throws Error for an expression that is not emulated */
export function rotationsOf(model: EstateModel): readonly Rotation[] {
  return model.ofType('AWS::SecretsManager::RotationSchedule').map((schedule) => ({
    name: schedule.logicalId,
    functionArn: String(schedule.get('RotationLambdaARN')),
    secretArn: String(schedule.get('SecretId')),
    next: compileSchedule(expressionOf(schedule)),
    atOnce: schedule.get('RotateImmediatelyOnUpdate') !== false,
  }));
}

function expressionOf(schedule: Resource): string {
  const rules = objectOf(schedule.get('RotationRules'));
  return textOf(rules['ScheduleExpression']) ?? `rate(${numberOf(rules['AutomaticallyAfterDays']) ?? 30} days)`;
}

/** Has a secret rotated in the four steps. @throws FunctionError when the function fails in one of them */
export async function rotate({ functionArn, secretArn }: Pick<Rotation, 'functionArn' | 'secretArn'>, loopback: Loopback, invoke: (functionArn: string, event: unknown) => Promise<unknown>): Promise<void> {
  const token = loopback.beginRotation(secretArn);
  for (const step of STEPS) await invoke(functionArn, { Step: step, SecretId: secretArn, ClientRequestToken: token });
}
