import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf } from '../../template/value.ts';
import type { Judgement, Rule } from '../rule.ts';

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
const TOPIC = 'AWS::SNS::Topic';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

/** H06: somebody hears of an incident and knows what to do. */
export const h06IncidentProcedures: Rule = {
  id: 'H06',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.308(a)(6)(i)', 'HIPAA 164.308(a)(6)(ii)'],
  title: 'Alarms reach somebody, and what is to be done then is written down',
  info: 'Passes for each topic that an alarm tells when it has a subscription. Fails when there are alarms and none of them tells anybody. The procedure itself is MANUAL.',
  explanation: 'An alarm on a topic without a subscriber is heard by nobody. Subscribe whoever is on call, and keep a written procedure for security incidents: who decides, who is told, by when, and how it is documented.',
  looksAt: [...ALARMS, TOPIC, SUBSCRIPTION],
  judge: (estate) => [...told(estate), { part: 'Procedure', verdict: 'MANUAL', expected: 'a written procedure', note: 'Evidence wanted: the procedure for security incidents with its owner, the last incident or exercise with its dates, and the way to the people who are concerned and to the authority.' }],
};

function told(estate: Estate): Judgement[] {
  const alarms = estate.resources.filter(({ type }) => ALARMS.includes(type));
  if (alarms.length === 0) return [{ verdict: 'NOT_APPLICABLE', part: 'Alarms', note: 'There is no alarm in the templates.' }];
  const actions = alarms.flatMap((alarm) => itemsOf(valueAt(estate, alarm, 'AlarmActions')));
  const topics = [...new Set(actions.flatMap((action) => (action.kind === 'reference' && action.resource.type === TOPIC ? [action.resource] : [])))];
  const elsewhere = actions.filter((action) => !(action.kind === 'reference' && action.resource.type === TOPIC));
  if (topics.length === 0) return [{ verdict: elsewhere.length > 0 ? 'UNKNOWN' : 'FAIL', part: 'Alarms', property: 'AlarmActions', actual: elsewhere.length > 0 ? 'an action outside the templates' : 'no action', expected: 'a topic with a subscription', note: `${alarms.length} alarms, none of which tells a topic of the templates.` }];
  return topics.map((topic) => heard(estate, topic));
}

function heard(estate: Estate, topic: Resource): Judgement {
  const subscribed = estate.resources.filter(({ type }) => type === SUBSCRIPTION).map((resource) => valueAt(estate, resource, 'TopicArn'));
  const own = itemsOf(valueAt(estate, topic, 'Subscription'));
  const answer = subscribed.some((value) => value.kind === 'reference' && value.resource === topic) || own.some(({ kind }) => kind !== 'unknown');
  const unclear = [...subscribed, ...own].some(({ kind }) => kind === 'unknown');
  return { resource: topic, property: 'Subscription', verdict: answer ? 'PASS' : unclear ? 'UNKNOWN' : 'FAIL', actual: answer ? 'subscribed' : 'no subscription', expected: 'a subscription', ...(!answer && unclear && { note: 'A subscription depends on what the template does not tell, and may be to this topic.' }) };
}
