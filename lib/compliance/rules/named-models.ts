import { valueAt } from '../template/resolve.ts';
import type { Estate, Resource } from '../template/types.ts';
import type { Value } from '../template/value.ts';
import { leavesOf, patternOf } from './check.ts';
import { GEOGRAPHY_NAMES } from './regions.ts';
import { grantsOf, IDENTITY_POLICY_TYPES } from './statements.ts';

/** A model that something of the estate names. */
export interface NamedModel {
  readonly resource: Resource;
  readonly property: string;
  /** As it stands there, with `<…>` for what is not literal. */
  readonly id: string;
  /** Prefix of an inference profile, e.g. `eu`. @default - none: the model runs where it is called */
  readonly geography?: string;
  /** Region that an ARN names; `<…>` or `*` where it is not one. @default - it names none */
  readonly region?: string;
  /** Set when what stands there is not known. */
  readonly unknown?: Value;
}

/** Properties in which types name models; all of them for Bedrock's. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Environment.Variables'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions'],
  'AWS::SSM::Parameter': ['Value'],
  'AWS::AppConfig::HostedConfigurationVersion': ['Content'],
  'AWS::StepFunctions::StateMachine': ['DefinitionString', 'Definition', 'DefinitionSubstitutions'],
};

/** Types in which a model may be named, besides those of Bedrock. */
export const MODEL_TYPES = [...Object.keys(SETTINGS), ...IDENTITY_POLICY_TYPES, 'AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase', 'AWS::Bedrock::DataSource', 'AWS::Bedrock::Guardrail', 'AWS::Bedrock::Prompt', 'AWS::Bedrock::Flow', 'AWS::Bedrock::ApplicationInferenceProfile', 'AWS::BedrockAgentCore::Memory', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Gateway'];

const MAKERS = 'amazon|anthropic|meta|mistral|cohere|ai21|deepseek|openai|qwen|stability|writer|luma|twelvelabs|moonshot(?:ai)?|minimax|zai|google|nvidia|guardrail';
const ARN = /arn:[^:\s"]*:bedrock:([^:\s"]*):[^:\s"]*:((?:foundation-model|inference-profile|application-inference-profile|guardrail-profile|provisioned-model|custom-model|imported-model)\/[^\s"',\\]*|\*)/g;
const PROFILE = new RegExp(String.raw`(?<![\w./-])(?:(${GEOGRAPHY_NAMES.join('|')})\.)?((?:${MAKERS})\.[a-z][\w.:-]*\d[\w:.-]*)`, 'g');
const ASKING = /MODEL|INFERENCE_?PROFILE|GUARDRAIL_?PROFILE|foundationModel|^(Environment\.Variables|Content|Definition|DefinitionString|CrossRegionConfig|)$/i;

/** Models that a resource names, in environment variables, settings, rights and properties. */
export function modelsOf(estate: Estate, resource: Resource): NamedModel[] {
  const paths = SETTINGS[resource.type];
  if (paths === undefined && !/^AWS::Bedrock(AgentCore)?::/.test(resource.type)) return [];
  const leaves = paths === undefined ? leavesOf(valueAt(estate, resource)) : paths.flatMap((path) => leavesOf(valueAt(estate, resource, path), path));
  return leaves.filter(({ path }) => !/\.?(Description|Tags|Instruction|Name)\b/.test(path)).flatMap(({ path, value }) => {
    const named = modelsIn(resource, path, patternOf(value));
    const asked = value.kind === 'unknown' || (value.kind === 'text' && value.parts.some(({ kind }) => kind === 'unknown'));
    return named.length === 0 && asked && ASKING.test(path) ? [{ resource, property: path, id: 'not known', unknown: value }] : named;
  });
}

/** Models that policies of the estate allow to be called. */
export function allowedModels(estate: Estate): NamedModel[] {
  return grantsOf(estate).flatMap(({ resource, part, value }) => leavesOf(value).flatMap((leaf) => (leaf.path.startsWith('Resource') ? modelsIn(resource, `${part} ${leaf.path}`, patternOf(leaf.value)) : [])));
}

function modelsIn(resource: Resource, property: string, text: string): NamedModel[] {
  const arns = [...text.matchAll(ARN)].map(([, region = '', id = '']) => {
    const geography = /^(?:inference-profile|guardrail-profile)\/([a-z-]+)\./.exec(id)?.[1];
    return geography === undefined ? { resource, property, id, region } : { resource, property, id, region, geography };
  });
  const ids = [...text.replaceAll(ARN, ' ').matchAll(PROFILE)].map(([id, geography]) => (geography === undefined ? { resource, property, id } : { resource, property, id, geography }));
  return [...arns, ...ids];
}
