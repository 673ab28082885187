import { valueAt } from '../../template/resolve.ts';
import { check, isSet } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::ApiGatewayV2::Stage'];

/** B11: requests to an HTTP or WebSocket API leave a record. */
export const b11HttpApiAccessLog: Rule = {
  id: 'B11',
  pack: 'Blind-Spots',
  version: 1,
  references: ['HIPAA 164.312(b)', 'GDPR Art. 32(1)(d)'],
  title: 'Every stage of an HTTP or WebSocket API writes an access log',
  info: 'Passes when AccessLogSettings names a destination and a format.',
  explanation: 'Without an access log nobody can tell afterwards who asked for what. Set AccessLogSettings.DestinationArn to a log group of your own, with a format that holds neither body nor query.',
  looksAt: TYPES,
  judge: each(TYPES, (stage, estate) => {
    const destination = check('AccessLogSettings.DestinationArn', valueAt(estate, stage, 'AccessLogSettings.DestinationArn'), 'a log group', isSet);
    return destination.verdict === 'PASS' ? check('AccessLogSettings.Format', valueAt(estate, stage, 'AccessLogSettings.Format'), 'a format', isSet) : destination;
  }),
};
