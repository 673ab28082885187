import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { numberOf, textOf, type Value } from '../../template/value.ts';
import { check, type Finding } from '../check.ts';
import { each, type Rule } from '../rule.ts';

/** Longest life of a token that opens something, in minutes. Ours: the standard gives no number. */
const LONGEST_TOKEN = 60;
/** Longest session without a new sign-in, in minutes: a working shift. */
const LONGEST_SESSION = 720;
/** Longest idle time of a conversation with an agent or a bot, in minutes. */
const LONGEST_IDLE = 60;
const MINUTES: Readonly<Record<string, number>> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };
const CLIENT = 'AWS::Cognito::UserPoolClient';
const IDLE: Readonly<Record<string, string>> = { 'AWS::Bedrock::Agent': 'IdleSessionTTLInSeconds', 'AWS::Lex::Bot': 'IdleSessionTTLInSeconds' };
const PERMISSIONS = 'AWS::SSO::PermissionSet';
const TYPES = [CLIENT, PERMISSIONS, ...Object.keys(IDLE)];

/** H01: sessions end by themselves. */
export const h01AutomaticLogoff: Rule = {
  id: 'H01',
  pack: 'HIPAA-Additions',
  version: 1,
  references: ['HIPAA 164.312(a)(2)(iii)'],
  title: 'Tokens and sessions end by themselves',
  info: `Looks at the clients of user pools, at permission sets, and at sessions of agents and bots. Passes when access and id tokens live at most ${LONGEST_TOKEN} minutes, refresh tokens and permission sets at most ${LONGEST_SESSION}, and idle sessions at most ${LONGEST_IDLE}. The numbers are ours; the standard asks for a predetermined time.`,
  explanation: 'A session that is left open on a shared desk is open to the next person. What is left out counts with the default of AWS: an hour for access and id tokens, 30 days for refresh tokens. Set AccessTokenValidity, IdTokenValidity and RefreshTokenValidity with TokenValidityUnits, and revoke tokens on sign-out.',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate) => {
    if (resource.type === CLIENT) return client(estate, resource);
    const property = IDLE[resource.type] ?? 'SessionDuration';
    const isIdle = resource.type !== PERMISSIONS;
    const longest = isIdle ? LONGEST_IDLE : LONGEST_SESSION;
    const value = valueAt(estate, resource, property);
    // Without a duration a permission set lasts an hour, and an agent's session idles ten minutes.
    return check(property, value, `at most ${longest} minutes`, () => bounded(value, isIdle ? seconds(value) : duration(value), longest));
  }),
};

function client(estate: Estate, resource: Resource): Finding[] {
  const tokens = [
    { name: 'AccessToken', unit: 'hours', instead: 60, longest: LONGEST_TOKEN },
    { name: 'IdToken', unit: 'hours', instead: 60, longest: LONGEST_TOKEN },
    { name: 'RefreshToken', unit: 'days', instead: 30 * 1440, longest: LONGEST_SESSION },
  ];
  return tokens.map(({ name, unit, instead, longest }) => {
    const value = valueAt(estate, resource, `${name}Validity`);
    const given = valueAt(estate, resource, `TokenValidityUnits.${name}`);
    const factor = given.kind === 'absent' ? MINUTES[unit] : MINUTES[textOf(given) ?? ''];
    const number = numberOf(value);
    // 0 means the default as well.
    const minutes = value.kind === 'absent' || number === 0 ? instead : number === undefined || factor === undefined ? undefined : number * factor;
    return check(`${name}Validity`, given.kind === 'unknown' ? given : value, `at most ${longest} minutes`, () => bounded(value, minutes, longest), { part: name, ...(minutes !== undefined && { note: `It lives ${Math.round(minutes)} minutes.` }) });
  });
}

function bounded(value: Value, minutes: number | undefined, longest: number): boolean | undefined {
  if (value.kind === 'absent' && minutes === undefined) return true;
  return minutes === undefined ? (value.kind === 'literal' || value.kind === 'list' || value.kind === 'map' ? false : undefined) : minutes > 0 && minutes <= longest;
}

function seconds(value: Value): number | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : number / 60;
}

/** Minutes of an ISO 8601 duration such as `PT8H`. */
function duration(value: Value): number | undefined {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(textOf(value) ?? '');
  return found === null ? undefined : [1440, 60, 1, 1 / 60].reduce((sum, factor, index) => sum + factor * Number(found[index + 1] ?? 0), 0);
}
