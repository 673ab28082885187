import { valueAt } from '../../template/resolve.ts';
import { textOf } from '../../template/value.ts';
import { check, isSet, literal } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::ApiGatewayV2::Route'];

/** B10: every route of an HTTP or WebSocket API asks who it is. */
export const b10HttpApiAuthorizer: Rule = {
  id: 'B10',
  pack: 'Blind-Spots',
  version: 1,
  references: ['HIPAA 164.312(d)', 'GDPR Art. 32(1)(b)'],
  title: 'Every route of an HTTP or WebSocket API has an authorizer, or is declared public',
  info: 'Passes when AuthorizationType is AWS_IAM, or is JWT or CUSTOM and an AuthorizerId is set, or when the path is among the parameter publicRoutes. Of a WebSocket API only $connect is asked.',
  explanation: 'A route has no authorizer unless it is given one: AuthorizationType is NONE when it is left out. Set it with an authorizer, or list the path in publicRoutes when it is public on purpose.',
  looksAt: TYPES,
  judge: each(TYPES, (route, estate, { publicRoutes }) => {
    const key = textOf(valueAt(estate, route, 'RouteKey'));
    const part = key === undefined ? {} : { part: key };
    if (key !== undefined && /^\$(?!connect$|default$)|^[^$ ]+$/.test(key)) return { verdict: 'NOT_APPLICABLE', ...part, note: 'Messages of a WebSocket come after its $connect, which is asked.' };
    if (key !== undefined && publicRoutes.includes(key.replace(/^\S+ /, ''))) return { verdict: 'PASS', ...part, property: 'RouteKey', actual: key, expected: 'an authorizer, or a path of publicRoutes', note: 'It is declared public.' };
    const type = valueAt(estate, route, 'AuthorizationType');
    const asked = check('AuthorizationType', type, 'AWS_IAM, JWT or CUSTOM', literal((text) => ['AWS_IAM', 'JWT', 'CUSTOM'].includes(text)), part);
    return asked.verdict === 'PASS' && textOf(type) !== 'AWS_IAM' ? check('AuthorizerId', valueAt(estate, route, 'AuthorizerId'), 'an authorizer', isSet, part) : asked;
  }),
};
