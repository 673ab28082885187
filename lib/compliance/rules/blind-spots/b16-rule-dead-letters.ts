import { valueAt } from '../../template/resolve.ts';
import { itemsOf, memberOf, textOf } from '../../template/value.ts';
import { check, isSet } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Events::Rule'];

/** B16: what EventBridge could not deliver is kept. */
export const b16RuleDeadLetters: Rule = {
  id: 'B16',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 5(1)(f)', 'GDPR Art. 32(1)(b)', 'HIPAA 164.312(c)(1)'],
  title: 'Every target of an EventBridge rule has a dead-letter queue',
  info: 'Looks at each target of each rule, of patterns and of schedules. Passes when DeadLetterConfig names a queue.',
  explanation: 'After its retries EventBridge drops an event without a trace: a deletion that a user asked for, or the scheduled run that should have carried it out. Set DeadLetterConfig on the target, and an alarm on the queue.',
  looksAt: TYPES,
  judge: each(TYPES, (rule, estate) => {
    const targets = valueAt(estate, rule, 'Targets');
    if (targets.kind === 'absent') return { verdict: 'NOT_APPLICABLE', note: 'It has no targets.' };
    return itemsOf(targets).map((target, index) => check('Targets.DeadLetterConfig.Arn', memberOf(target, 'DeadLetterConfig.Arn'), 'a queue', isSet, { part: `Target ${textOf(memberOf(target, 'Id')) ?? index + 1}` }));
  }),
};
