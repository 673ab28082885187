import { WATCHES, type Watch } from '../alarms/recognisers.ts';
import { reachOf } from '../alarms/reaches.ts';
import { signalsOf, type Signal } from '../alarms/signals.ts';
import type { Estate, Resource } from '../../template/types.ts';
import type { Judgement, Rule } from '../rule.ts';

const ALARMS = ['AWS::CloudWatch::Alarm'];

/** An alarm and what it measures. */
interface Alarm {
  readonly alarm: Resource;
  readonly signals: readonly Signal[];
}

/** G27: what a breach shows itself by wakes somebody. */
export const g27BreachAlarms: Rule = {
  id: 'G27',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 33', 'GDPR Art. 34'],
  title: 'Alarms with a subscriber watch for mass reads, decrypt denials, authorizer failures and guardrail interventions',
  info: 'For each of the four that the estate has something to watch for (stores; keys; authorizers or user pools; guardrails), passes when an alarm of the estate measures it, by itself or by a composite alarm with an action that is on, on a topic with a subscriber or another target. An alarm is recognised by its namespace and metric, by the pattern of the metric filter that makes the metric or of the EventBridge rule whose matches it counts, or by the function that its dimensions name; a metric of your own by its name. An action or a metric that is not in the template is UNKNOWN.',
  explanation: 'The supervisory authority has to hear of a breach within 72 hours of its becoming known: somebody has to be told by the system, not by a newspaper. Make a metric for what is missing (a metric filter over CloudTrail, or an EventBridge rule, for denied decrypts; returned items of scans for mass reads), an alarm on it, and an action that somebody is subscribed to.',
  looksAt: [...ALARMS, 'AWS::CloudWatch::CompositeAlarm', 'AWS::Logs::MetricFilter', 'AWS::Events::Rule', 'AWS::SNS::Subscription'],
  judge: (estate) => {
    const alarms = estate.resources.filter(({ type }) => ALARMS.includes(type)).map((alarm): Alarm => ({ alarm, signals: signalsOf(estate, alarm) }));
    return WATCHES.map((watch) => watched(estate, watch, alarms));
  },
};

function watched(estate: Estate, watch: Watch, alarms: readonly Alarm[]): Judgement {
  const { part, expected } = watch;
  if (!estate.resources.some(({ type }) => watch.when.includes(type))) return { verdict: 'NOT_APPLICABLE', part, note: `There is no ${watch.when.join(', ')}.` };
  const found = alarms.filter(({ signals }) => signals.some((signal) => watch.fits(signal, estate))).map(({ alarm }) => ({ alarm, reach: reachOf(estate, alarm) }));
  const best = found.find(({ reach }) => reach.reaches === true) ?? found.find(({ reach }) => reach.reaches === undefined) ?? found[0];
  if (best === undefined) {
    const open = alarms.filter(({ signals }) => signals.some((signal) => signal.open)).map(({ alarm }) => alarm.logicalId);
    if (open.length > 0) return { verdict: 'UNKNOWN', part, expected, actual: 'none that is recognised', note: `What ${open.slice(0, 5).join(', ')} measures is not told by the template.` };
    return { verdict: 'FAIL', part, expected, actual: 'no alarm' };
  }
  const { alarm, reach } = best;
  return { resource: alarm, verdict: reach.reaches === true ? 'PASS' : reach.reaches === false ? 'FAIL' : 'UNKNOWN', part, property: 'AlarmActions', actual: `${alarm.logicalId}: ${reach.why}`, expected, ...(reach.reaches === undefined && { note: `${reach.why}.` }) };
}
