import { DEFAULT_PARAMETERS, type Parameters } from '../../../../lib/compliance/rules/parameters.ts';
import type { Judgement, Rule } from '../../../../lib/compliance/rules/rule.ts';
import { estateOf } from '../../../../lib/compliance/template/estate.ts';
import type { Json, Stack } from '../../../../lib/compliance/template/types.ts';

/** What a rule says of an estate of one stack, made of plain resources. */
export function judge(rule: Rule, resources: Record<string, Json>, parameters: Partial<Parameters> = {}, stack: Partial<Stack> = {}): readonly Judgement[] {
  const one: Stack = { name: 'stack', region: 'eu-central-1', template: { Resources: resources }, file: 'stack.template.json', sha256: '0', ...stack };
  return rule.judge(estateOf('test', [one]), { ...DEFAULT_PARAMETERS, ...parameters });
}
