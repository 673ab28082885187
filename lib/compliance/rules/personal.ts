import type { Estate, Resource } from '../template/types.ts';
import { textOf } from '../template/value.ts';
import { reasonsOf, type Finding } from './check.ts';
import type { Parameters } from './parameters.ts';
import { dataClassOf, storeTag, STORE_TYPES } from './stores.ts';

type Known = Pick<Parameters, 'tags' | 'impersonalClasses'>;

/** Whether a resource is a register of people, which no tag makes impersonal. */
export function holdsPeople({ type }: Resource): boolean {
  return type === 'AWS::Cognito::UserPool';
}

/** Whether a resource holds personal data, as each does that is not tagged otherwise; undefined when its class of data is not told. */
export function holdsPersonal(estate: Estate, resource: Resource, { tags, impersonalClasses }: Known): boolean | undefined {
  if (holdsPeople(resource)) return true;
  const found = storeTag(estate, resource, tags.dataClass);
  const text = textOf(found);
  if (text !== undefined) return !impersonalClasses.includes(text);
  return found.kind === 'absent' ? true : undefined;
}

/** Stores of an estate that hold personal data, or may: what is found on them goes through {@link ifPersonal}. */
export function personalStores(estate: Estate, parameters: Known): Resource[] {
  return estate.resources.filter((resource) => (STORE_TYPES as readonly string[]).includes(resource.type) && holdsPersonal(estate, resource, parameters) !== false);
}

/** Findings on a resource as far as it is personal: none where its class is not, and no FAIL where its class is not told. */
export function asPersonal(estate: Estate, resource: Resource, parameters: Parameters, judge: () => Finding | readonly Finding[]): Finding[] {
  if (holdsPersonal(estate, resource, parameters) === false) return [impersonal(estate, resource, parameters)];
  return [judge()].flat().map((finding) => ifPersonal(estate, resource, parameters, finding));
}

/** The finding on a resource that is tagged as not personal. */
function impersonal(estate: Estate, resource: Resource, parameters: Parameters): Finding {
  return { verdict: 'NOT_APPLICABLE', note: `Its tag ${parameters.tags.dataClass} says that it holds no personal data: ${dataClassOf(estate, resource, parameters) ?? ''}.` };
}

/** A finding on a resource that is judged as personal: a FAIL is UNKNOWN while its class of data is not told, for it fails only if it is. */
export function ifPersonal<F extends Finding>(estate: Estate, resource: Resource, parameters: Known, finding: F): F {
  if (finding.verdict !== 'FAIL' || holdsPersonal(estate, resource, parameters) !== undefined) return finding;
  return { ...finding, verdict: 'UNKNOWN', note: [classNotTold(estate, resource, parameters), finding.note].filter(Boolean).join(' ') };
}

/** Why it cannot be told whether a resource holds personal data. */
export function classNotTold(estate: Estate, resource: Resource, { tags }: Known): string {
  return `Whether ${resource.logicalId} holds personal data is not told by the template, as its tag ${tags.dataClass} is not: ${reasonsOf(storeTag(estate, resource, tags.dataClass))}.`;
}
