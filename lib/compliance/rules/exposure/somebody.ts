import { anyHole, hasHole, kindOf, readable, tokensOf } from '../../policy/hole.ts';
import { partsOf } from '../../policy/wildcard.ts';
import { allOf, type Answer } from '../answers.ts';
import { areNarrow } from './addresses.ts';

/** Whether one value of a condition names somebody; undefined when the template does not tell. */
type Names = (value: string) => Answer;

/** Condition keys that say who comes, lower case, and when a value of each names somebody rather than anybody. */
const WHO: Readonly<Record<string, Names>> = {
  ...Object.fromEntries(['aws:sourcearn', 'aws:principalarn', 's3:dataaccesspointarn', 'elasticfilesystem:accesspointarn'].map((key) => [key, arn])),
  ...Object.fromEntries(['aws:sourceaccount', 'aws:sourceowner', 'aws:principalaccount', 'kms:calleraccount', 's3:dataaccesspointaccount'].map((key) => [key, text(/^\d{12}$/)])),
  ...Object.fromEntries(['aws:sourceorgid', 'aws:principalorgid'].map((key) => [key, text(/^o-[a-z\d]+$/i)])),
  // Below the organisation any unit may stand.
  ...Object.fromEntries(['aws:sourceorgpaths', 'aws:principalorgpaths'].map((key) => [key, (value: string): Answer => text(/^o-[a-z\d]+$/i)(value.split('/')[0] ?? '')])),
  // The id of a role stands before the session's name, which anybody chooses.
  'aws:userid': (value) => text(/^([A-Z\d]{16,}|\d{12})$/)(value.split(':')[0] ?? ''),
  'aws:sourcevpc': text(/^vpc-[\da-f]+$/),
  'aws:sourcevpce': text(/^vpce-[\da-f]+$/),
  'elasticfilesystem:accessedviamounttarget': text(/^true$/i),
};

/** What services send in place of a source: the log service, buses and trails the resource as encryption context, Alexa the id of a skill. */
const OF_SERVICES: Readonly<Record<string, Names>> = {
  ...Object.fromEntries(['logs:arn', 'events:event-bus:arn', 'cloudtrail:arn', 's3:arn', 'sns:topicarn'].map((name) => [`kms:encryptioncontext:aws:${name}`, arn])),
  ...Object.fromEntries(['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'].map((key) => [key, WHO[key] ?? arn])),
  'lambda:eventsourcetoken': text(/./),
};

/** Keys that say how or what, or what anybody can say of himself: not who. */
const NOT_WHO = /^(aws:(securetransport|currenttime|epochtime|requestedregion|useragent|referer|username|vpcsourceip|viaawsservice|calledvia\w*|tokenissuetime|multifactorauth\w*|requesttag\/.*|tagkeys|resourcetag\/.*)|s3:(?!dataaccesspoint).*|sns:(protocol|endpoint)|lambda:(functionurlauthtype|eventsourcetoken)|kms:(viaservice|encryption.*|grant.*)|secretsmanager:.*|dynamodb:.*)$/;

/** Whether an operator demands a value, rather than only exclude some, or hold for a key that is not there. */
export const demands = (operator: string): boolean => /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress|Bool)$/.test(operator);

/**
 * The one place that decides whether a demanded condition names somebody: an account, an organisation, an identity, a network or a resource of known
 * owner. A star where the owner stands names anybody; so do ranges of addresses as wide as the internet. Undefined: not told, or a key that is not known here.
 * @param values with holes for what is not known; one of them has to fit
 * @param of `principal`: of whoever comes; `service`: of whom a service acts for
 */
export function namesSomebody(key: string, values: readonly string[], of: 'principal' | 'service'): Answer {
  const name = key.toLowerCase();
  const told = values.map((value) => value.replace(/\$\{[^}]*\}/g, UNKNOWN));
  if (name === 'aws:sourceip' && of === 'principal') return told.length > 0 && areNarrow(told.filter((value) => !hasHole(value))) ? (told.some(hasHole) ? undefined : true) : false;
  const names = (of === 'service' ? OF_SERVICES : WHO)[name];
  if (names !== undefined) return told.length === 0 ? false : allOf(told.map(names));
  return of === 'service' || NOT_WHO.test(name) ? false : undefined;
}

/** What stands for a variable of IAM: it is known when a request is made. */
const UNKNOWN = anyHole('a variable of the request');

/** A test of a text without stars; a reference to what the estate has, or to its account, names what it stands for. */
function text(fits: RegExp): Names {
  return (value) => (/[*?]/.test(value) ? false : hasHole(value) ? told(value) : fits.test(value));
}

/** An ARN names somebody by its account; one without an account, as that of a bucket, by a name without stars. */
function arn(value: string): Answer {
  const [first = ''] = tokensOf(value);
  if (kindOf(first) !== 'text') return told(first);
  const [scheme, , , , account, ...rest] = partsOf(value);
  if (scheme !== 'arn') return false;
  if (account === undefined || rest.length === 0) return hasHole(value) && !/[*?]/.test(value) ? undefined : false;
  const owner = account === '' ? rest.join(':') : account;
  return owner === '' || /[*?]/.test(owner) ? false : told(owner);
}

/** Whether all holes of a text stand for something of the estate, its account or its stack. */
function told(value: string): Answer {
  return tokensOf(value).every((token) => kindOf(token) === 'text' || kindOf(token) === 'identity' || (kindOf(token) === 'open' && readable(token).startsWith('<AWS::'))) ? true : undefined;
}
