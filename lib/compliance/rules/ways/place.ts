import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, textOf, type Value } from '../../template/value.ts';
import { patternOf } from '../check.ts';
import { holdsUnknownPart, referencesIn } from '../references.ts';

/** A place outside the own account or region, or one of which that cannot be told. */
export interface Place {
  /** Account that is named, where it is not the own. @default - the own, or not told */
  readonly account?: string;
  /** Region that is named; the own too, where another account is. @default - the own, or not told */
  readonly region?: string;
  /** What is named there, without region and account. @default - nothing can be read */
  readonly name?: string;
  /** Why it cannot be told whether it is outside. @default - it is */
  readonly unclear?: string;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Where a destination is, as its ARN says; undefined for what is in the own account and region. What is not known may be anywhere.
 * @param isBucket whether a name by itself is that of a bucket
 */
export function placeOf(estate: Estate, resource: Resource, value: Value, isBucket = false): Place | undefined {
  if (value.kind === 'absent') return undefined;
  if (value.kind === 'map' && isBucket) return bucketIn(estate, resource, value);
  if (value.kind === 'reference') return referenced(resource, value.resource);
  if (value.kind === 'pseudo') return undefined;
  const text = patternOf(value);
  // API Gateway names a function by its ARN inside one of its own.
  const nested = text.lastIndexOf('/arn:') + 1;
  const arn = nested > 0 ? text.slice(nested) : text.startsWith('arn:') ? text : undefined;
  if (isBucket ? arn === undefined || isNameless(arn) : arn !== undefined && isNameless(arn)) return bucketNamed(estate, value, (arn ?? text).split(':').at(-1) ?? '');
  if (arn !== undefined) return named(resource, arn, value);
  return holdsUnknownPart(value) ? { unclear: 'a value that is not told names it' } : undefined;
}

/** An ARN of S3 that names no account. */
const isNameless = (arn: string): boolean => arn.split(':')[2] === 's3' && arn.split(':')[4] === '';

function referenced(from: Resource, to: Resource): Place | undefined {
  if (/^(Custom::|AWS::CloudFormation::)/.test(to.type)) return { unclear: `${to.logicalId} gives it at deployment` };
  const differs = (one?: string, other?: string): boolean => one !== undefined && other !== undefined && one !== other;
  const account = differs(from.stack.account, to.stack.account) ? to.stack.account : undefined;
  const region = differs(from.stack.region, to.stack.region) ? to.stack.region : undefined;
  return account === undefined && region === undefined ? undefined : { name: to.logicalId, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function bucketIn(estate: Estate, resource: Resource, destination: Value): Place | undefined {
  const [bucket, account] = [memberOf(destination, 'Bucket'), memberOf(destination, 'Account')].map((one, index) => (one.kind === 'absent' ? memberOf(destination, ['BucketArn', 'BucketAccountId'][index] ?? '') : one)) as [Value, Value];
  const by = textOf(account);
  if (by === undefined || by === resource.stack.account) return account.kind === 'pseudo' || by !== undefined ? undefined : placeOf(estate, resource, bucket, true);
  return { account: by, name: patternOf(bucket).split(':').at(-1) ?? '', ...(resource.stack.account === undefined && { unclear: OWN_ACCOUNT }) };
}

const OWN_ACCOUNT = 'which account the template is deployed to is not told';

function bucketNamed(estate: Estate, value: Value, name: string): Place | undefined {
  if (referencesIn(value).some(({ type }) => type === 'AWS::S3::Bucket')) return undefined;
  if (estate.resources.some(({ type, properties }) => type === 'AWS::S3::Bucket' && properties['BucketName'] === name)) return undefined;
  return { name, unclear: holdsUnknownPart(value) ? 'a value that is not told names it' : 'the name of a bucket tells neither its account nor its region' };
}

/** Reads an ARN, that of an integration of API Gateway included, which names an account in its path if at all. */
function named({ stack }: Resource, arn: string, value: Value): Place | undefined {
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const integration = service === 'apigateway';
  const owner = integration ? (/^path\/(\d{12})\//.exec(rest.join(':'))?.[1] ?? '') : account;
  const [abroad, foreign] = [compared(region, 'AWS.Region', stack.region, (text) => REGION.test(text)), compared(owner, 'AWS.AccountId', stack.account, (text) => /^\d+$/.test(text))];
  const open = integration && holdsUnknownPart(value);
  if (abroad === 'own' && foreign === 'own' && !open) return undefined;
  const unsure = [...(abroad === 'unclear' || foreign === 'unclear' || open ? ['a value that is not told names it'] : []), ...(abroad === 'other?' ? ['which region the template is deployed to is not told'] : []), ...(foreign === 'other?' ? [OWN_ACCOUNT] : [])];
  // One that differs for sure is enough.
  const sure = abroad === 'other' || foreign === 'other';
  const theirs = foreign.startsWith('other');
  const where = abroad.startsWith('other') ? region : theirs && abroad === 'own' && region !== '' ? stack.region : undefined;
  return { name: rest.join(':'), ...(theirs && { account: owner }), ...(where !== undefined && { region: where }), ...(!sure && unsure.length > 0 && { unclear: unsure.join('; ') }) };
}

/** Whether a part of an ARN is the own; `other?` where the own is not told. */
function compared(part: string, pseudo: string, own: string | undefined, isLiteral: (text: string) => boolean): 'own' | 'other' | 'other?' | 'unclear' {
  if (part === '' || part === own || part === `<${pseudo}>`) return 'own';
  if (!isLiteral(part)) return 'unclear';
  return own === undefined ? 'other?' : 'other';
}

/** Places outside that a text names in full, as ARN or as address of AWS. What cannot be compared is left out: a setting may name anything. */
export function placesIn({ stack }: Resource, text: string): Place[] {
  const all = [
    ...[...text.matchAll(/\barn:[^:\s"',\\]*:([a-z0-9-]+):([^:\s"',\\]*):([^:\s"',\\]*):([^\s"',\\]*)/g)].filter(([, service]) => service !== 'bedrock').map(([, , region = '', account = '', name = '']) => ({ region, account, name })),
    ...[...text.matchAll(/\b(?:https?|wss):\/\/([^/\s"'\\,]*\.amazonaws\.com(?:\.cn)?)(?:\/(\d{12})\/)?/gi)].map(([, host = '', account = '']) => ({ region: host.toLowerCase().split('.').find((label) => REGION.test(label)) ?? '', account, name: host.toLowerCase() })),
  ];
  return all.flatMap(({ region, account, name }): Place[] => {
    const [abroad, foreign] = [stack.region !== undefined && REGION.test(region) && region !== stack.region, stack.account !== undefined && /^\d{12}$/.test(account) && account !== stack.account];
    return abroad || foreign ? [{ name, ...(foreign && { account }), ...(abroad && { region }) }] : [];
  });
}
