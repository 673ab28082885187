import { createHash } from 'node:crypto';
import type { EstateModel, Resource } from '../assembly/model.ts';
import type { Clock } from '../clock.ts';
import { arrayOf, objectOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { compileSchedule } from './cron.ts';
import type { NextRun } from './cron.ts';
import { enabled } from './resources.ts';

/** A function that runs by the clock. */
export interface ScheduledTarget {
  /** Logical id of the rule or schedule. */
  readonly name: string;
  readonly functionArn: string;
  readonly next: NextRun;
  /** Event for a run at that time, in epoch milliseconds. */
  readonly event: (at: number) => unknown;
}

/** Rules and schedules whose targets are functions. @throws Error for an expression or time zone that is not emulated */
export function scheduledTargets(model: EstateModel): readonly ScheduledTarget[] {
  const rules = model.ofType('AWS::Events::Rule').filter((rule) => enabled(rule) && rule.get('ScheduleExpression') !== undefined);
  const schedules = model.ofType('AWS::Scheduler::Schedule').filter(enabled);
  return [
    ...rules.flatMap((rule) => arrayOf(rule.get('Targets')).map(objectOf).flatMap((target) => targetOf(rule, target, (at) => scheduledEvent(rule, at)))),
    ...schedules.flatMap((schedule) => targetOf(schedule, objectOf(schedule.get('Target')), () => ({}))),
  ];
}

function targetOf(source: Resource, target: JsonObject, usual: (at: number) => unknown): readonly ScheduledTarget[] {
  const arn = textOf(target['Arn']) ?? '';
  if (!arn.includes(':lambda:')) return [];
  const zone = textOf(source.get('ScheduleExpressionTimezone')) ?? 'UTC';
  if (!/^(?:Etc\/)?(?:UTC|GMT)$/.test(zone)) throw new Error(`${source.logicalId} runs by the time zone '${zone}'; the local runner knows UTC only.`);
  const input = inputOf(target, source.logicalId);
  return [{ name: source.logicalId, functionArn: arn, next: compileSchedule(textOf(source.get('ScheduleExpression')) ?? ''), event: input === undefined ? usual : () => input(usual(0)) }];
}

function scheduledEvent(rule: Resource, at: number): unknown {
  const digest = createHash('sha256').update(`${rule.logicalId} ${at}`).digest('hex');
  return {
    version: '0',
    id: digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: rule.stack.accountId,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: rule.stack.region,
    resources: [rule.attribute('Arn')],
    detail: {},
  };
}

/**
 * What a target makes of an event: a constant (`Input`), a part (`InputPath`); undefined: the event as it is.
 * @throws Error for an InputTransformer, which is not emulated
 */
export function inputOf(target: JsonObject, where: string): ((event: unknown) => unknown) | undefined {
  if (target['InputTransformer'] !== undefined) throw new Error(`${where} has an InputTransformer, which the local runner does not emulate. Use Input or InputPath.`);
  const input = textOf(target['Input']);
  if (input !== undefined) {
    const value: unknown = JSON.parse(input);
    return () => value;
  }
  const path = textOf(target['InputPath']);
  if (path === undefined || path === '$') return undefined;
  const members = path.replace(/^\$\.?/, '').split('.');
  return (event) => members.reduce<unknown>((value, member) => objectOf(value)[member], event);
}

/**
 * Runs targets at their times. A run that is due while the machine sleeps happens once, when it wakes.
 * @returns the way to stop
 */
export function runSchedules(targets: readonly ScheduledTarget[], clock: Clock, run: (target: ScheduledTarget, at: number) => void): () => void {
  const cancels = new Map<ScheduledTarget, () => void>();
  const plan = (target: ScheduledTarget): void => {
    const at = target.next(clock.now());
    if (at === undefined) return;
    cancels.set(target, clock.after(at - clock.now(), () => {
      plan(target);
      run(target, at);
    }));
  };
  for (const target of targets) plan(target);
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
}
