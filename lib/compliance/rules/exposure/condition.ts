import { itemsOf, memberOf, textOf, type Value } from '../../template/value.ts';
import { anyOf, type Answer } from '../answers.ts';

/** Keys of conditions that say who may come, lower case. */
const WHO = new Set([
  'aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principalaccount', 'aws:principalarn', 'aws:userid', 'aws:username',
  'aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:sourceip', 'kms:calleraccount', 's3:dataaccesspointaccount', 's3:dataaccesspointarn', 'elasticfilesystem:accesspointarn', 'elasticfilesystem:accessedviamounttarget',
]);
/** Keys that say how or what, not who. */
const NOT_WHO = /^(aws:(securetransport|currenttime|epochtime|requestedregion|useragent|referer|viaawsservice|calledvia\w*|tokenissuetime|multifactorauth\w*|requesttag\/.*|tagkeys|resourcetag\/.*)|s3:(?!dataaccesspoint).*|sns:(protocol|endpoint)|lambda:functionurlauthtype|kms:(viaservice|encryption.*|grant.*)|secretsmanager:.*|dynamodb:.*)$/;

/** Whether a condition narrows down who may come; undefined when it cannot be told, or its keys are not known here. */
export function narrows(condition: Value): Answer {
  if (condition.kind !== 'map') return condition.kind === 'unknown' ? undefined : false;
  return anyOf(Object.entries(condition.members).flatMap(([operator, keys]) => {
    if (keys.kind !== 'map') return [keys.kind === 'unknown' ? undefined : false];
    // What holds for all but some, or where the key is missing, lets others in.
    const positive = /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress|Bool)$/.test(operator);
    return Object.entries(keys.members).map(([key, value]) => (positive ? keyNarrows(key.toLowerCase(), value) : false));
  }));
}

function keyNarrows(key: string, value: Value): boolean | undefined {
  if (!WHO.has(key)) return NOT_WHO.test(key) ? false : undefined;
  const items = itemsOf(value);
  if (items.length === 0 || items.some((item) => /^(\*|0\.0\.0\.0\/0|::\/0|arn:\*.*|false)$/.test(textOf(item) ?? ''))) return false;
  return items.some(({ kind }) => kind === 'unknown') ? undefined : true;
}

/** Whether a statement lets anybody at all do something; undefined when it cannot be told. */
export function isOpen(statement: Value, anyone: (principal: Value) => boolean | undefined): boolean | undefined {
  if (statement.kind === 'unknown') return undefined;
  const effect = memberOf(statement, 'Effect');
  if (effect.kind === 'literal' && textOf(effect) !== 'Allow') return false;
  const everybody = memberOf(statement, 'NotPrincipal').kind === 'absent' ? anyone(memberOf(statement, 'Principal')) : true;
  if (everybody === false) return false;
  const narrowed = narrows(memberOf(statement, 'Condition'));
  return narrowed === true ? false : everybody === undefined || narrowed === undefined || effect.kind === 'unknown' ? undefined : true;
}
