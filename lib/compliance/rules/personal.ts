import type { Estate, Resource } from '../template/types.ts';
import { textOf } from '../template/value.ts';
import type { Finding } from './check.ts';
import type { Parameters } from './parameters.ts';
import { storeTag } from './stores.ts';

/** Whether a resource holds personal data, as each does that is not tagged otherwise; undefined when its class of data is not told. */
export function holdsPersonal(estate: Estate, resource: Resource, { tags, impersonalClasses }: Pick<Parameters, 'tags' | 'impersonalClasses'>): boolean | undefined {
  const found = storeTag(estate, resource, tags.dataClass);
  const text = textOf(found);
  if (text !== undefined) return !impersonalClasses.includes(text);
  return found.kind === 'absent' ? true : undefined;
}

/** Findings on a resource as far as it is personal: none where its class is not, and no FAIL where its class is not told. */
export function asPersonal(estate: Estate, resource: Resource, parameters: Parameters, judge: () => Finding | readonly Finding[]): Finding[] {
  const personal = holdsPersonal(estate, resource, parameters);
  if (personal === false) return [{ verdict: 'NOT_APPLICABLE', note: `The tag ${parameters.tags.dataClass} says that it holds no personal data.` }];
  const findings = [judge()].flat();
  if (personal) return findings;
  return findings.map((finding) => (finding.verdict === 'FAIL' ? unclear(finding, parameters) : finding));
}

function unclear(finding: Finding, { tags }: Parameters): Finding {
  return { ...finding, verdict: 'UNKNOWN', note: `Whether it holds personal data is not told by the template: the tag ${tags.dataClass} is not known.` };
}
