import { WATCHES, type Watch } from '../alarms/recognisers.ts';
import { reachOf } from '../alarms/reaches.ts';
import { sightOf, type Sight } from '../alarms/sight.ts';
import { signalsOf, type Signal } from '../alarms/signals.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { allOf, verdictOf, type Answer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
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
  version: 2,
  references: ['GDPR Art. 33', 'GDPR Art. 34'],
  title: 'Alarms with a subscriber watch for mass reads, decrypt denials, authorizer failures and guardrail interventions',
  info: 'For each of the four that the estate has something to watch for (stores; keys; authorizers or user pools; guardrails), passes when an alarm of the estate measures it, by itself or by a composite alarm with an action that is on, on a topic with a subscriber or another target. An alarm is recognised by its namespace and metric, by the pattern of the metric filter that makes the metric or of the EventBridge rule whose matches it counts; a metric of your own by its name. What stands on CloudTrail is UNKNOWN unless a trail of the templates records these calls, or outsideTrail is declared; a rule that never gets calls that only read, as Decrypt, fails. Errors of an authorizer’s function are no refusals. An action or a metric that is not in the template is UNKNOWN.',
  explanation: 'The supervisory authority has to hear of a breach within 72 hours of its becoming known: somebody has to be told by the system, not by a newspaper. Make a metric for what is missing (a metric filter over CloudTrail, or an EventBridge rule, for denied decrypts; returned items of scans for mass reads), an alarm on it, and an action that somebody is subscribed to.',
  looksAt: [...ALARMS, 'AWS::CloudWatch::CompositeAlarm', 'AWS::Logs::MetricFilter', 'AWS::Events::Rule', 'AWS::SNS::Subscription', 'AWS::CloudTrail::Trail'],
  judge: (estate, parameters) => {
    const alarms = estate.resources.filter(({ type }) => ALARMS.includes(type)).map((alarm): Alarm => ({ alarm, signals: signalsOf(estate, alarm) }));
    return WATCHES.map((watch) => watched(estate, watch, alarms, parameters));
  },
};

/** What is known of an alarm that fits: whether somebody hears it, and whether what it counts comes about. */
interface Candidate {
  readonly alarm: Resource;
  readonly answer: Answer;
  readonly why: string;
}

function watched(estate: Estate, watch: Watch, alarms: readonly Alarm[], parameters: Parameters): Judgement {
  const { part, expected } = watch;
  if (!estate.resources.some(({ type }) => watch.when.includes(type))) return { verdict: 'NOT_APPLICABLE', part, note: `There is no ${watch.when.join(', ')}.` };
  const found = alarms.flatMap(({ alarm, signals }): Candidate[] => {
    const sights = signals.flatMap((signal) => sightsOf(estate, watch, signal, parameters));
    if (sights.length === 0) return [];
    const [sight, reach] = [best(sights, ({ sees }) => sees), reachOf(estate, alarm)];
    return [{ alarm, answer: allOf([reach.reaches, sight?.sees]), why: [reach.why, sight?.why].filter(Boolean).join('; ') }];
  });
  const chosen = best(found, ({ answer }) => answer);
  if (chosen !== undefined) {
    const { alarm, answer, why } = chosen;
    return { resource: alarm, verdict: verdictOf(answer), part, property: 'AlarmActions', actual: `${alarm.logicalId}: ${why}`, expected, ...(answer === undefined && { note: `${why}.` }), ...(answer === false && { missing: true as const }) };
  }
  const open = alarms.filter(({ signals }) => signals.some((signal) => signal.open)).map(({ alarm }) => alarm.logicalId);
  if (open.length > 0) return { verdict: 'UNKNOWN', part, expected, actual: 'none that is recognised', note: `What ${open.slice(0, 5).join(', ')} measures is not told by the template.` };
  return { verdict: 'FAIL', part, expected, actual: 'no alarm', missing: true };
}

/** What makes a metric that is watched for, each with whether it comes about; none when the metric is another. */
function sightsOf(estate: Estate, watch: Watch, signal: Signal, parameters: Parameters): Sight[] {
  const fitting = signal.sources.filter(watch.isSource);
  const sources = fitting.length > 0 || !watch.isMetric(signal) ? fitting : signal.sources;
  if (sources.length === 0) return watch.isMetric(signal) ? [{ sees: true, why: '' }] : [];
  return sources.map((source) => sightOf(estate, source, watch.wanted(source), parameters));
}

/** The first that answers yes, else the first that does not know, else the first. */
function best<T>(all: readonly T[], answer: (one: T) => Answer): T | undefined {
  return all.find((one) => answer(one) === true) ?? all.find((one) => answer(one) === undefined) ?? all[0];
}
