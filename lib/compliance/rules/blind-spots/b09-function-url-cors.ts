import { valueAt } from '../../template/resolve.ts';
import { memberOf } from '../../template/value.ts';
import { namesOrigins, NO_CORS } from './origins.ts';
import { each, type Rule } from '../rule.ts';

const TYPES = ['AWS::Lambda::Url'];

/** B09: pages of strangers do not read what a function URL answers. */
export const b09FunctionUrlCors: Rule = {
  id: 'B09',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'Function URLs name the origins that may read their answers',
  info: 'Passes when Cors is absent, or when AllowOrigins lists https origins without a wildcard.',
  explanation: 'With `*` the page of anybody may read the answers in the name of whoever has it open. List the origins of your own pages in Cors.AllowOrigins.',
  looksAt: TYPES,
  judge: each(TYPES, (url, estate) => {
    const cors = valueAt(estate, url, 'Cors');
    return cors.kind === 'absent' ? NO_CORS : namesOrigins('Cors.AllowOrigins', cors.kind === 'unknown' ? cors : memberOf(cors, 'AllowOrigins'));
  }),
};
