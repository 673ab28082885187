import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import { memberOf, shown, textOf, type Value } from '../template/value.ts';
import { STAGE_TYPES, stageOf } from './api-stages.ts';
import { manyAt, patternOf, reasonsOf, type Finding } from './check.ts';
import { logGroupNamed, logTarget, type LogTarget } from './log-groups.ts';

/** Types that name the place of their logs in properties, with their paths; none there: they write no logs. */
const EXPLICIT: Readonly<Record<string, readonly string[]>> = {
  'AWS::StepFunctions::StateMachine': ['LoggingConfiguration.Destinations[].CloudWatchLogsLogGroup.LogGroupArn'],
  'AWS::Pipes::Pipe': ['LogConfiguration.CloudwatchLogsLogDestination.LogGroupArn'],
  'AWS::CloudTrail::Trail': ['CloudWatchLogsLogGroupArn'],
  'AWS::WAFv2::LoggingConfiguration': ['LogDestinationConfigs[]'],
  'AWS::EC2::FlowLog': ['LogGroupName', 'LogDestination'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions[].LogConfiguration.Options.awslogs-group'],
};

/** Types whose logs {@link logWriting} follows. */
export const LOG_WRITER_TYPES: readonly string[] = ['AWS::Lambda::Function', 'AWS::AppSync::GraphQLApi', ...STAGE_TYPES, ...Object.keys(EXPLICIT)];

/** Whether what a resource logs ends in log groups of the estate. */
export function logWriting(estate: Estate, resource: Resource): Finding | Finding[] {
  const stage = (STAGE_TYPES as readonly string[]).includes(resource.type) ? stageOf(estate, resource) : undefined;
  if (stage !== undefined) {
    const destination = memberOf(stage.accessLog, 'DestinationArn');
    const part = 'Access log';
    return [
      destination.kind === 'absent' ? { verdict: 'NOT_APPLICABLE', part, note: 'It keeps no access log.' } : pointsAt(estate, `${stage.accessLogProperty}.DestinationArn`, destination, part),
      executions(estate, stage.routes.map(({ value }) => memberOf(value, 'LoggingLevel')), stage.executionLogName),
    ];
  }
  if (resource.type === 'AWS::Lambda::Function') {
    const given = valueAt(estate, resource, 'LoggingConfig.LogGroup');
    if (given.kind !== 'absent') return pointsAt(estate, 'LoggingConfig.LogGroup', given);
    const name = patternOf(valueAt(estate, resource, 'FunctionName'));
    return byName(estate, 'LoggingConfig.LogGroup', given, [`/aws/lambda/<${resource.logicalId}>`, ...(name === '' ? [] : [`/aws/lambda/${name}`])]);
  }
  if (resource.type === 'AWS::AppSync::GraphQLApi') {
    const logs = valueAt(estate, resource, 'LogConfig');
    return logs.kind === 'absent' ? SILENT : byName(estate, 'LogConfig', logs, [`/aws/appsync/apis/<${resource.logicalId}>`]);
  }
  const all = valueAt(estate, resource);
  const paths = textOf(memberOf(all, 'LoggingConfiguration.Level')) === 'OFF' ? [] : (EXPLICIT[resource.type] ?? []);
  const targets = paths.flatMap((path) => manyAt(all, path).map((value) => ({ property: path.replaceAll('[]', ''), value })));
  if (targets.length === 0) return SILENT;
  return targets.map(({ property, value }, index) => pointsAt(estate, property, value, targets.length === 1 ? undefined : `Destination ${index + 1}`));
}

const SILENT: Finding = { verdict: 'NOT_APPLICABLE', note: 'It writes no logs to a log group.' };
const EXPECTED = 'a log group of the estate';

/** Execution logs of a stage go to a log group whose name the service fixes. */
function executions(estate: Estate, levels: readonly Value[], name: string): Finding {
  const part = 'Execution log';
  const writes = levels.find((level) => (textOf(level) ?? 'OFF') !== 'OFF') ?? levels.find(({ kind }) => kind === 'unknown');
  if (writes === undefined) return { verdict: 'NOT_APPLICABLE', part, note: 'It logs no executions.' };
  const found = byName(estate, 'LoggingLevel', writes, [name]);
  const open = writes.kind === 'unknown' && found.verdict === 'FAIL';
  return { ...found, part, ...(open && { verdict: 'UNKNOWN' as const, note: `Whether it logs executions is not told by the template: ${reasonsOf(writes)}.` }) };
}

function pointsAt(estate: Estate, property: string, value: Value, part?: string): Finding {
  return { ...told(logTarget(estate, value), property, value), ...(part !== undefined && { part }) };
}

function told(target: LogTarget, property: string, value: Value): Finding {
  const finding = { property, actual: shown(value), expected: EXPECTED };
  if (target.kind === 'group') return { ...finding, verdict: 'PASS' };
  if (target.kind === 'other') return { ...finding, verdict: 'NOT_APPLICABLE', note: 'It is no log group; what is kept there is judged by the rule of that type.' };
  if (target.kind === 'foreign') return { ...finding, verdict: 'UNKNOWN', note: 'That log group is not in the templates that were read: how long it keeps is not known.' };
  return { ...finding, verdict: 'UNKNOWN', note: `Not told by the template: ${reasonsOf(value)}.` };
}

/** A log group that the service makes by a fixed name has to be declared under it. */
function byName(estate: Estate, property: string, value: Value, names: readonly string[]): Finding {
  const target = logGroupNamed(estate, names);
  const finding = { property, actual: shown(value), expected: `${EXPECTED}, or one that is named ${names.at(-1) ?? ''}` };
  if (target.kind === 'group') return { ...finding, verdict: 'PASS', note: `Log group ${target.resource.logicalId} bears the name that the service writes to.` };
  if (target.kind === 'unknown') return { ...finding, verdict: 'UNKNOWN', note: 'A name is not told by the template: whether a log group of the estate is the one that is written to is not known.' };
  return { ...finding, verdict: 'FAIL', note: 'The service makes the log group by itself, and it keeps for ever.' };
}
