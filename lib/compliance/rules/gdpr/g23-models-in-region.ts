import type { Estate } from '../../template/types.ts';
import { memberOf } from '../../template/value.ts';
import { leavesOf, patternOf, reasonsOf } from '../check.ts';
import { INVOKE } from '../models/callers.ts';
import { profiles } from '../models/profiles.ts';
import type { Parameters } from '../parameters.ts';
import { isAllowed, NO_REGIONS } from '../regions.ts';
import type { Judgement, Rule } from '../rule.ts';
import { grants, grantsOf } from '../statements.ts';
import { allowedModels, MODEL_TYPES, modelsOf, type NamedModel } from '../named-models.ts';

/** What sends text to a model, jobs over many texts included. */
const SENDS = [...INVOKE, 'bedrock:CreateModelInvocationJob'];

/** G23: models are called inside the allowed regions, inference profiles included. */
export const g23ModelsInRegion: Rule = {
  id: 'G23',
  pack: 'GDPR',
  version: 2,
  references: ['GDPR Art. 44', 'GDPR Art. 45', 'GDPR Art. 46'],
  title: 'Models, inference profiles and guardrail profiles process in the allowed regions alone',
  info: 'Looks for model ids and ARNs in environment variables, settings and state machines, in the rights of roles, and in every Bedrock resource. A model without a profile runs in the region of its stack or ARN. A profile passes when all regions of its geography are allowed (`eu.` stands for the regions of AWS in Europe, London and Zurich among them), or when the rights of whoever calls it name its model region by region, each allowed: a call to any other is denied. It fails when rights name one that is not, when at most one region of its geography is allowed (a profile sends to several), and for `global.`; where some are allowed and nothing tells which ones it sends to, that is UNKNOWN. Rights to invoke any model in any region fail.',
  explanation: 'A cross-region inference profile sends each request, with what the user wrote, to whichever of its regions has room; a guardrail profile does the same with the texts that it checks. The region of the stack says nothing about it. Use the model in its region, or the profile of your own geography, and name the regions in the rights too, so that code cannot choose another. Which regions a profile has stands in its list in the documentation: name just these, and check that each is allowed.',
  looksAt: MODEL_TYPES,
  judge: (estate, parameters) => {
    const named = [...estate.resources.flatMap((resource) => modelsOf(estate, resource)), ...allowedModels(estate)];
    const once = [...new Map(named.map((model) => [`${estate.resources.indexOf(model.resource)} ${model.id} ${model.region ?? ''}`, model])).values()];
    const profile = profiles(estate, parameters.allowedRegions);
    const found = [...once.map((model) => judged(model, parameters, profile)), ...anywhere(estate)];
    return found.length === 0 ? [{ verdict: 'NOT_APPLICABLE', note: 'Nothing names a model, and no policy allows one to be invoked.' }] : found;
  },
};

function judged(model: NamedModel, { allowedRegions }: Parameters, profile: ReturnType<typeof profiles>): Judgement {
  const { resource, property, id, geography } = model;
  const region = model.region === undefined || model.region === '' ? resource.stack.region : model.region;
  const judgement = { resource, property, part: `${id}${model.region ? ` in ${model.region}` : ''}`.slice(0, 120), actual: geography === undefined ? (region ?? 'not known') : `profile ${geography}.`, expected: allowedRegions.length === 0 ? 'inside the allowed regions' : `inside ${allowedRegions.join(', ')}` };
  if (model.unknown !== undefined) return { ...judgement, part: property.slice(0, 120), verdict: 'UNKNOWN', actual: 'not known', note: `It may name a model, and is not told by the template: ${reasonsOf(model.unknown)}.` };
  if (allowedRegions.length === 0) return geography === 'global' ? { ...judgement, verdict: 'FAIL', note: 'It processes in any region of the world.' } : { ...judgement, verdict: 'UNKNOWN', note: NO_REGIONS };
  const stay = geography === undefined ? undefined : profile(model);
  if (stay?.stays === false) return { ...judgement, verdict: 'FAIL', note: stay.why };
  if (region === '*') return { ...judgement, verdict: 'FAIL', note: 'It stands for every region.' };
  if (region === undefined || region.includes('<')) return { ...judgement, verdict: 'UNKNOWN', note: 'The region of the call is not told by the template.' };
  if (isAllowed(region, allowedRegions) !== true) return { ...judgement, verdict: 'FAIL', actual: region };
  if (id.startsWith('application-inference-profile/')) return { ...judgement, verdict: 'UNKNOWN', note: 'What the application inference profile copies from is not told here.' };
  return { ...judgement, verdict: stay === undefined || stay.stays === true ? 'PASS' : 'UNKNOWN', ...(stay !== undefined && { note: stay.why }) };
}

/** Rights to invoke any model in any region. */
function anywhere(estate: Estate): Judgement[] {
  return grantsOf(estate).filter(({ value }) => grants(value, SENDS) === true).flatMap(({ resource, part, value }): Judgement[] => {
    const resources = leavesOf(memberOf(value, 'Resource')).map((leaf) => leaf.value);
    const [property, expected] = ['Resource', 'models by region'];
    if (resources.some((one) => patternOf(one) === '*')) return [{ resource, part, property, expected, verdict: 'FAIL', actual: '*', note: 'It allows any model and any profile, in every region.' }];
    return resources.filter(({ kind }) => kind === 'unknown').map((one) => ({ resource, part, property, expected, verdict: 'UNKNOWN', actual: 'not known', note: `Which models it allows is not told by the template: ${reasonsOf(one)}.` }));
  });
}
