import { valueAt } from '../../template/resolve.ts';
import { check, literal } from '../check.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Lambda::Url'];

/** B08: nobody calls a function by its address without signing the request. */
export const b08FunctionUrlAuth: Rule = {
  id: 'B08',
  pack: 'Blind-Spots',
  version: 1,
  references: ['HIPAA 164.312(d)', 'GDPR Art. 32(1)(b)'],
  title: 'Function URLs ask for signed requests',
  info: 'Passes when AuthType is AWS_IAM.',
  explanation: 'A function URL with AuthType NONE is open to the internet, past the API with its authorizer, web ACL and throttles, and no rule of the stock packs looks at it. Set AuthType AWS_IAM, or remove the URL and route through the API.',
  looksAt: TYPES,
  judge: each(TYPES, (url, estate) => check('AuthType', valueAt(estate, url, 'AuthType'), 'AWS_IAM', literal((text) => text === 'AWS_IAM'))),
};
