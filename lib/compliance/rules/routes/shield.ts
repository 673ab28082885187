import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf, numberOf, type Value } from '../../template/value.ts';
import { allOf, type Answer } from '../answers.ts';
import { STAGE_TYPES, stageOf } from '../api-stages.ts';
import { holdsUnknownPart, referencesIn } from '../references.ts';

const ASSOCIATIONS = new Set(['AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation']);

/** Whether a web ACL stands before any of some resources; undefined when it cannot be told. */
export function behindFirewall(estate: Estate, targets: readonly Resource[]): Answer {
  const associated = estate.resources.filter(({ type }) => ASSOCIATIONS.has(type)).map((association) => valueAt(estate, association, 'ResourceArn'));
  if (associated.some((arn) => referencesIn(arn).some((resource) => targets.includes(resource)))) return true;
  return associated.some(holdsUnknownPart) ? undefined : false;
}

/** Stages of an API. */
export function stagesOf(estate: Estate, api: Resource): Resource[] {
  return estate.resources.filter(({ type }) => (STAGE_TYPES as readonly string[]).includes(type)).filter((stage) => ['RestApiId', 'ApiId'].some((name) => referencesIn(valueAt(estate, stage, name)).includes(api)) && stageOf(estate, stage) !== undefined);
}

/** Whether every stage limits the rate of a route, by itself or for all routes; undefined when it cannot be told. */
export function throttled(estate: Estate, stages: readonly Resource[], route: { readonly method: string; readonly path: string | undefined }): Answer {
  return stages.length > 0 && allOf(stages.map((stage) => {
    const settings = stageOf(estate, stage)?.routes ?? [];
    const own = settings.filter(({ part }) => part === `${route.method} ${route.path ?? ''}` || part === `* ${route.path ?? ''}`);
    const all = settings.filter(({ part }) => part === 'All routes');
    const found = [...own, ...all].map(({ value }) => limits(value)).filter((limit) => limit !== 'unset');
    return found.length === 0 ? false : found[0] === 'not known' ? undefined : found[0] === 'limited';
  }));
}

function limits(settings: Value): 'limited' | 'unlimited' | 'not known' | 'unset' {
  const both = ['ThrottlingRateLimit', 'ThrottlingBurstLimit'].map((name) => memberOf(settings, name));
  if (both.some(({ kind }) => kind === 'unknown')) return 'not known';
  if (both.every(({ kind }) => kind === 'absent')) return 'unset';
  return both.every((limit) => (numberOf(limit) ?? -1) >= 0) ? 'limited' : 'unlimited';
}
