import { namesAction } from '../../policy/decide.ts';
import type { PolicyStatement } from '../../policy/document.ts';
import { anyHole, hasHole } from '../../policy/hole.ts';
import { matches } from '../../policy/match.ts';
import { policiesOf } from '../../policy/policies.ts';
import { partsOf } from '../../policy/wildcard.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { valueAt } from '../../template/resolve.ts';
import type { Answer } from '../answers.ts';
import type { NamedModel } from '../named-models.ts';
import { referencesIn } from '../references.ts';
import { fitsGeography, NO_REGIONS, regionsOf } from '../regions.ts';
import { INVOKE } from './callers.ts';

/** Whether what an inference profile is sent stays in the allowed regions, and why. */
export interface Stay {
  /** Undefined: the template does not tell. */
  readonly stays: Answer;
  readonly why: string;
}

/** Settings that anything of the estate may read: whoever calls is not told by them. */
const SHARED: ReadonlySet<string> = new Set(['AWS::SSM::Parameter', 'AWS::AppConfig::HostedConfigurationVersion']);

/**
 * Says of inference profiles whether they stay in the allowed regions. A profile stays when all of its geography is allowed. Else its destinations have
 * to be told by rights: it calls its model in each region under the caller's own rights, so that a call is denied where these do not name the model.
 * @param allowed `allowedRegions`; without any, only `global.` is told
 */
export function profiles(estate: Estate, allowed: readonly string[]): (model: NamedModel) => Stay {
  return ({ resource, id, geography = '' }) => {
    const fits = fitsGeography(geography, allowed);
    if (geography === 'global') return { stays: false, why: 'It processes in any region of the world.' };
    if (allowed.length === 0) return { stays: undefined, why: NO_REGIONS };
    if (fits === true) return { stays: true, why: `All regions of ${geography}. are allowed.` };
    const others = regionsOf(geography).filter((region) => !allowed.includes(region));
    // Rights to models say nothing of where a guardrail checks.
    const told = id.includes('guardrail') ? [] : destinations(callersFor(estate, resource), id.replace(/^inference-profile\//, '').slice(geography.length + 1));
    const outside = told.filter((region) => others.includes(region));
    if (outside.length > 0) return { stays: false, why: `Rights let it process in ${outside.join(', ')}.` };
    const inside = told.filter((region) => regionsOf(geography).includes(region));
    if (inside.length > 0 && !told.some((region) => region === '*' || hasHole(region))) return { stays: true, why: `Rights hold it to ${inside.join(', ')}.` };
    if (fits === false) return { stays: false, why: `A profile of ${geography}. sends to several regions of its geography, and ${others.slice(0, 3).join(', ')}${others.length > 3 ? ' and others' : ''} are not allowed.` };
    return { stays: undefined, why: `To which regions of ${geography}. it sends is not told by the template, and ${others.join(', ')} are not allowed: name its model, region by region, in the rights of whoever calls it.` };
  };
}

/** Statements of whoever calls a model that a resource names. */
function callersFor(estate: Estate, resource: Resource): readonly PolicyStatement[] {
  const { holders } = policiesOf(estate);
  if (SHARED.has(resource.type)) return holders.flatMap(({ statements }) => statements);
  const roles = new Set([resource, ...referencesIn(valueAt(estate, resource))]);
  return holders.filter(({ role, statements }) => roles.has(role) || statements.some(({ source }) => source === resource)).flatMap(({ statements }) => statements);
}

/** Regions in which statements may let a model be called; `*` for any. */
function destinations(statements: readonly PolicyStatement[], model: string): readonly string[] {
  const calling = statements.filter(({ statement }) => statement.effect === 'Allow' && INVOKE.some((action) => namesAction(statement, action) !== false));
  return [...new Set(calling.flatMap(({ statement: { resources, notResources }, uncertain }) => {
    // A policy whose text is not in the template may allow anything: it tells of no region.
    if (uncertain !== undefined) return [anyHole('a right that is not told')];
    return notResources !== undefined ? ['*'] : resources.flatMap((arn) => {
      if (hasHole(arn) && partsOf(arn).length < 6) return [anyHole('a right that is not told')];
      if (arn === '*') return ['*'];
      const [, , service, region = '', , rest = ''] = partsOf(arn);
      return service === 'bedrock' && matches(rest, `foundation-model/${model}`) !== false ? [/[*?]/.test(region) || region === '' ? '*' : region] : [];
    });
  }))].toSorted();
}
