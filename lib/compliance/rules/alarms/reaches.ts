import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { isTrue, patternOf } from '../check.ts';
import { referencesIn } from '../references.ts';

/** Whether an alarm reaches somebody: `yes`, `no` with the reason, or `unknown` with the reason. */
export interface Reach {
  readonly reaches: boolean | undefined;
  readonly why: string;
}

/** Whether an alarm, or a composite alarm over it, has an action that somebody has subscribed to. */
export function reachOf(estate: Estate, alarm: Resource): Reach {
  const own = directReach(estate, alarm);
  if (own.reaches === true) return own;
  const name = textOf(valueAt(estate, alarm, 'AlarmName'));
  const above = estate.resources.filter(({ type }) => type === 'AWS::CloudWatch::CompositeAlarm').filter((composite) => {
    const rule = valueAt(estate, composite, 'AlarmRule');
    return referencesIn(rule).includes(alarm) || (name !== undefined && new RegExp(String.raw`[("':]${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}["')]`).test(patternOf(rule)));
  });
  return above.map((composite) => directReach(estate, composite)).find(({ reaches }) => reaches === true) ?? own;
}

function directReach(estate: Estate, alarm: Resource): Reach {
  const all = valueAt(estate, alarm);
  const enabled = memberOf(all, 'ActionsEnabled');
  if (enabled.kind !== 'absent' && isTrue(enabled) !== true) return isTrue(enabled) === false ? { reaches: false, why: 'its actions are off' } : { reaches: undefined, why: 'whether its actions are on is not told' };
  const actions = itemsOf(memberOf(all, 'AlarmActions')).filter(({ kind }) => kind !== 'absent');
  if (actions.length === 0) return { reaches: false, why: 'it has no action' };
  const found = actions.map((action) => actionReach(estate, action));
  return found.find(({ reaches }) => reaches === true) ?? found.find(({ reaches }) => reaches === undefined) ?? found[0] ?? { reaches: false, why: 'it has no action' };
}

function actionReach(estate: Estate, action: Value): Reach {
  if (action.kind !== 'reference') {
    const text = patternOf(action);
    if (/:(ssm|ssm-incidents|lambda):/.test(text)) return { reaches: true, why: text };
    return { reaches: undefined, why: 'its action is not in the template: who is subscribed there is not told' };
  }
  const { resource } = action;
  if (resource.type !== 'AWS::SNS::Topic') return { reaches: true, why: `its action is ${resource.logicalId}` };
  const inline = itemsOf(valueAt(estate, resource, 'Subscription')).length > 0;
  const subscribed = inline || estate.resources.some((each) => each.type === 'AWS::SNS::Subscription' && referencesIn(valueAt(estate, each, 'TopicArn')).includes(resource));
  return subscribed ? { reaches: true, why: `its action is ${resource.logicalId}, which has a subscriber` } : { reaches: false, why: `nobody is subscribed to ${resource.logicalId}` };
}
