import type { EstateModel } from '../assembly/model.ts';
import type { EventDelivery } from '../aws/index.ts';
import { arrayOf, objectOf, textOf } from '../json.ts';
import { inputOf } from './schedules.ts';

/** What each target of each rule makes of an event. @throws Error for an InputTransformer */
export function ruleInputs(model: EstateModel): (delivery: EventDelivery) => unknown {
  const inputs = new Map<string, (event: unknown) => unknown>();
  for (const rule of model.ofType('AWS::Events::Rule').filter((candidate) => candidate.get('EventPattern') !== undefined)) {
    for (const target of arrayOf(rule.get('Targets')).map(objectOf)) {
      const input = inputOf(target, rule.logicalId);
      if (input !== undefined) inputs.set(`${rule.ref} ${textOf(target['Id'])}`, input);
    }
  }
  return ({ ruleName, targetId, event }) => inputs.get(`${ruleName} ${targetId}`)?.(event) ?? event;
}
