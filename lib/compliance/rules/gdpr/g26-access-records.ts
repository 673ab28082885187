import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { textOf } from '../../template/value.ts';
import { check, found, isTrue, type Finding } from '../check.ts';
import { CUSTOMER_KEY, isCustomerKey } from '../keys/customer-key.ts';
import type { Parameters } from '../parameters.ts';
import { ifPersonal, personalStores } from '../personal.ts';
import type { Judgement, Rule } from '../rule.ts';
import { grants, grantsOf } from '../statements.ts';
import { RECORDED, records, recordsCalls, trailsOf } from '../trails.ts';

const TRAIL = 'AWS::CloudTrail::Trail';
const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
const CALLS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** G26: who reads personal stores and calls models is recorded, where nobody can change it. */
export const g26AccessRecords: Rule = {
  id: 'G26',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 30', 'GDPR Art. 5(2)', 'GDPR Art. 32(1)(d)'],
  title: 'CloudTrail records access to personal stores and calls of models, validated, under a key, in a protected bucket',
  info: 'For each personal store that CloudTrail has data events for (tables, buckets, queues, topics, streams, knowledge bases; the bucket of the trail itself aside) passes when a trail of the estate selects reads and writes of it. Calls of models are management events: passes when a trail selects them with reads. Each trail has to be on, to validate its files, to have a key, and a bucket that is versioned or locked and blocks public access. What the parameter outsideTrail names is MANUAL, with the selectors that it needs.',
  explanation: 'Without data events nobody can say afterwards who read a conversation: neither for the record of processing nor after a breach. Select the store in AdvancedEventSelectors, set EnableLogFileValidation and KMSKeyId, and keep the files in a bucket of their own. Where a trail of the organisation records them, name it in outsideTrail.',
  looksAt: [TRAIL, ...Object.keys(RECORDED)],
  judge: (estate, parameters) => {
    const trails = estate.resources.filter(({ type }) => type === TRAIL);
    const judgements = [...trails.flatMap((trail) => ofTrail(estate, trail)), ...stores(estate, parameters), ...models(estate, parameters)];
    return judgements.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'There is no personal store with data events, no model call and no trail.' }] : judgements;
  },
};

function ofTrail(estate: Estate, trail: Resource): Judgement[] {
  const at = (property: string, expected: string, passes: typeof isTrue): Judgement => ({ resource: trail, ...check(property, valueAt(estate, trail, property), expected, passes, { part: property }) });
  return [at('IsLogging', 'true', isTrue), at('EnableLogFileValidation', 'true', isTrue), at('KMSKeyId', CUSTOMER_KEY, isCustomerKey), { resource: trail, ...bucket(estate, trail) }];
}

function bucket(estate: Estate, trail: Resource): Finding {
  const value = valueAt(estate, trail, 'S3BucketName');
  const expected = 'a bucket that is versioned or locked, and blocks public access';
  if (value.kind !== 'reference' || value.resource.type !== 'AWS::S3::Bucket') return check('S3BucketName', value, expected, ({ kind }) => (kind === 'absent' ? false : undefined), { part: 'S3BucketName', note: 'The bucket stands outside the templates.' });
  const [versions, lock] = [valueAt(estate, value.resource, 'VersioningConfiguration.Status'), valueAt(estate, value.resource, 'ObjectLockEnabled')];
  const lasting = textOf(versions) === 'Enabled' || isTrue(lock) === true;
  const blocks = new Set(BLOCKS.map((name) => isTrue(valueAt(estate, value.resource, `PublicAccessBlockConfiguration.${name}`))));
  return check('S3BucketName', value, expected, () => {
    if (blocks.has(false) || (!lasting && versions.kind !== 'unknown' && lock.kind !== 'unknown')) return false;
    return lasting && !blocks.has(undefined) ? true : undefined;
  }, { part: 'S3BucketName' });
}

function stores(estate: Estate, parameters: Parameters): Judgement[] {
  const trails = trailsOf(estate);
  const own = new Set(trails.map((trail) => valueAt(estate, trail, 'S3BucketName')).flatMap((value) => (value.kind === 'reference' ? [value.resource] : [])));
  return personalStores(estate, parameters).filter((store) => store.type in RECORDED && !own.has(store)).map((store) => {
    const selector = `eventCategory = Data, resources.type = ${RECORDED[store.type] ?? ''}, resources.ARN = that of ${store.logicalId}, reads and writes`;
    return found(store, ifPersonal(estate, store, parameters, answered(trails.map((trail) => records(estate, trail, store)), selector, parameters)), 'Data events');
  });
}

function models(estate: Estate, parameters: Parameters): Judgement[] {
  const calls = estate.resources.some(({ type }) => type === 'AWS::Bedrock::Agent') || grantsOf(estate).some(({ value }) => grants(value, CALLS) === true);
  return calls ? [{ part: 'Model calls', ...answered(trailsOf(estate).map((trail) => recordsCalls(estate, trail)), 'eventCategory = Management without readOnly = false (bedrock.amazonaws.com not excluded)', parameters) }] : [];
}

function answered(answers: readonly (boolean | undefined)[], selector: string, { outsideTrail }: Parameters): Finding {
  const finding = { property: 'AdvancedEventSelectors', expected: selector };
  if (answers.includes(true)) return { ...finding, verdict: 'PASS', actual: 'selected' };
  if (outsideTrail !== undefined) return { ...finding, verdict: 'MANUAL', actual: `declared to be recorded by ${outsideTrail}`, note: `Evidence wanted: the event selectors of ${outsideTrail}, which must have ${selector}; its log file validation, key and bucket.` };
  return answers.includes(undefined) ? { ...finding, verdict: 'UNKNOWN', actual: 'not known', note: 'A selector of a trail depends on what the template does not tell.' } : { ...finding, verdict: 'FAIL', actual: answers.length === 0 ? 'no trail' : 'not selected', missing: true, note: 'Where a trail outside the templates records it, name that trail in the parameter outsideTrail.' };
}
