import type { Value } from '../template/value.ts';
import { reasonsOf, type Finding } from './check.ts';
import type { Parameters } from './parameters.ts';

/** What a field of an access log gives away; `open` when that is decided elsewhere. */
type Gives = 'payload' | 'claims' | 'address' | 'open' | 'nothing';

/** What `$context.authorizer.<name>` says of the authorizer itself, not of the caller. */
const ABOUT_AUTHORIZER = new Set(['latency', 'status', 'error', 'requestId', 'integrationLatency', 'integrationStatus']);

/** What `$context.identity.<name>` says of who is calling. */
const CALLER = /^(user|userArn|caller|cognitoIdentityId|cognitoAuthenticationProvider|apiKey|clientCert\b.*)$/;

/** What a variable of API Gateway's access log (`$context.…`) gives away. */
export function apiVariable(name: string, { impersonalAuthorizerFields = [] }: Pick<Parameters, 'impersonalAuthorizerFields'>): Gives {
  if (!name.startsWith('$context.')) return 'payload';
  const [, head = '', ...rest] = name.split('.');
  const tail = rest.join('.');
  // The detail of a failed validation quotes the value that failed.
  if (head === 'requestOverride' || head === 'responseOverride' || name === '$context.error.validationErrorString' || /querystring|body/i.test(name)) return 'payload';
  if (head === 'identity') return tail === 'sourceIp' ? 'address' : CALLER.test(tail) ? 'claims' : 'nothing';
  if (head !== 'authorizer' || ABOUT_AUTHORIZER.has(tail) || impersonalAuthorizerFields.includes(tail)) return 'nothing';
  return tail === 'principalId' || /^(jwt\.)?claims\b/.test(tail) ? 'claims' : 'open';
}

/** What a field of CloudFront's logs gives away. */
export function distributionField(name: string): Gives {
  const known = name.toLowerCase();
  if (['cs-uri-query', 'cs-cookie', 'cs(cookie)', 'cs-headers'].includes(known)) return 'payload';
  return ['c-ip', 'x-forwarded-for', 'cs(x-forwarded-for)'].includes(known) ? 'address' : 'nothing';
}

/** Judges the fields of an access log, each with what it gives away. `unread` is what of the format is not known. */
export function judgeFields(property: string, fields: readonly { readonly name: string; readonly gives: Gives }[], unread: Value | undefined, { sourceAddressInLogs }: Pick<Parameters, 'sourceAddressInLogs'>): Finding {
  const of = (...wanted: readonly Gives[]): string[] => [...new Set(fields.filter(({ gives }) => wanted.includes(gives)).map(({ name }) => name))];
  const [addresses, open] = [of('address'), of('open')];
  const wrong = [...of('payload', 'claims'), ...(sourceAddressInLogs === undefined ? addresses : [])];
  const base = { property, expected: `no body, query string, cookie or claim${sourceAddressInLogs === undefined ? ', no source address' : ''}` };
  if (wrong.length > 0) return { ...base, verdict: 'FAIL', actual: wrong.join(', ') };
  if (unread !== undefined) return { ...base, verdict: 'UNKNOWN', actual: 'not known in full', note: `Not told by the template: ${reasonsOf(unread)}.` };
  if (open.length > 0) return { ...base, verdict: 'UNKNOWN', actual: open.join(', '), note: 'The authorizer decides what that is: declare it in impersonalAuthorizerFields when it identifies nobody.' };
  return { ...base, verdict: 'PASS', actual: `${fields.length} fields`, ...(addresses.length > 0 && { note: `Source address, declared: ${sourceAddressInLogs ?? ''}` }) };
}
