import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, shown, type Value } from '../../template/value.ts';
import { anyOf, type Answer } from '../answers.ts';
import { check, isSet, leavesOf, manyAt, named, reasonsOf, type Finding } from '../check.ts';
import { referencesIn } from '../references.ts';
import { grants } from '../statements.ts';
import type { Caller } from './callers.ts';

const EXPECTED = 'a guardrail';

/** Whether an agent names a guardrail. */
export function agentGuarded(estate: Estate, agent: Resource): Finding {
  const property = 'GuardrailConfiguration.GuardrailIdentifier';
  return check(property, valueAt(estate, agent, property), EXPECTED, isSet);
}

/** Whether each node of a flow that asks a model names a guardrail. */
export function flowGuarded(estate: Estate, flow: Resource): Finding[] {
  const all = valueAt(estate, flow);
  const definition = memberOf(all, 'Definition');
  if (definition.kind === 'absent' || definition.kind === 'unknown') return [{ verdict: 'UNKNOWN', property: 'Definition', expected: `${EXPECTED} on each node that asks a model`, note: 'The definition does not stand in the template as properties.' }];
  const nodes = manyAt(definition, 'Nodes[]');
  const found = nodes.flatMap((node) => ['Prompt', 'KnowledgeBase'].flatMap((kind) => {
    const configuration = memberOf(node, `Configuration.${kind}`);
    if (configuration.kind === 'absent' || (kind === 'KnowledgeBase' && memberOf(configuration, 'ModelId').kind === 'absent')) return [];
    const property = `Definition.Nodes.Configuration.${kind}.GuardrailConfiguration`;
    return [check(property, memberOf(configuration, 'GuardrailConfiguration.GuardrailIdentifier'), EXPECTED, isSet, { part: `Node ${shown(memberOf(node, 'Name'))}` })];
  }));
  return found.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'No node of it asks a model.' }] : found;
}

/** Whether whoever may call models does so with a guardrail, as far as rights and settings tell. */
export function callerGuarded(estate: Estate, { statements, invoking, users }: Caller): Finding {
  const finding = { expected: `a guardrail by condition bedrock:GuardrailIdentifier, or by a setting together with bedrock:ApplyGuardrail` };
  if (invoking.every(forced)) return { ...finding, verdict: 'PASS', property: 'PolicyDocument.Statement.Condition', actual: 'models may be called with a guardrail only' };
  const applies = (statement: Value): Answer => grants(statement, ['bedrock:ApplyGuardrail']);
  const may = anyOf(statements.map(applies));
  const who = users.map(({ logicalId }) => logicalId).join(', ') || 'nothing of the template';
  if (may !== true) {
    return may === undefined
      ? { ...finding, verdict: 'UNKNOWN', actual: `used by ${who}`, note: `Whether it may apply a guardrail is not told by the template: ${statements.filter((statement) => applies(statement) === undefined).map(reasonsOf).join('; ').slice(0, 200)}.` }
      : { ...finding, verdict: 'FAIL', actual: `used by ${who}; bedrock:ApplyGuardrail is not allowed`, note: 'Without that right a call with a guardrail is refused: its calls have none.' };
  }
  const settings = users.map((user) => names(valueAt(estate, user)));
  const open = settings.filter((setting) => setting === undefined).length;
  if (users.length > 0 && settings.every((setting) => setting === true)) return { ...finding, verdict: 'PASS', actual: `used by ${who}, which names a guardrail`, note: 'That code passes it with each call is not told by a template.' };
  return { ...finding, verdict: 'UNKNOWN', actual: `used by ${who}; a guardrail may be applied`, note: open > 0 ? 'The setting that names the guardrail is not told by the template.' : 'No setting names a guardrail: whether calls have one is not told by the template.' };
}

/** Whether a statement allows calls with a named guardrail only. */
function forced(statement: Value): boolean {
  return ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'].some((operator) => isSet(named(memberOf(statement, `Condition.${operator}`), 'bedrock:GuardrailIdentifier')) === true);
}

/** Whether a resource names a guardrail: by reference, or by a setting of that name; undefined when what stands there is not known. */
function names(properties: Value): Answer {
  if (referencesIn(properties).some(({ type }) => type === 'AWS::Bedrock::Guardrail' || type === 'AWS::Bedrock::GuardrailVersion')) return true;
  return anyOf(leavesOf(properties).filter(({ path }) => /guardrail/i.test(path)).map(({ value }) => isSet(value)));
}
