import { h05ActivityReview } from '../../../../../lib/compliance/rules/hipaa/h05-activity-review.ts';
import { holds } from '../cases.ts';

holds(h05ActivityReview, [
  { name: 'says what makes records, and what a person has to show', resources: { T: { Type: 'AWS::CloudTrail::Trail' }, A: { Type: 'AWS::CloudWatch::Alarm' }, B: { Type: 'AWS::CloudWatch::Alarm' } }, gives: ['estate MANUAL'], says: ['1 AWS::CloudTrail::Trail, 2 AWS::CloudWatch::Alarm', 'last two reviews'] },
  { name: 'says that nothing makes records', resources: {}, gives: ['estate MANUAL'], says: ['nothing in the templates'] },
], { nothing: ['estate MANUAL'] });
