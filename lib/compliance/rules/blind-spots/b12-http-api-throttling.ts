import { valueAt } from '../../template/resolve.ts';
import { numberOf, type Value } from '../../template/value.ts';
import { check } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::ApiGatewayV2::Stage'];
const LIMITS = ['DefaultRouteSettings.ThrottlingRateLimit', 'DefaultRouteSettings.ThrottlingBurstLimit'];

/** B12: an HTTP or WebSocket API sheds what is too much. */
export const b12HttpApiThrottling: Rule = {
  id: 'B12',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'Every stage of an HTTP or WebSocket API has throttles',
  info: 'Passes when DefaultRouteSettings has a ThrottlingRateLimit and a ThrottlingBurstLimit above 0.',
  explanation: 'Without limits of its own a stage takes as much as the whole account may, so that one caller empties the quota of all. Set both limits in DefaultRouteSettings to what the service is built for.',
  looksAt: TYPES,
  judge: each(TYPES, (stage, estate) => LIMITS.map((property) => check(property, valueAt(estate, stage, property), 'a number above 0', isPositive, { part: property.replace('DefaultRouteSettings.Throttling', '') }))),
};

function isPositive(value: Value): boolean | undefined {
  if (value.kind === 'literal' || value.kind === 'absent') return (numberOf(value) ?? 0) > 0;
  return value.kind === 'list' || value.kind === 'map' ? false : undefined;
}
