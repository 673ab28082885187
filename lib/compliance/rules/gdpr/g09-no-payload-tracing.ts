import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { STAGE_TYPES, stageOf } from '../api-stages.ts';
import { check, isTrue, literal, type Finding } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = [...STAGE_TYPES, 'AWS::StepFunctions::StateMachine', 'AWS::AppSync::GraphQLApi', 'AWS::Pipes::Pipe', 'AWS::Events::EventBus'];

/** G09: no service writes what people send into its logs. */
export const g09NoPayloadTracing: Rule = {
  id: 'G09',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(c)', 'GDPR Art. 25(2)'],
  title: 'Services do not log what they carry',
  info: 'Passes when API stages have DataTraceEnabled off for every route, state machines IncludeExecutionData off, GraphQL APIs that log ExcludeVerboseContent on, pipes no IncludeExecutionData and event buses no IncludeDetail. What is off by default passes when absent.',
  explanation: 'Data tracing and execution data put whole requests, answers and states into logs: personal data a second time, where it has no purpose, no erasure and other readers. Switch it off; log what code chooses to log.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => ((STAGE_TYPES as readonly string[]).includes(resource.type) ? stage(resource, estate) : traced(resource, estate))),
};

/** Passes for what is absent and for a literal that fits. */
const absentOr = (fits: (text: string) => boolean) => (value: Value): boolean | undefined => (value.kind === 'absent' ? true : literal(fits)(value));
const off = absentOr((text) => text.toLowerCase() === 'false');

/** Every setting that traces or may do so; one pass when none does. */
function stage(resource: Resource, estate: Estate): Finding | Finding[] {
  const found = stageOf(estate, resource);
  if (found === undefined) return { verdict: 'NOT_APPLICABLE', note: 'It makes no stage by itself.' };
  const settings = found.routes.map(({ part, property, value }) => check(`${property}.DataTraceEnabled`, memberOf(value, 'DataTraceEnabled'), 'false', off, { part }));
  const wrong = settings.filter(({ verdict }) => verdict !== 'PASS');
  return wrong.length > 0 ? wrong : { verdict: 'PASS', property: 'DataTraceEnabled', actual: 'false or absent, on every route', expected: 'false' };
}

function traced(resource: Resource, estate: Estate): Finding {
  const all = valueAt(estate, resource);
  const at = (property: string, expected: string, passes: (value: Value) => boolean | undefined): Finding => check(property, memberOf(all, property), expected, passes);
  if (resource.type === 'AWS::StepFunctions::StateMachine') return at('LoggingConfiguration.IncludeExecutionData', 'false', off);
  if (resource.type === 'AWS::Events::EventBus') return at('LogConfig.IncludeDetail', 'NONE', absentOr((text) => text === 'NONE'));
  if (resource.type === 'AWS::Pipes::Pipe') {
    return at('LogConfiguration.IncludeExecutionData', 'nothing', (value) => {
      const items = itemsOf(value);
      return items.some((item) => textOf(item) === 'ALL') ? false : items.every(({ kind }) => kind === 'literal' || kind === 'absent') ? true : undefined;
    });
  }
  const logs = memberOf(all, 'LogConfig');
  if (logs.kind === 'absent') return { verdict: 'PASS', property: 'LogConfig', actual: 'absent', note: 'It writes no logs.' };
  return at('LogConfig.ExcludeVerboseContent', 'true', isTrue);
}
