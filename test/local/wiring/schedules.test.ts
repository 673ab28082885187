import { describe, expect, it } from 'vitest';
import { EstateModel } from '../../../local/assembly/model.ts';
import type { ResourceDefinition } from '../../../local/assembly/template.ts';
import { runSchedules, scheduledTargets } from '../../../local/wiring/schedules.ts';
import { ManualClock } from '../support/manual-clock.ts';

const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:sweep';
const targets = (resources: Readonly<Record<string, ResourceDefinition>>) =>
  scheduledTargets(new EstateModel([{ name: 's', accountId: '111122223333', region: 'eu-central-1', template: { Resources: resources }, assets: new Map() }], { aws: () => '', issuer: () => '' }));
const rule = (properties: object): ResourceDefinition => ({ Type: 'AWS::Events::Rule', Properties: { Name: 'r', ScheduleExpression: 'rate(5 minutes)', Targets: [{ Arn: arn, Id: 'T' }], ...properties } });

describe('scheduled functions', () => {
  it('run at their times, with the event of EventBridge or the input declared', () => {
    const clock = new ManualClock();
    const runs: [string, unknown][] = [];
    const stop = runSchedules(targets({
      Plain: rule({}),
      Given: rule({ Targets: [{ Arn: arn, Id: 'T', Input: '{"sweep":true}' }] }),
      Part: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'cron(30 10 * * ? *)', ScheduleExpressionTimezone: 'Etc/UTC', Target: { Arn: arn } } },
      Off: rule({ State: 'DISABLED' }),
      Pattern: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['x'] }, Targets: [{ Arn: arn, Id: 'T' }] } },
      NoFunction: rule({ Targets: [{ Arn: 'arn:aws:sqs:eu-central-1:111122223333:q', Id: 'T' }] }),
    }), clock, (target, at) => void runs.push([target.name, target.event(at)]));
    clock.advance(5 * 60_000);
    expect(runs).toEqual([
      ['Plain', expect.objectContaining({ 'detail-type': 'Scheduled Event', source: 'aws.events', time: '2026-01-05T10:05:00Z', resources: ['arn:aws:events:eu-central-1:111122223333:rule/r'], detail: {} })],
      ['Given', { sweep: true }],
    ]);
    clock.advance(25 * 60_000);
    expect(runs.filter(([name]) => name === 'Plain')).toHaveLength(6);
    expect(runs.filter(([name]) => name === 'Part')).toEqual([['Part', {}]]);
    stop();
    expect(clock.pending).toBe(0);
  });

  it('refuse what is not emulated', () => {
    expect(() => targets({ R: rule({ ScheduleExpressionTimezone: 'Europe/Zurich' }) })).toThrow(/time zone 'Europe\/Zurich'/);
    expect(() => targets({ R: rule({ Targets: [{ Arn: arn, Id: 'T', InputTransformer: {} }] }) })).toThrow(/InputTransformer/);
  });
});
