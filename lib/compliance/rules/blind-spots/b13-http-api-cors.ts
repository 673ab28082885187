import { valueAt } from '../../template/resolve.ts';
import { memberOf } from '../../template/value.ts';
import { each, type Rule } from '../rule.ts';
import { namesOrigins, NO_CORS } from './origins.ts';

const TYPES = ['AWS::ApiGatewayV2::Api'];

/** B13: pages of strangers do not read what an HTTP API answers. */
export const b13HttpApiCors: Rule = {
  id: 'B13',
  pack: 'Blind-Spots',
  version: 1,
  references: ['GDPR Art. 32(1)(b)'],
  title: 'HTTP APIs name the origins that may read their answers',
  info: 'Passes when CorsConfiguration is absent, or when AllowOrigins lists https origins without a wildcard.',
  explanation: 'With `*` the page of anybody may read the answers in the name of whoever has it open. List the origins of your own pages in CorsConfiguration.AllowOrigins.',
  looksAt: TYPES,
  judge: each(TYPES, (api, estate) => {
    const cors = valueAt(estate, api, 'CorsConfiguration');
    return cors.kind === 'absent' ? NO_CORS : namesOrigins('CorsConfiguration.AllowOrigins', cors.kind === 'unknown' ? cors : memberOf(cors, 'AllowOrigins'));
  }),
};
