import { present } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

const MENDS: Readonly<Record<string, string>> = {
  region: 'Choose an allowed region, or add it to the policy.',
  'model.processor.region': 'Add the region to the policy, or use an endpoint that stays inside it.',
};

/** Personal data stays where the policy says, also while a model reads it. */
export const regionsAreAllowed: Rule = {
  id: 'region-not-allowed',
  demands: '`region`, every region of `model.inferenceProfile` and that of `model.processor` stand in `dataPolicy.allowedRegions`.',
  check: ({ dataPolicy, model, region }) => {
    const allowed = dataPolicy?.allowedRegions;
    // With an entry that was refused it is not known what is allowed.
    if (allowed === undefined || allowed.includes(undefined)) return [];
    const used = [
      { path: 'region', value: region },
      ...((model?.provider === 'bedrock' ? model.inferenceProfile?.regions : undefined) ?? []).map((value, index) => ({ path: `model.inferenceProfile.regions.${index}`, value })),
      ...(model?.provider === 'openai-compatible' ? [{ path: 'model.processor.region', value: model.processor?.region }] : []),
    ];
    return used.flatMap(({ path, value }) =>
      value === undefined || allowed.includes(value)
        ? []
        : [{ path, value, problem: 'Personal data would leave the regions of `dataPolicy.allowedRegions`.', allowed: `one of ${present(allowed).join(', ')}`, mend: MENDS[path] ?? 'Add the region to the policy, or use a profile (or none) that stays inside it.' }],
    );
  },
};

/** First letters of the regions that a geographic inference profile may route to. */
const GEOGRAPHY: Readonly<Record<string, RegExp>> = { eu: /^eu-/, us: /^us-/, apac: /^ap-/, jp: /^ap-northeast-/, au: /^ap-southeast-/ };

/** The profile is one of that model, and its regions are those of its geography. */
export const profileMatches: Rule = {
  id: 'inference-profile-mismatch',
  demands: '`model.inferenceProfile` is one of `model.modelId`, and its regions lie in the geography of its prefix; `global.` lists those of several.',
  check: ({ model }) => {
    if (model?.provider !== 'bedrock') return [];
    const [prefix = '', ...rest] = (model.inferenceProfile?.id ?? '').split('.');
    const id = model.inferenceProfile?.id;
    return [...profileAsModel(model.modelId), ...(id === undefined ? [] : [...wrongModel(id, rest.join('.'), model.modelId), ...wrongRegions(prefix, model.inferenceProfile?.regions)])];
  },
};

function profileAsModel(modelId: string | undefined): Finding[] {
  const prefix = /^(eu|us|apac|global|jp|au)\.(?=.+\.)/.exec(modelId ?? '');
  if (!prefix || modelId === undefined) return [];
  return [{ path: 'model.modelId', value: modelId, problem: 'It is the id of an inference profile, not of a model.', allowed: `the model's own id: ${modelId.slice(prefix[0].length)}`, mend: 'Write the model here and the profile, with its regions, in `model.inferenceProfile`.' }];
}

function wrongModel(id: string, model: string, modelId: string | undefined): Finding[] {
  if (modelId === undefined || model === modelId || id === modelId) return [];
  return [{ path: 'model.inferenceProfile.id', value: id, problem: `It is a profile of another model than \`model.modelId\` (${modelId}): the functions would have no grant for it.`, allowed: `a profile of ${modelId}`, mend: 'Make the two name one model.' }];
}

function wrongRegions(prefix: string, regions: readonly (string | undefined)[] | undefined): Finding[] {
  const geography = GEOGRAPHY[prefix];
  const path = 'model.inferenceProfile.regions';
  if (geography) {
    return (regions ?? []).flatMap((value, index) => (value === undefined || geography.test(value) ? [] : [{ path: `${path}.${index}`, value, problem: `A \`${prefix}.\` profile never routes there.`, allowed: `regions of ${prefix}`, mend: 'List the regions that the documentation of the profile names.' }]));
  }
  const found = new Set(present(regions).map((value) => value.split('-')[0]));
  if (prefix !== 'global' || regions === undefined || regions.includes(undefined) || found.size > 1) return [];
  return [{ path, value: regions, problem: 'A `global.` profile routes to every commercial region of AWS; this list names one continent.', allowed: 'every region that the profile may route to', mend: 'List them all, or use the profile of your geography, which keeps data inside it.' }];
}
