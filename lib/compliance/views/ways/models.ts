import { compare, grouped } from '../../report/text.ts';
import type { Egress } from '../../report/views.ts';
import { leavesOf, patternOf, reasonsOf } from '../../rules/check.ts';
import { INVOKE } from '../../rules/models/callers.ts';
import { profiles } from '../../rules/models/profiles.ts';
import { allowedModels, modelsOf, type NamedModel } from '../../rules/named-models.ts';
import type { Parameters } from '../../rules/parameters.ts';
import { isAllowed } from '../../rules/regions.ts';
import { grants, grantsOf } from '../../rules/statements.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { memberOf } from '../../template/value.ts';
import type { Names } from '../names.ts';
import { platformProcessor, type Way } from './way.ts';

/** Calls of models: one way for each model that a setting, a Bedrock resource or a right names. */
export function modelWays(estate: Estate, parameters: Parameters, names: Names): Way[] {
  const profile = profiles(estate, parameters.allowedRegions);
  const named = [...estate.resources.flatMap((resource) => modelsOf(estate, resource)), ...allowedModels(estate)];
  const ways = [...grouped(named, (model) => JSON.stringify([names.id(model.resource), model.unknown === undefined ? plain(model.id) : `${model.id} ${model.property}`])).values()].map((same) => modelWay(same, parameters, profile, names));
  return [...ways, ...anyModel(estate, parameters, names)];
}

/** A model under one name, whether it stands there by its ARN or by its id. */
const plain = (id: string): string => id.replace(/^(foundation-model|inference-profile)\//, '');

function modelWay(same: readonly NamedModel[], parameters: Parameters, profile: Profile, names: Names): Way {
  const [{ resource, id, geography, unknown }] = same as readonly [NamedModel];
  const regions = [...new Set(same.map((model) => placeOf(model)))].toSorted(compare);
  const known = regions.filter((region) => region !== '');
  // Rights may hold a profile to fewer regions than its geography has.
  const held = geography === undefined || parameters.allowedRegions.length === 0 ? undefined : /^R(ights hold it to .*)\.$/.exec(profile(same[0] as NamedModel).why)?.[1];
  return way(resource, parameters, names, {
    to: unknown === undefined ? `Bedrock ${plain(id)}` : `a model that is not known: ${reasonsOf(unknown)}`,
    ...(known.length > 0 && { region: geography === undefined ? known.join(', ') : `profile ${geography}.: ${held === undefined ? 'any region of it' : `r${held}`}` }),
    leaves: worst(same.map((model) => leaving(model, parameters, profile))),
  });
}

function way(resource: Resource, parameters: Parameters, names: Names, row: Pick<Egress, 'to' | 'region' | 'leaves'>): Way {
  const policy = resource.type.startsWith('AWS::IAM::');
  const data = /guardrail-profile/.test(row.to) ? 'texts that the guardrail checks' : policy ? 'texts that its role may send to the model' : 'texts that it sends to the model, if it calls it';
  return { resource, kind: 'model', row: { from: names.id(resource), ...row, data, processor: platformProcessor(parameters), protection: 'TLS, by the service’s API' } };
}

/** Region in which a model runs; empty when it cannot be told. */
function placeOf({ resource, region, unknown }: NamedModel): string {
  if (unknown !== undefined) return '';
  if (region === '*') return 'any region';
  const place = region === undefined || region === '' ? resource.stack.region : region;
  return place === undefined || place.includes('<') ? '' : place;
}

type Profile = ReturnType<typeof profiles>;

function leaving(model: NamedModel, { allowedRegions }: Parameters, profile: Profile): Egress['leaves'] {
  const { geography, id, unknown } = model;
  if (unknown !== undefined) return 'unknown';
  const wide = geography === 'global' ? false : geography === undefined ? true : allowedRegions.length === 0 ? undefined : profile(model).stays;
  // A profile is called in a region of its own, besides those that it sends to.
  const fits = wide === true ? inPlace(placeOf(model), allowedRegions) : wide;
  // What an application inference profile copies from is not told by its name.
  if (fits === true && id.startsWith('application-inference-profile/')) return 'unknown';
  return fits === undefined ? 'unknown' : fits ? 'no' : 'yes';
}

function inPlace(place: string, allowedRegions: readonly string[]): boolean | undefined {
  if (place === 'any region') return false;
  return place === '' ? undefined : isAllowed(place, allowedRegions);
}

function worst(all: readonly Egress['leaves'][]): Egress['leaves'] {
  return all.find((one) => one === 'yes') ?? all.find((one) => one === 'unknown') ?? 'no';
}

/** Rights to call any model, or models that are not told. */
function anyModel(estate: Estate, parameters: Parameters, names: Names): Way[] {
  const wide = grantsOf(estate).filter(({ value }) => grants(value, INVOKE) === true).flatMap(({ resource, value }) => leavesOf(memberOf(value, 'Resource')).flatMap((leaf) => {
    if (patternOf(leaf.value) === '*') return [way(resource, parameters, names, { to: 'any Bedrock model', region: 'any region', leaves: 'yes' })];
    return leaf.value.kind === 'unknown' ? [way(resource, parameters, names, { to: `a model that is not known: ${reasonsOf(leaf.value)}`, leaves: 'unknown' })] : [];
  }));
  return [...new Map(wide.map((one) => [JSON.stringify(one.row), one])).values()];
}
