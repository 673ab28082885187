import type { Rule } from '../rule.ts';

const RECORDS = ['AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore', 'AWS::Logs::QueryDefinition', 'AWS::CloudWatch::Dashboard', 'AWS::CloudWatch::Alarm'];

/** H05: somebody reads the records. */
export const h05ActivityReview: Rule = {
  id: 'H05',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.308(a)(1)(ii)(D)'],
  title: 'Records of activity are reviewed regularly',
  info: 'Always MANUAL: a template shows that records are made (trails, alarms, dashboards, saved queries are counted here), not that anybody reads them.',
  explanation: 'Records that nobody reads show a breach to the auditor and not to you. Fix who reviews access records, how often and on which question, and keep the dated result of each review.',
  looksAt: RECORDS,
  judge: (estate) => {
    const counts = RECORDS.map((type) => ({ type, count: estate.resources.filter((resource) => resource.type === type).length })).filter(({ count }) => count > 0);
    return [{ verdict: 'MANUAL', actual: counts.length === 0 ? 'nothing in the templates makes records' : counts.map(({ type, count }) => `${count} ${type}`).join(', '), expected: 'dated reviews', note: 'Evidence wanted: the procedure of the review with its interval and owner, and the results of the last two reviews, with what was followed up.' }];
  },
};
